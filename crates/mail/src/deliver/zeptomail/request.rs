use serde_json::{Map, Value, json};

use crate::message::{Mailbox, MessageError, Outgoing, phrase};

/// Headers that are taken over as they are.
const TAKEN_OVER: [&str; 5] =
    ["In-Reply-To", "List-Unsubscribe", "List-Unsubscribe-Post", "Feedback-ID", "Auto-Submitted"];

/// The call that sends a mail.
///
/// ZeptoMail gives each mail a Message-ID of its own. Ours goes along as the last of the References: a mail program
/// copies them into the answer, so that an answer still names a mail of ours. `client_reference` brings it back with
/// bounces.
pub(super) fn body(mail: &Outgoing) -> Result<Value, MessageError> {
    // Building the message checks every address and identifier, as for SMTP.
    let message = mail.to_message()?;
    let headers = message.headers();
    let own = headers.get_raw("Message-ID").unwrap_or_default().to_owned();
    let mut mime = Map::new();
    for name in TAKEN_OVER {
        if let Some(value) = headers.get_raw(name) {
            mime.insert(name.to_owned(), Value::from(value));
        }
    }
    let thread = headers.get_raw("References").map_or_else(|| own.clone(), |ids| format!("{ids} {own}"));
    mime.insert("References".to_owned(), Value::from(thread));
    mime.insert("X-Overture-Message-ID".to_owned(), Value::from(own.as_str()));

    let mut body = json!({
        "from": named(&mail.from),
        "to": [{ "email_address": named(&mail.to) }],
        "subject": phrase(&mail.subject),
        "htmlbody": mail.html,
        "textbody": mail.text,
        "mime_headers": mime,
        "client_reference": own.trim_matches(['<', '>']),
        // Opens and clicks are our own business: twice rewritten links lead nowhere.
        "track_opens": false,
        "track_clicks": false,
    });
    if let Some(reply_to) = &mail.reply_to {
        body["reply_to"] = json!([named(reply_to)]);
    }
    if let Some(path) = &mail.return_path {
        body["bounce_address"] = json!(path);
    }
    Ok(body)
}

fn named(mailbox: &Mailbox) -> Value {
    match phrase(&mailbox.name) {
        name if name.is_empty() => json!({ "address": mailbox.address }),
        name => json!({ "address": mailbox.address, "name": name }),
    }
}
