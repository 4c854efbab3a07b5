use database::listing::{self, EmailEvent};
use database::message::{self, Content, Message};
use domain::MessageId;
use domain::view::email::{EmailEventLine, EmailView};

use super::view::{plain_when, template_words};
use crate::board::Reader;
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
    let content = message::contents(&mut scope, &[id]).await?.into_iter().next();
    let events = listing::email_events(&mut scope, id, MOST).await?;
    Ok(EmailView {
        id,
        headers: headers(&mail, content.as_ref()),
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
    })
}

fn headers(mail: &Message, content: Option<&Content>) -> Vec<(String, String)> {
    let named = |name: &str, address: &str| match name {
        "" => address.to_owned(),
        name => format!("{name} <{address}>"),
    };
    let bracketed = |id: &str| format!("<{id}>");
    let mut headers =
        vec![("To", named(&mail.to_name, &mail.to_email)), ("Message-ID", bracketed(&mail.message_id))];
    if let Some(content) = content {
        headers.insert(0, ("From", named(&content.from_name, &content.from_email)));
        headers.extend(content.reply_to.clone().map(|address| ("Reply-To", address)));
        headers.extend(
            content
                .references_header
                .clone()
                .filter(|text| !text.is_empty())
                .map(|text| ("References", text)),
        );
    }
    headers.extend(mail.in_reply_to.as_deref().map(|id| ("In-Reply-To", bracketed(id))));
    headers.extend(mail.provider_id.clone().map(|id| ("Provider's id", id)));
    headers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn line(event: EmailEvent, reader: &Reader) -> EmailEventLine {
    EmailEventLine {
        kind: event.kind,
        verdict: event.verdict,
        // Codes are words with underscores.
        reason: event.reason.replace('_', " "),
        url: event.url,
        user_agent: event.user_agent,
        at: plain_when(event.at, reader),
    }
}
