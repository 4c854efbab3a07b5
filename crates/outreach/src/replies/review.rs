use chrono::NaiveDate;
use database::deal::Actor;
use database::inbound::{self, Correction, Counterpart, Inbound, Review};
use database::{brand, contact};
use domain::InboundId;
use domain::reply::bounce::BounceKind;
use domain::reply::{Classification, InboundKind, Intent, return_date};

use super::apply::{Situation, apply};
use super::matching::{Matched, MatchedBy};
use super::office::zone;
use super::undo::Restore;
use super::{Applied, Received};
use crate::people::CurrentUser;
use crate::{Environment, Refused};

/// A person says what a mail meant; its effect follows as if the classifier had known. What cannot be taken back stays:
/// an address that was suppressed stays so until its owner agrees to mail again.
///
/// # Errors
/// [`Refused::NotFound`] for a mail that isn't theirs.
pub async fn review(
    environment: &Environment,
    user: &CurrentUser,
    id: InboundId,
    intent: Intent,
) -> Result<Received, Refused> {
    let clock = environment.clock();
    let mut scope = environment.database().scoped(&user.all_brands()).await?;
    let mail = inbound::lock(&mut scope, id).await?;
    let brand = brand::find(&mut scope, mail.brand_id).await?;
    let outbound = match mail.outbound_id {
        Some(outbound) => {
            let row = database::message::find(&mut scope, outbound).await?;
            Some(Counterpart {
                id: row.id,
                message_id: row.message_id,
                contact_id: row.contact_id,
                deal_id: row.deal_id,
                to_email: row.to_email,
            })
        }
        None => None,
    };
    let contact = match mail.contact_id {
        Some(contact) => Some(contact::find(&mut scope, contact).await?),
        None => None,
    };
    let by = contact.as_ref().map(|_| MatchedBy::Thread);
    let matched = Matched { by, outbound, contact, deal: mail.deal_id };
    let today = mail.received_at.with_timezone(&zone(&brand, matched.contact.as_ref())).date_naive();
    let found = read_as(&mail, intent, today, user.name());
    let situation =
        Situation::lock(&mut scope, &brand, &matched, mail.from_email.clone(), mail.received_at).await?;
    let effect = situation.effect(&found);
    let mut applied: Applied =
        apply(&mut scope, clock, &situation, &found, &effect, Actor::Person(user.id())).await?;
    let id_of_review = clock.new_id();
    let restore = Restore::after(&mut scope, &situation, matched.contact.as_ref(), &applied).await?;
    applied.undo = restore.is_some().then_some(id_of_review);
    let correction = Correction {
        id: id_of_review,
        brand_id: mail.brand_id,
        inbound_id: id,
        kind_before: mail.kind,
        intent_before: mail.intent,
        confidence_before: mail.confidence,
        reason_before: mail.reason.clone(),
        intent_after: intent,
        reviewed_by: Some(user.id()),
        reviewed_at: clock.now(),
        restore: restore.map(|restore| restore.to_value()).transpose()?,
        undone_at: None,
    };
    inbound::record_correction(&mut scope, &correction).await?;
    let review = Review { kind: found.kind, intent, reason: found.reason, by: user.id(), at: clock.now() };
    inbound::set_review(&mut scope, id, &review).await?;
    scope.commit().await?;
    Ok(Received {
        id,
        kind: found.kind,
        intent,
        confidence: 1.0,
        needs_review: false,
        contact: mail.contact_id,
        deal: mail.deal_id,
        matched_by: matched.by,
        applied,
    })
}

/// A mail that a person has read.
pub(crate) fn read_as(mail: &Inbound, intent: Intent, today: NaiveDate, reader: &str) -> Classification {
    Classification {
        kind: kind(mail.kind, intent),
        intent,
        confidence: 1.0,
        reason: format!("read by {reader}"),
        return_date: return_date(&mail.body_text, today),
        referral: None,
        bounce: (intent == Intent::Bounce).then_some(BounceKind::Hard),
    }
}

/// The sort of mail that goes with what it meant.
const fn kind(found: InboundKind, intent: Intent) -> InboundKind {
    match intent {
        Intent::Interested | Intent::NotInterested | Intent::Question | Intent::Unsubscribe => {
            InboundKind::Reply
        }
        Intent::OutOfOffice => InboundKind::AutoReply,
        Intent::Bounce => InboundKind::Bounce,
        Intent::Complaint => InboundKind::Complaint,
        Intent::Referral | Intent::Other => found,
    }
}
