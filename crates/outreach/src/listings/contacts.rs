use database::listing::{self, ContactFilter, ContactOrder, ListedContact};
use domain::view::listing::{ContactRow, ListPage, ListQuery, Tally};

use super::{read, view};
use crate::board::Reader;
use crate::people::CurrentUser;
use crate::{Environment, Refused};

/// Contacts found by a text are counted up to here.
const MOST_COUNTED: i64 = 1_000;

/// A page of the contacts that pass the query.
///
/// # Errors
/// [`Refused::NotFound`] for a brand that isn't theirs, [`Refused::Invalid`] for a filter that can't be read.
pub async fn contacts(
    environment: &Environment,
    user: &CurrentUser,
    query: &ListQuery,
) -> Result<ListPage<ContactRow>, Refused> {
    let brands = user.brands(&query.brand).ok_or(Refused::NotFound)?;
    let mut scope = environment.database().scoped(&brands).await?;
    let now = environment.clock().now();
    let reader = Reader { now, tz: user.zone(), overdue_before: now };
    let filter = ContactFilter {
        status: read::value(&query.status, "status")?,
        without_consent: query.only == "none",
        text: query.text.clone(),
    };
    let (order, descending) = order(query)?;
    let page = listing::contacts(&mut scope, &filter, order, descending, read::paging(query)?).await?;
    let typed = !filter.text.trim().is_empty();
    let most = typed.then_some(MOST_COUNTED + 1);
    let passed = listing::count_contacts(&mut scope, &filter, most).await?;
    let mut page =
        view::page_of(page, query, passed, |row: &ContactRow| row.id.0, |contact| row(contact, &reader));
    if typed && passed > MOST_COUNTED {
        (page.total, page.more_than_total) = (MOST_COUNTED, true);
    }
    Ok(page)
}

/// Contacts per status, and those without consent as `none`.
///
/// # Errors
/// [`Refused::NotFound`] for a brand that isn't theirs.
pub async fn contact_tallies(
    environment: &Environment,
    user: &CurrentUser,
    brand: &str,
) -> Result<Vec<Tally>, Refused> {
    let brands = user.brands(brand).ok_or(Refused::NotFound)?;
    let mut scope = environment.database().scoped(&brands).await?;
    let counted = listing::contact_tallies(&mut scope).await?;
    Ok(counted.into_iter().map(|tally| Tally { value: tally.value, count: tally.count }).collect())
}

fn order(query: &ListQuery) -> Result<(ContactOrder, bool), Refused> {
    let (column, descending) = query.order();
    Ok(match column {
        "" => (ContactOrder::Created, true),
        "created" => (ContactOrder::Created, descending),
        "name" => (ContactOrder::Name, descending),
        "company" => (ContactOrder::Company, descending),
        "email" => (ContactOrder::Email, descending),
        "mailed" => (ContactOrder::LastMail, descending),
        other => {
            return Err(Refused::Invalid(format!("Contacts can't be sorted by “{other}”.")));
        }
    })
}

fn row(contact: ListedContact, reader: &Reader) -> ContactRow {
    ContactRow {
        id: contact.id,
        name: if contact.name.is_empty() { contact.email.clone() } else { contact.name },
        company: contact.company,
        email: contact.email,
        brand: contact.brand_id,
        brand_slug: contact.brand_slug,
        brand_name: contact.brand_name,
        status: contact.status,
        consent: contact.consent_basis.map(|basis| basis.label().to_owned()),
        deals: contact.deals,
        mails: contact.mails,
        activity: activity_words(&contact.activity).to_owned(),
        activity_at: view::plain_when(contact.activity_at, reader),
    }
}

fn activity_words(code: &str) -> &str {
    match code {
        "open" => "opened",
        "click" => "clicked",
        "bounce" | "soft_bounce" => "bounced",
        "complaint" => "marked as spam",
        "unsubscribe" => "unsubscribed",
        other => other,
    }
}
