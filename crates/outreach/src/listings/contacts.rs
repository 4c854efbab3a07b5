use database::listing::{self, ContactFilter, ContactOrder, ListedContact};
use domain::view::listing::{ContactList, ContactRow, ListQuery};

use super::{read, view};
use crate::board::Reader;
use crate::people::CurrentUser;
use crate::{Environment, Refused};

/// A page of the contacts that pass the query.
///
/// # Errors
/// [`Refused::NotFound`] for a brand that isn't theirs, [`Refused::Invalid`] for a filter that can't be read.
pub async fn contacts(
    environment: &Environment,
    user: &CurrentUser,
    query: &ListQuery,
) -> Result<ContactList, Refused> {
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
    let (tallies, total) = view::split(listing::contact_tallies(&mut scope, &filter).await?);
    Ok(ContactList {
        page: view::page_of(page, query, total, |row: &ContactRow| row.id.0, |contact| row(contact, &reader)),
        tallies,
    })
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
