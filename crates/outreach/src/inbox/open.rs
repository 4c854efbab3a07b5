use chrono::NaiveDate;
use database::brand::{self, Brand};
use database::contact::{self, Contact};
use database::inbound::{self, Correction, Inbound};
use database::{Connection, deal, message};
use domain::InboundId;
use domain::pipeline::{Ladder, StageKind};
use domain::reply::{EffectFacts, Intent, Names, consequence, effect};
use domain::view::inbox::{Answered, CHOICES, Choice, InboxContact, InboxDeal, OpenInbound};

use super::page::percent;
use crate::Refused;
use crate::board::{Reader, when};
use crate::office::Office;
use crate::optout::ladder_of;
use crate::replies::read_as;

/// A mail with everything it takes to decide.
pub(super) async fn open(
    connection: &mut Connection,
    id: InboundId,
    reader: &Reader,
) -> Result<OpenInbound, Refused> {
    let mail = inbound::by_id(connection, id).await?;
    let brand = brand::find(connection, mail.brand_id).await?;
    let contact = match mail.contact_id {
        Some(contact) => Some(contact::find(connection, contact).await?),
        None => None,
    };
    let place = match mail.deal_id {
        Some(id) => Some(Place::find(connection, id).await?),
        None => None,
    };
    let answers = match mail.outbound_id {
        Some(outbound) => {
            let row = message::find(connection, outbound).await?;
            Some(Answered { id: row.id, subject: row.subject, at: row.sent_at.map(|at| when(at, reader)) })
        }
        None => None,
    };
    let reviewed = match inbound::last_correction(connection, id).await? {
        Some(correction) => Some(said(connection, &correction, reader).await?),
        None => None,
    };
    let choices = choices(&mail, &brand, contact.as_ref(), place.as_ref());
    Ok(OpenInbound {
        id,
        subject: if mail.subject.is_empty() { "(no subject)".to_owned() } else { mail.subject },
        from: format!("{} <{}>", mail.from_name, mail.from_email).trim_start().to_owned(),
        brand: brand.name,
        at: when(mail.received_at, reader),
        text: mail.body_text,
        quoted: mail.quoted_text,
        kind: mail.kind,
        intent: mail.intent,
        confidence: percent(mail.confidence),
        reason: mail.reason,
        waits: mail.needs_review,
        reviewed,
        contact: contact.map(|contact| InboxContact {
            id: contact.id,
            name: if contact.name.is_empty() { contact.email.clone() } else { contact.name },
            email: contact.email,
            company: contact.company,
        }),
        deal: place.map(|place| place.shown),
        answers,
        choices,
        newer: None,
        older: None,
    })
}

/// Where the mail's deal stands.
struct Place {
    ladder: Ladder,
    kind: StageKind,
    shown: InboxDeal,
}

impl Place {
    async fn find(connection: &mut Connection, id: domain::DealId) -> Result<Self, Refused> {
        let deal = deal::find(connection, id).await?;
        let pipeline = database::pipeline::find(connection, deal.pipeline_id).await?;
        let ladder = ladder_of(connection, &deal).await?;
        let (kind, stage) = ladder
            .stage(deal.stage_id)
            .map_or((StageKind::Won, String::new()), |stage| (stage.kind, stage.name.clone()));
        Ok(Self { ladder, kind, shown: InboxDeal { id, pipeline: pipeline.name, stage } })
    }
}

/// What each word of a person would do. Nothing is done.
fn choices(mail: &Inbound, brand: &Brand, contact: Option<&Contact>, place: Option<&Place>) -> Vec<Choice> {
    let office = contact.map_or_else(|| Office::of(brand), |contact| Office::of_contact(brand, contact));
    let today = mail.received_at.with_timezone(&office.zone).date_naive();
    let facts = EffectFacts {
        today,
        stage: place.map_or(StageKind::Won, |place| place.kind),
        soft_bounces: contact
            .map_or(1, |contact| u32::try_from(contact.soft_bounces).unwrap_or_default().saturating_add(1)),
    };
    let choice = |(intent, key)| {
        let mut found = effect(&read_as(mail, intent, today, ""), &facts);
        // Nobody knows which address a stranger's report is about: nothing is suppressed then.
        if contact.is_none() && intent == Intent::Bounce {
            found.suppress = None;
        }
        let names = Names {
            has_deal: place.is_some(),
            replied: place.and_then(|place| place.ladder.replied_stage()).map(|stage| stage.name.clone()),
            lost: place.map_or_else(String::new, |place| place.ladder.lost_stage().name.clone()),
            resumes: found.resume_on.map(day),
        };
        Choice { intent, key, effect: consequence(&found, &names), is_final: found.suppress.is_some() }
    };
    CHOICES.into_iter().map(choice).collect()
}

fn day(date: NaiveDate) -> String {
    date.format("%a %-d %B").to_string()
}

async fn said(
    connection: &mut Connection,
    correction: &Correction,
    reader: &Reader,
) -> Result<String, Refused> {
    let who = match correction.reviewed_by {
        Some(id) => deal::person_name(connection, id).await?.unwrap_or_else(|| "Somebody".to_owned()),
        None => "Somebody".to_owned(),
    };
    let (before, after) = (correction.intent_before.label(), correction.intent_after.label());
    let what = if before == after { format!("confirmed {after}") } else { format!("{before} → {after}") };
    Ok(format!("{who}, {}: {what}", when(correction.reviewed_at, reader).text))
}
