use database::inbound;
use database::listing::{ContactFilter, ContactOrder, Paging, contacts};
use domain::reply::Intent;
use domain::view::inbox::{Decided, InboxContact};
use domain::{ContactId, InboundId};
use uuid::Uuid;

use crate::people::CurrentUser;
use crate::replies::{self, Received};
use crate::{Environment, Refused};

/// Contacts that a search offers.
const OFFERED: i64 = 8;

/// A person says what a mail means.
///
/// # Errors
/// [`Refused::NotFound`] for a mail that isn't theirs.
pub async fn decide(
    environment: &Environment,
    user: &CurrentUser,
    id: InboundId,
    intent: Intent,
) -> Result<Decided, Refused> {
    Ok(said(&replies::review(environment, user, id, intent).await?))
}

/// A person says whom a mail is from.
///
/// # Errors
/// Those of [`replies::assign`].
pub async fn assign(
    environment: &Environment,
    user: &CurrentUser,
    id: InboundId,
    to: ContactId,
) -> Result<Decided, Refused> {
    Ok(said(&replies::assign(environment, user, id, to).await?))
}

/// Takes a decision back; the mail waits again.
///
/// # Errors
/// Those of [`replies::undo_review`].
pub async fn undo(environment: &Environment, user: &CurrentUser, review: Uuid) -> Result<InboundId, Refused> {
    replies::undo_review(environment, user, review).await
}

fn said(received: &Received) -> Decided {
    Decided { sentence: format!("{}.", received.sentence()), undo: received.applied.undo }
}

/// Contacts of the mail's brand that it may be from, by name, address or company. Without words: whoever has the
/// domain it was written from.
///
/// # Errors
/// [`Refused::NotFound`] for a mail that isn't theirs.
pub async fn find_contacts(
    environment: &Environment,
    user: &CurrentUser,
    id: InboundId,
    words: &str,
) -> Result<Vec<InboxContact>, Refused> {
    let mut scope = environment.database().scoped(&user.all_brands()).await?;
    let mail = inbound::by_id(&mut scope, id).await?;
    drop(scope);
    let mut scope = environment.database().brand(mail.brand_id).await?;
    let domain = mail.from_email.split_once('@').map_or("", |(_, domain)| domain);
    let text = match words.trim() {
        "" if domain.is_empty() || domain::contact::is_public_provider(domain) => return Ok(Vec::new()),
        "" => format!("@{domain}"),
        words => words.to_owned(),
    };
    let filter = ContactFilter { text, ..ContactFilter::default() };
    let paging = Paging { after: None, before: None, size: OFFERED };
    let found = contacts(&mut scope, &filter, ContactOrder::Name, false, paging).await?;
    let offered = found.rows.into_iter().map(|contact| InboxContact {
        id: contact.id,
        name: if contact.name.is_empty() { contact.email.clone() } else { contact.name },
        email: contact.email,
        company: contact.company,
    });
    Ok(offered.collect())
}
