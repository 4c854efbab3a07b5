use chrono::{DateTime, Utc};
use database::brand::Brand;
use database::message::{Content, Message};
use mail::message::{Mailbox, Outgoing};

use crate::Environment;
use crate::compose::Links;

/// A mail of the outbox as it goes over the wire.
pub(crate) fn outgoing(
    environment: &Environment,
    brand: &Brand,
    message: &Message,
    content: Content,
    now: DateTime<Utc>,
) -> Outgoing {
    let unsubscribe = Links { environment, brand, message: message.id }.unsubscribe();
    let campaign = message.template_key.as_deref().unwrap_or("mail");
    Outgoing {
        message_id: message.message_id.clone(),
        from: Mailbox::new(content.from_name, content.from_email),
        reply_to: content.reply_to.map(|address| Mailbox::new(String::new(), address)),
        to: Mailbox::new(message.to_name.clone(), message.to_email.clone()),
        subject: message.subject.clone(),
        html: content.html,
        text: content.body_text,
        in_reply_to: message.in_reply_to.clone(),
        references: content
            .references_header
            .map(|ids| ids.split_whitespace().map(str::to_owned).collect())
            .unwrap_or_default(),
        // Whoever gets a test can't opt out of anything by it.
        list_unsubscribe_url: (!message.is_test).then_some(unsubscribe),
        list_unsubscribe_mailto: None,
        feedback_id: Some(format!("{campaign}:{}:outreach:overture", brand.slug)),
        auto_submitted: message.created_by.is_none(),
        return_path: None,
        date: now,
    }
}
