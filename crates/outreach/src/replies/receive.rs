use chrono::{DateTime, Utc};
use database::brand::{self, Brand};
use database::deal::Actor;
use database::{Connection, inbound};
use domain::reply::{Classification, visible_text, with_opinion};
use domain::{BrandId, InboundId};
use mail::receive::Inbound;

use super::apply::{Situation, apply};
use super::look::{Look, Sight, look};
use super::matching::Matched;
use super::second_opinion::{Heard, SecondOpinion, second_opinion};
use super::{Applied, Outcome, Received};
use crate::{Environment, Refused};

/// Characters of a text that are kept.
const LONGEST_TEXT: usize = 20_000;

/// Reads a mail as it came over the wire and acts on it, once.
///
/// # Errors
/// [`Refused::Invalid`] for what is no mail.
pub async fn receive_raw(environment: &Environment, brand: BrandId, raw: &[u8]) -> Result<Outcome, Refused> {
    let mail = mail::receive::parse(raw).map_err(|error| Refused::Invalid(format!("{error}.")))?;
    receive(environment, brand, &mail).await
}

/// Acts on a mail to a brand, in one transaction, once: a second delivery of the same mail has no effect. Before it, the
/// brand's AI may be asked about a reply that the rules are unsure of, which takes [`ai::PATIENCE`] at most.
///
/// # Errors
/// When the database fails; nothing has changed then, and the mail may be delivered again.
pub async fn receive(environment: &Environment, brand: BrandId, mail: &Inbound) -> Result<Outcome, Refused> {
    match second_opinion(environment, brand, mail).await {
        Ok(SecondOpinion::None) => act(environment, brand, mail, None).await,
        Ok(SecondOpinion::Known(heard)) => act(environment, brand, mail, Some(heard)).await,
        Ok(SecondOpinion::Open(question)) => {
            let (environment, mail) = (environment.clone(), mail.clone());
            // Whoever delivers the mail may hang up while an AI thinks: it is stored all the same.
            let task = tokio::spawn(async move {
                let heard = question.put(&environment).await;
                act(&environment, brand, &mail, Some(heard)).await
            });
            task.await.map_err(anyhow::Error::from)?
        }
        Err(error) => {
            tracing::error!(brand = %brand, error = ?error, "no AI can be asked; the rules alone read the mail");
            act(environment, brand, mail, None).await
        }
    }
}

async fn act(
    environment: &Environment,
    brand: BrandId,
    mail: &Inbound,
    heard: Option<Heard>,
) -> Result<Outcome, Refused> {
    let clock = environment.clock();
    let mut scope = environment.database().brand(brand).await?;
    let brand = brand::find(&mut scope, brand).await?;
    let look = match look(&mut scope, clock, &brand, mail).await? {
        Sight::New(look) => *look,
        Sight::OwnMail => return Ok(Outcome::OwnMail),
        Sight::Known(id) => return Ok(Outcome::AlreadyReceived(id)),
    };
    let Look { message_id, received_at, now, today, facts, matched, found } = look;
    let found = match heard.as_ref().and_then(|heard| heard.opinion.as_ref()) {
        Some(opinion) => with_opinion(found, &facts, today, opinion),
        None => found,
    };
    let situation =
        Situation::lock(&mut scope, &brand, &matched, mail.from.clone().unwrap_or_default(), received_at)
            .await?;
    let effect = situation.effect(&found);
    let unclaimed = matched.contact.is_none() && found.kind == domain::reply::InboundKind::Reply;
    let needs_review = effect.needs_review || unclaimed;

    let row = row(
        &brand,
        mail,
        message_id,
        &found,
        &matched,
        Stamp { id: InboundId(clock.new_id()), received_at, now },
    );
    let row = inbound::Inbound { needs_review, deal_id: situation.deal_id(), ..row };
    if !inbound::insert(&mut scope, &row).await? {
        // Another delivery of the same mail has committed meanwhile.
        return second_delivery(&mut scope, &brand, &row.message_id).await;
    }
    if let Some(heard) = heard {
        database::ai::tie_call(&mut scope, heard.call, row.id).await?;
    }
    let applied = apply(&mut scope, clock, &situation, &found, &effect, Actor::Reply).await?;
    scope.commit().await?;
    if effect.sender_alarm {
        tracing::warn!(brand = %brand.slug, reason = %found.reason, "a mail was refused because of us, not the address");
    }
    Ok(Outcome::Received(received(&row, &matched, applied)))
}

async fn second_delivery(
    connection: &mut Connection,
    brand: &Brand,
    message_id: &str,
) -> Result<Outcome, Refused> {
    let known = inbound::find(connection, brand.id, message_id).await?.ok_or(Refused::NotFound)?;
    Ok(Outcome::AlreadyReceived(known.id))
}

fn received(row: &inbound::Inbound, matched: &Matched, applied: Applied) -> Received {
    Received {
        id: row.id,
        kind: row.kind,
        intent: row.intent,
        confidence: row.confidence,
        needs_review: row.needs_review,
        contact: row.contact_id,
        deal: row.deal_id,
        matched_by: matched.by,
        applied,
    }
}

struct Stamp {
    id: InboundId,
    received_at: DateTime<Utc>,
    now: DateTime<Utc>,
}

fn row(
    brand: &Brand,
    mail: &Inbound,
    message_id: String,
    found: &Classification,
    matched: &Matched,
    stamp: Stamp,
) -> inbound::Inbound {
    let visible = visible_text(&mail.text);
    // Somebody who typed nothing of their own left only the quotation.
    let text = if visible.is_empty() { &mail.text } else { &visible };
    inbound::Inbound {
        id: stamp.id,
        brand_id: brand.id,
        message_id,
        from_email: mail.from.clone().unwrap_or_default(),
        from_name: mail.from_name.clone(),
        subject: mail.subject.clone(),
        body_text: text.chars().take(LONGEST_TEXT).collect(),
        received_at: stamp.received_at,
        outbound_id: matched.outbound.as_ref().map(|mail| mail.id),
        contact_id: matched.contact.as_ref().map(|contact| contact.id),
        deal_id: matched.deal,
        kind: found.kind,
        intent: found.intent,
        confidence: found.confidence,
        reason: found.reason.clone(),
        needs_review: false,
        reviewed_by: None,
        reviewed_at: None,
        created_at: stamp.now,
        quoted_text: if text.trim() == mail.text.trim() {
            String::new()
        } else {
            mail.text.chars().take(LONGEST_TEXT).collect()
        },
    }
}
