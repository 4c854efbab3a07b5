use database::brand::Brand;
use database::listing::{self, EmailEvent};
use database::message::{self, Content, Message};
use domain::MessageId;
use domain::mailing::MessageState;
use domain::tracking::HitReason;
use domain::view::email::{EmailAttemptLine, EmailEventLine, EmailView};

use super::view::{plain_when, template_words};
use crate::board::Reader;
use crate::outbox::outgoing;
use crate::people::CurrentUser;
use crate::{Environment, Refused};

/// Most events of a mail shown.
const MOST: i64 = 200;

/// A mail with what became of it.
///
/// # Errors
/// [`Refused::NotFound`] for a mail that isn't theirs.
pub async fn email(
    environment: &Environment,
    user: &CurrentUser,
    id: MessageId,
) -> Result<EmailView, Refused> {
    let now = environment.clock().now();
    let reader = Reader { now, tz: user.zone(), overdue_before: now };
    let mut scope = environment.database().scoped(&user.all_brands()).await?;
    let mail = message::find(&mut scope, id).await?;
    let brand = database::brand::find(&mut scope, mail.brand_id).await?;
    let content = message::contents(&mut scope, &[id]).await?.into_iter().next();
    let events = listing::email_events(&mut scope, id, MOST).await?;
    let tries = message::attempts(&mut scope, id, MOST).await?;
    let local = mail.scheduled_for.with_timezone(&user.zone()).format("%Y-%m-%dT%H:%M").to_string();
    Ok(EmailView {
        id,
        headers: content
            .clone()
            .map(|content| headers(environment, &brand, &mail, content))
            .unwrap_or_default(),
        template: template_words(mail.template_key.as_deref(), &mail.variant),
        subject: mail.subject,
        state: mail.state,
        reason: mail.reason.unwrap_or_default(),
        contact: mail.contact_id,
        to_name: if mail.to_name.is_empty() { mail.to_email } else { mail.to_name },
        deal: mail.deal_id,
        tier: mail.tier,
        attempts: mail.attempts,
        is_test: mail.is_test,
        created: plain_when(mail.created_at, &reader),
        scheduled: plain_when(mail.scheduled_for, &reader),
        sent: mail.sent_at.map(|at| plain_when(at, &reader)),
        html: content.as_ref().map(|content| content.html.clone()).unwrap_or_default(),
        text: content.map(|content| content.body_text).unwrap_or_default(),
        events: events.into_iter().map(|event| line(event, &reader)).collect(),
        tries: tries
            .into_iter()
            .map(|attempt| EmailAttemptLine {
                outcome: attempt.outcome,
                reason: attempt.reason,
                at: plain_when(attempt.at, &reader),
            })
            .collect(),
        waits: matches!(mail.state, MessageState::Draft | MessageState::Scheduled | MessageState::Queued),
        scheduled_local: local,
        provider_id: mail.provider_id.unwrap_or_default(),
    })
}

/// The headers as they go over the wire; names and addresses in letters that people read.
fn headers(
    environment: &Environment,
    brand: &Brand,
    mail: &Message,
    content: Content,
) -> Vec<(String, String)> {
    let at = mail.sent_at.unwrap_or(mail.scheduled_for);
    let outgoing = outgoing(environment, brand, mail, content, at);
    let readable = [
        ("From", outgoing.from.to_string()),
        ("To", outgoing.to.to_string()),
        ("Subject", outgoing.subject.clone()),
    ];
    let Ok(message) = outgoing.to_message() else {
        return readable.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    };
    let mut lines: Vec<(String, String)> = Vec::new();
    for line in message.headers().to_string().split("\r\n") {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(more), Some((_, value))) => {
                value.push(' ');
                value.push_str(more);
            }
            _ => lines.extend(line.split_once(": ").map(|(name, value)| (name.to_owned(), value.to_owned()))),
        }
    }
    // The date is set when it leaves.
    lines.retain(|(name, _)| name != "Date" || mail.sent_at.is_some());
    for (name, value) in &mut lines {
        if let Some((_, words)) = readable.iter().find(|(known, _)| known == name) {
            value.clone_from(words);
        }
    }
    lines
}

fn line(event: EmailEvent, reader: &Reader) -> EmailEventLine {
    EmailEventLine {
        kind: event.kind,
        verdict: event.verdict,
        // Other codes are words with underscores.
        reason: event
            .reason
            .parse::<HitReason>()
            .map_or_else(|_| event.reason.replace('_', " "), |reason| reason.label().to_owned()),
        before: event.before.filter(|before| *before != event.verdict),
        url: event.url,
        user_agent: event.user_agent,
        at: plain_when(event.at, reader),
    }
}
