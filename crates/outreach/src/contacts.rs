//! The page of one contact, and what people do with it.

use database::contact::{self, Statement};
use database::deal::Actor;
use database::timeline::Subject;
use domain::ContactId;
use domain::calendar::words;
use domain::mailing::SuppressionReason;
use domain::view::contact::{ConsentEntry, ContactView};
use domain::view::deal::ContactFacts;

use crate::board::Reader;
use crate::deals::timeline;
use crate::listings::deal_lines;
use crate::office::Office;
use crate::optout::{Stop, stop};
use crate::people::CurrentUser;
use crate::{Environment, Refused};

/// A contact with facts, deals and history.
///
/// # Errors
/// [`Refused::NotFound`] for a contact that isn't theirs.
pub async fn contact_page(
    environment: &Environment,
    user: &CurrentUser,
    id: ContactId,
) -> Result<ContactView, Refused> {
    let now = environment.clock().now();
    let mut scope = environment.database().scoped(&user.all_brands()).await?;
    let contact = contact::find(&mut scope, id).await?;
    let brand = database::brand::find(&mut scope, contact.brand_id).await?;
    let suppressed = contact::suppression(&mut scope, contact.brand_id, &contact.email).await?;
    let reader = Reader { now, tz: user.zone(), overdue_before: Office::of(&brand).overdue_before(now) };
    let deals = deal_lines(&mut scope, id, &reader).await?;
    let (days, timeline_cut) = timeline(&mut scope, Subject::Contact(id), now, user.zone()).await?;
    let zone = contact.time_zone.as_deref().and_then(|name| name.parse().ok());
    let day = |at| words::short(at, now, reader.tz);
    let evidence = Some(contact.consent_evidence).filter(|text| !text.is_empty());
    let consent_detail =
        [evidence, contact.consent_at.map(day)].into_iter().flatten().collect::<Vec<_>>().join(", ");
    Ok(ContactView {
        brand: brand.id,
        status: contact.status,
        added: day(contact.created_at),
        facts: ContactFacts {
            id,
            place: words::place(zone.unwrap_or(Office::of(&brand).zone)),
            place_is_brands: zone.is_none(),
            consent: contact.consent_basis.map(|basis| basis.label().to_owned()),
            consent_detail,
            suppressed: suppressed.map(|reason| reason.label().to_owned()),
            name: if contact.name.is_empty() { contact.email.clone() } else { contact.name },
            company: contact.company,
            email: contact.email,
            phone: contact.phone,
            website: contact.website,
            role: contact.role_title,
            source: contact.source,
            tags: contact.tags,
        },
        brand_slug: brand.slug,
        brand_name: brand.name,
        deals,
        timeline: days,
        timeline_cut,
    })
}

/// Records why the brand may write to a contact; deals held for want of it are looked at again at once.
///
/// # Errors
/// [`Refused::Invalid`] without evidence; [`Refused::Conflict`] for a suppressed address, which only the contact's own
/// word frees; [`Refused::NotFound`] for a contact that isn't theirs.
pub async fn state_consent(
    environment: &Environment,
    user: &CurrentUser,
    entry: &ConsentEntry,
) -> Result<(), Refused> {
    let evidence = entry.evidence.trim();
    if evidence.is_empty() {
        return Err(Refused::Invalid(
            "Say what proves the consent: a link or a note. Nothing was saved.".to_owned(),
        ));
    }
    if evidence.chars().count() > 500 {
        return Err(Refused::Invalid(
            "The evidence is too long: 500 characters at most. Nothing was saved.".to_owned(),
        ));
    }
    let now = environment.clock().now();
    let mut scope = environment.database().scoped(&user.all_brands()).await?;
    let contact = contact::find(&mut scope, entry.contact).await?;
    if let Some(reason) = contact::suppression(&mut scope, contact.brand_id, &contact.email).await? {
        return Err(Refused::Conflict(format!(
            "This address must not be mailed ({}), so consent recorded here would change nothing.",
            reason.label().to_lowercase()
        )));
    }
    let statement = Statement {
        id: environment.clock().new_id(),
        basis: entry.basis,
        evidence,
        by: Some(user.id()),
        at: now,
    };
    contact::state_consent(&mut scope, &contact, &statement).await?;
    contact::unblock_deals(&mut scope, &contact, now).await?;
    scope.commit().await?;
    Ok(())
}

/// Puts a contact's address on the brand's do-not-mail list and ends its open deals. Returns how many ended.
///
/// # Errors
/// [`Refused::NotFound`] for a contact that isn't theirs.
pub async fn never_mail_again(
    environment: &Environment,
    user: &CurrentUser,
    id: ContactId,
) -> Result<i64, Refused> {
    let mut scope = environment.database().scoped(&user.all_brands()).await?;
    let contact = contact::find(&mut scope, id).await?;
    let evidence = format!("added by {}", user.name());
    let words = format!("{} marked the contact as never to be mailed again", user.name());
    let request = Stop {
        brand: contact.brand_id,
        email: &contact.email,
        contact: Some(id),
        reason: SuppressionReason::Manual,
        evidence: &evidence,
        actor: Actor::Person(user.id()),
        words: &words,
    };
    let stopped = stop(&mut scope, environment.clock(), &request).await?;
    scope.commit().await?;
    Ok(i64::try_from(stopped.closed.len()).unwrap_or(i64::MAX))
}
