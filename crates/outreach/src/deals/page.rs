use chrono::{DateTime, Datelike, NaiveDate, Utc};
use chrono_tz::Tz;
use database::board::BoardFrame;
use database::contact::{self, Contact};
use database::deal::{self, Deal};
use database::timeline::Subject;
use domain::calendar::words;
use domain::mailing::SuppressionReason;
use domain::view::deal::{ContactFacts, DealView, MailBody, Meter, ProposalView, StageView};
use domain::{DealId, MessageId};

use super::moves::ladder_of;
use super::{timeline, zone};
use crate::board::{Reader, Standing, next, office, when};
use crate::people::CurrentUser;
use crate::{Environment, Refused};

/// A deal with its next step, facts and history.
///
/// # Errors
/// [`Refused::NotFound`] for a deal that isn't theirs.
pub async fn deal_page(
    environment: &Environment,
    user: &CurrentUser,
    id: DealId,
) -> Result<DealView, Refused> {
    let now = environment.clock().now();
    let mut scope = environment.database().scoped(&user.all_brands()).await?;
    let deal = deal::find(&mut scope, id).await?;
    let contact = contact::find(&mut scope, deal.contact_id).await?;
    let (frame, ladder) = ladder_of(&mut scope, &deal).await?;
    let suppressed = contact::suppression(&mut scope, deal.brand_id, &contact.email).await?;
    let proposal = deal::proposal(&mut scope, id).await?;
    let counts = deal::mail_counts(&mut scope, id).await?;
    let people = deal::possible_owners(&mut scope, deal.brand_id).await?;
    let owner_name = match deal.owner_id {
        Some(owner) => deal::person_name(&mut scope, owner).await?.unwrap_or_default(),
        None => String::new(),
    };
    let (days, timeline_cut) = timeline(&mut scope, Subject::Deal(id), now, user.zone()).await?;
    let reader = Reader { now, tz: user.zone(), overdue_before: office(&frame).overdue_before(now) };
    let proposed = proposal.as_ref().map(|proposal| proposal.action);
    let stage = ladder.stage(deal.stage_id).ok_or(Refused::NotFound)?;
    Ok(DealView {
        id,
        brand: frame.brand,
        pipeline: frame.pipeline,
        stages: stages(&frame),
        stage: deal.stage_id,
        visit: deal.stage_visit,
        status: deal.status,
        lost_reason: deal.lost_reason.map(|reason| reason.label().to_owned()),
        tier: deal.tier,
        unverified: deal.tier_unverified,
        next: next(&standing(&deal, proposed), &ladder, &reader),
        proposal: proposal.map(|proposal| ProposalView {
            id: proposal.id,
            action: proposal.action,
            reasoning: proposal.reasoning,
            at: when(proposal.at, &Reader { overdue_before: proposal.at, ..reader }),
        }),
        value_cents: deal.value_cents,
        probability: stage.probability,
        expected_close_text: deal.expected_close_on.map(|date| close_words(date, now, reader.tz)),
        expected_close_on: deal.expected_close_on.map(|date| date.to_string()),
        owner: deal.owner_id,
        owner_name,
        people,
        meter: Meter {
            sent: counts.sent,
            opened: counts.opened,
            clicked: counts.clicked,
            replied: counts.replied,
        },
        timeline: days,
        timeline_cut,
        contact: facts(contact, &frame, suppressed, now, reader.tz),
        currency: deal.currency,
        brand_slug: frame.brand_slug,
        brand_name: frame.brand_name,
        pipeline_key: frame.key,
        pipeline_name: frame.name,
    })
}

/// The text of one of our mails, for a sandboxed frame.
///
/// # Errors
/// [`Refused::NotFound`] for a mail that isn't theirs.
pub async fn mail_body(
    environment: &Environment,
    user: &CurrentUser,
    id: MessageId,
) -> Result<MailBody, Refused> {
    let mut scope = environment.database().scoped(&user.all_brands()).await?;
    Ok(MailBody { html: deal::mail_html(&mut scope, id).await? })
}

fn stages(frame: &BoardFrame) -> Vec<StageView> {
    let view = |stage: &domain::pipeline::Stage| StageView {
        id: stage.id,
        name: stage.name.clone(),
        kind: stage.kind,
    };
    frame.stages.iter().map(|stage| view(&stage.stage)).collect()
}

fn standing(deal: &Deal, proposed: Option<domain::autopilot::DecisionAction>) -> Standing<'_> {
    Standing {
        stage: deal.stage_id,
        status: deal.status,
        lost_reason: deal.lost_reason,
        next_action_at: deal.next_action_at,
        next_reason: &deal.next_reason,
        blocked_reason: deal.blocked_reason.as_deref(),
        proposed,
    }
}

fn facts(
    contact: Contact,
    frame: &BoardFrame,
    suppressed: Option<SuppressionReason>,
    now: DateTime<Utc>,
    tz: Tz,
) -> ContactFacts {
    let evidence = contact.consent_evidence.clone();
    let since = contact.consent_at.map(|at| close_words(at.with_timezone(&tz).date_naive(), now, tz));
    let consent_detail = [Some(evidence).filter(|text| !text.is_empty()), since].into_iter().flatten();
    ContactFacts {
        id: contact.id,
        place: words::place(zone(&contact, frame)),
        place_is_brands: contact.time_zone.is_none(),
        consent: contact.consent_basis.map(|basis| basis.label().to_owned()),
        consent_detail: consent_detail.collect::<Vec<_>>().join(", "),
        suppressed: suppressed.map(|reason| reason.label().to_owned()),
        name: if contact.name.is_empty() { contact.email.clone() } else { contact.name },
        company: contact.company,
        email: contact.email,
        phone: contact.phone,
        website: contact.website,
        role: contact.role_title,
        source: contact.source,
        tags: contact.tags,
    }
}

/// The year is said only where it isn't this one.
fn close_words(date: NaiveDate, now: DateTime<Utc>, tz: Tz) -> String {
    let format = if date.year() == now.with_timezone(&tz).year() { "%-d %b" } else { "%-d %b %Y" };
    date.format(format).to_string()
}
