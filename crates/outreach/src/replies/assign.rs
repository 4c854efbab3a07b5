use database::deal::Actor;
use database::inbound;
use database::{brand, contact};
use domain::reply::bounce::BounceKind;
use domain::reply::{Classification, return_date};
use domain::{ContactId, InboundId};

use super::Received;
use super::apply::{Situation, apply};
use super::matching::by_contact;
use super::office::zone;
use crate::people::CurrentUser;
use crate::{Environment, Refused};

/// A person says whom a mail is from that nobody recognised; what follows is what would have followed at once.
///
/// # Errors
/// [`Refused::NotFound`] for a mail that isn't theirs or a contact of another brand, [`Refused::Conflict`] for a mail
/// that belongs to somebody already.
pub async fn assign(
    environment: &Environment,
    user: &CurrentUser,
    id: InboundId,
    to: ContactId,
) -> Result<Received, Refused> {
    let clock = environment.clock();
    let mut scope = environment.database().scoped(&user.all_brands()).await?;
    let mail = inbound::lock(&mut scope, id).await?;
    if mail.contact_id.is_some() {
        return Err(Refused::Conflict(
            "This mail belongs to a contact already. Nothing was changed.".to_owned(),
        ));
    }
    let brand = brand::find(&mut scope, mail.brand_id).await?;
    let contact = contact::find(&mut scope, to).await?;
    if contact.brand_id != mail.brand_id {
        return Err(Refused::NotFound);
    }
    let matched = by_contact(&mut scope, contact).await?;
    let today = mail.received_at.with_timezone(&zone(&brand, matched.contact.as_ref())).date_naive();
    let found = Classification {
        kind: mail.kind,
        intent: mail.intent,
        confidence: mail.confidence,
        reason: mail.reason.clone(),
        return_date: return_date(&mail.body_text, today),
        referral: None,
        // What the server said isn't stored: never condemn an address on a guess.
        bounce: (mail.intent == domain::reply::Intent::Bounce).then_some(BounceKind::Soft),
    };
    let situation =
        Situation::lock(&mut scope, &brand, &matched, mail.from_email.clone(), mail.received_at).await?;
    let effect = situation.effect(&found);
    let applied = apply(&mut scope, clock, &situation, &found, &effect, Actor::Person(user.id())).await?;
    let row = inbound::Inbound {
        // Somebody who has decided what it means already doesn't have to again.
        needs_review: mail.reviewed_by.is_none() && effect.needs_review,
        ..mail
    };
    let outbound = matched.outbound.as_ref().map(|mail| mail.id);
    inbound::assign(&mut scope, &row, to, situation.deal_id(), outbound).await?;
    scope.commit().await?;
    Ok(Received {
        id,
        kind: row.kind,
        intent: row.intent,
        confidence: row.confidence,
        needs_review: row.needs_review,
        contact: Some(to),
        deal: matched.deal,
        matched_by: matched.by,
        applied,
    })
}
