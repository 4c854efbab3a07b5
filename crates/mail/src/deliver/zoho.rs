//! Sending with Zoho Mail's API.

use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Accepted, DeliveryError, Transport, tidy};
use crate::message::{Mailbox, Outgoing, phrase};
use crate::zoho::{ZohoApi, ZohoError, ZohoInbox};

/// Delivers through Zoho Mail.
///
/// The API takes no headers: mails have neither List-Unsubscribe nor a Message-ID of ours, so that one click can't opt
/// out and answers are matched by their sender. The settings say so and recommend Zoho's SMTP server.
#[derive(Debug)]
pub struct ZohoTransport {
    api: ZohoApi,
}

/// Zoho's word that it has the mail.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sent {
    message_id: Value,
}

impl ZohoTransport {
    /// Over an account's API.
    pub const fn new(api: ZohoApi) -> Self {
        Self { api }
    }

    /// Whether the refresh token gives access to the account and the account may send as `sender`. Nothing is sent.
    ///
    /// # Errors
    /// Why no mail could be sent.
    pub async fn test_connection(&self, sender: &str) -> Result<(), DeliveryError> {
        let accounts = ZohoInbox::new(self.api.clone()).accounts().await?;
        let account = accounts.iter().find(|account| account.id == self.api.account_id());
        let not_configured = |reason| Err(DeliveryError::NotConfigured { reason });
        let Some(account) = account else {
            return not_configured("the refresh token opens no account with this id".to_owned());
        };
        let own = std::iter::once(&account.primary_email_address).chain(&account.senders);
        if !own.into_iter().any(|address| address.eq_ignore_ascii_case(sender)) {
            return not_configured(format!("the account may not send as {sender}"));
        }
        Ok(())
    }
}

#[async_trait::async_trait]
impl Transport for ZohoTransport {
    async fn deliver(&self, mail: &Outgoing) -> Result<Accepted, DeliveryError> {
        // Building the message checks every address, as for SMTP.
        mail.to_message()?;
        let mut body = json!({
            "fromAddress": sender(&mail.from),
            "toAddress": mail.to.address,
            "subject": phrase(&mail.subject),
            "content": mail.html,
            "mailFormat": "html",
            "encoding": "UTF-8",
        });
        if let Some(reply_to) = &mail.reply_to {
            body["replyTo"] = json!(reply_to.address);
        }
        let path = format!("/{}/messages", self.api.account_id());
        let sent: Sent = self.api.call(Method::POST, &path, |request| request.json(&body)).await?;
        let id = match &sent.message_id {
            Value::String(id) => tidy(id),
            Value::Number(id) => id.to_string(),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => String::new(),
        };
        if id.is_empty() {
            return Err(ZohoError::Lost { reason: "Zoho answered without an id".to_owned() }.into());
        }
        tracing::debug!(message_id = %mail.message_id, "accepted by Zoho Mail");
        Ok(Accepted { provider_id: id })
    }
}

/// `Asha Rao <asha@codeteki.au>`; a name with marks of its own is quoted.
fn sender(from: &Mailbox) -> String {
    let name = phrase(&from.name);
    let plain = name.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '\'' | '&' | '!'));
    if name.is_empty() {
        from.address.clone()
    } else if plain {
        format!("{name} <{}>", from.address)
    } else {
        format!("\"{}\" <{}>", name.replace(['"', '\\'], "'"), from.address)
    }
}
