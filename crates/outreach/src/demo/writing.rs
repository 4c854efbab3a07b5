use std::collections::HashMap;

use database::autopilot::Subject;
use database::brand::Brand;
use domain::MessageId;
use domain::engagement::EventKind;

use super::history::History;
use super::life::Life;
use super::texts::{Commission, SUBJECT, Texts};
use crate::Environment;
use crate::autopilot::Plan;

/// Writes the mails of a life that has been lived, and fills in what depends on their words.
pub(super) fn write(
    life: Life<'_>,
    environment: &Environment,
    brand: &Brand,
    plans: &[Plan],
) -> anyhow::Result<History> {
    let Life { contacts, mut cases, mut mails, mut history, announced, .. } = life;
    let mut texts = Texts::new(environment, brand);
    for case in &cases {
        let subject = Subject {
            deal: case.deal.clone(),
            contact: contacts[case.contact].clone(),
            kept_slot: None,
            suppressed: None,
        };
        let (mut previous, mut references) = (String::new(), Vec::new());
        for &index in &case.mails {
            let message = &mut mails[index].message;
            let stage = message.stage_id.and_then(|id| plans[case.plan].ladder.stage(id));
            let Some(stage) = stage else { continue };
            let commission =
                Commission { subject: &subject, stage, previous: &previous, references: references.clone() };
            let content = texts.write(message, &commission)?;
            if message.state.may_have_reached() {
                previous.clone_from(&message.subject);
                references.push(message.message_id.clone());
            }
            history.contents.push(content);
        }
    }
    for (event, mail) in announced {
        let reason = &mut history.stage_events[event].reason;
        *reason = reason.replace(SUBJECT, &mails[mail].message.subject);
    }
    for case in &mut cases {
        let last = case.mails.last().map(|mail| mails[*mail].message.subject.as_str());
        if let (Some(subject), Some(blocked)) = (last, &mut case.deal.blocked_reason) {
            *blocked = blocked.replace(SUBJECT, subject);
        }
    }
    history.messages = mails.into_iter().map(|mail| mail.message).collect();
    history.contacts = contacts;
    history.deals = cases.into_iter().map(|case| case.deal).collect();
    fill_in(&mut history);
    Ok(history)
}

/// Clicks get their targets, replies the subject they answer.
fn fill_in(history: &mut History) {
    let links: HashMap<MessageId, &[String]> =
        history.contents.iter().map(|content| (content.message_id, content.links.as_slice())).collect();
    for event in history.events.iter_mut().filter(|event| event.kind == EventKind::Click) {
        let targets = links.get(&event.message_id).copied().unwrap_or_default();
        let link: usize = event.url.as_deref().and_then(|link| link.parse().ok()).unwrap_or(0);
        event.url = targets.get(link % targets.len().max(1)).cloned();
    }
    let subjects: HashMap<MessageId, &str> =
        history.messages.iter().map(|message| (message.id, message.subject.as_str())).collect();
    for mail in &mut history.inbound {
        let subject = mail.outbound_id.and_then(|id| subjects.get(&id)).copied().unwrap_or_default();
        mail.subject = mail.subject.replace(SUBJECT, subject);
    }
}
