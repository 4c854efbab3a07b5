use std::collections::HashMap;

use database::listing::{self, DealFilter, DealOrder, ListedDeal, OwnerFilter};
use domain::pipeline::{DealStatus, Ladder};
use domain::view::board::{NextKind, NextView};
use domain::view::contact::ContactDeal;
use domain::view::listing::{DealList, DealRow, ListQuery, Tally};
use domain::{ContactId, PipelineId, UserId};

use super::{read, view};
use crate::board::{Reader, Standing, next};
use crate::people::CurrentUser;
use crate::{Environment, Refused};

/// A page of the deals that pass the query.
///
/// # Errors
/// [`Refused::NotFound`] for a brand that isn't theirs, [`Refused::Invalid`] for a filter that can't be read.
pub async fn deals(
    environment: &Environment,
    user: &CurrentUser,
    query: &ListQuery,
) -> Result<DealList, Refused> {
    let brands = user.brands(&query.brand).ok_or(Refused::NotFound)?;
    let mut scope = environment.database().scoped(&brands).await?;
    let reader = view::reader(&mut scope, user, &brands, environment.clock().now()).await?;
    let filter = filter(query, user, &reader)?;
    let (order, descending) = order(query)?;
    let paging = read::paging(query)?;
    let page = listing::deals(&mut scope, &filter, order, descending, paging).await?;
    let tallies = listing::deal_tallies(&mut scope, &filter, reader.overdue_before).await?;
    let ladders = ladders(&mut scope).await?;
    let owners = listing::owners(&mut scope).await?;
    Ok(DealList {
        page: view::page_of(
            page,
            query,
            tallies.passed,
            |row: &DealRow| row.id.0,
            |deal| row(deal, &ladders, &reader),
        ),
        value_cents: tallies.passed_cents,
        tallies: [
            ("", tallies.open),
            ("won", tallies.won),
            ("lost", tallies.lost),
            ("overdue", tallies.overdue),
            ("blocked", tallies.blocked),
        ]
        .map(|(value, count)| Tally { value: value.to_owned(), count })
        .to_vec(),
        owners: owners.into_iter().map(|(id, name)| (id.to_string(), name)).collect(),
    })
}

fn filter(query: &ListQuery, user: &CurrentUser, reader: &Reader) -> Result<DealFilter, Refused> {
    let statuses = match query.status.as_str() {
        "" | "open" if query.only.is_empty() => vec![DealStatus::Active, DealStatus::Paused],
        "" | "open" | "any" => Vec::new(),
        other => read::value(other, "status")?.into_iter().collect(),
    };
    let owner = match query.owner.as_str() {
        "me" => Some(OwnerFilter::Person(user.id())),
        "nobody" => Some(OwnerFilter::Nobody),
        other => read::value::<UserId>(other, "owner")?.map(OwnerFilter::Person),
    };
    Ok(DealFilter {
        pipeline: read::pipeline(query)?,
        kind: read::value(&query.kind, "stage kind")?,
        statuses,
        tier: read::value(&query.tier, "tier")?,
        owner,
        blocked: query.only == "blocked",
        due_before: (query.only == "overdue").then_some(reader.overdue_before),
        text: query.text.clone(),
    })
}

fn order(query: &ListQuery) -> Result<(DealOrder, bool), Refused> {
    let (column, descending) = query.order();
    Ok(match column {
        "" => (DealOrder::Next, false),
        "name" => (DealOrder::Name, descending),
        "company" => (DealOrder::Company, descending),
        "stage" => (DealOrder::Stage, descending),
        "value" => (DealOrder::Value, descending),
        "mails" => (DealOrder::Mails, descending),
        "next" => (DealOrder::Next, descending),
        "created" => (DealOrder::Created, descending),
        other => return Err(Refused::Invalid(format!("Deals can't be sorted by “{other}”."))),
    })
}

/// Every deal of a contact in scope, newest first.
pub(crate) async fn deal_lines(
    connection: &mut database::Connection,
    contact: ContactId,
    reader: &Reader,
) -> Result<Vec<ContactDeal>, Refused> {
    let deals = listing::deals_of(connection, contact).await?;
    let ladders = ladders(connection).await?;
    Ok(deals
        .into_iter()
        .map(|deal| {
            let row = row(deal, &ladders, reader);
            ContactDeal {
                id: row.id,
                pipeline: row.pipeline,
                stage: row.stage,
                status: row.status,
                tier: row.tier,
                unverified: row.unverified,
                next: row.next,
            }
        })
        .collect())
}

struct Named {
    name: String,
    key: String,
    ladder: Option<Ladder>,
}

async fn ladders(connection: &mut database::Connection) -> Result<HashMap<PipelineId, Named>, Refused> {
    let pipelines = database::pipeline::all(connection).await?;
    let stages = database::pipeline::all_stages(connection).await?;
    Ok(pipelines
        .into_iter()
        .map(|pipeline| {
            // A ladder that breaks its rules still has deals: they are listed without their next step.
            let ladder = pipeline.ladder(&stages).ok();
            (pipeline.id, Named { name: pipeline.name, key: pipeline.key, ladder })
        })
        .collect())
}

fn row(deal: ListedDeal, ladders: &HashMap<PipelineId, Named>, reader: &Reader) -> DealRow {
    let named = ladders.get(&deal.pipeline_id);
    let next = match named.and_then(|named| named.ladder.as_ref()) {
        Some(ladder) => next(&standing(&deal), ladder, reader),
        None => NextView {
            kind: NextKind::Blocked,
            what: "The pipeline's stages need repair".to_owned(),
            when: None,
            why: String::new(),
        },
    };
    DealRow {
        id: deal.id,
        name: if deal.name.is_empty() { deal.email } else { deal.name },
        company: deal.company,
        brand_slug: deal.brand_slug,
        pipeline: named.map(|named| named.name.clone()).unwrap_or_default(),
        pipeline_key: named.map(|named| named.key.clone()).unwrap_or_default(),
        stage: deal.stage,
        tier: deal.tier,
        unverified: deal.tier_unverified,
        status: deal.status,
        value_cents: deal.value_cents.unwrap_or(0),
        currency: deal.currency,
        mails_sent: deal.mails_sent,
        next,
        owner: deal.owner,
    }
}

fn standing(deal: &ListedDeal) -> Standing<'_> {
    Standing {
        stage: deal.stage_id,
        status: deal.status,
        lost_reason: deal.lost_reason,
        next_action_at: deal.next_action_at,
        next_reason: &deal.next_reason,
        blocked_reason: deal.blocked_reason.as_deref(),
        proposed: deal.proposed,
    }
}
