use chrono::{DateTime, Utc};
use reqwest::{Method, RequestBuilder};
use serde::{Deserialize, Deserializer};

use super::answer::text;
use super::{ZohoApi, ZohoError};

/// The most messages that one call lists.
const MOST: u32 = 200;

/// Reads an account's mail.
#[derive(Debug, Clone)]
pub struct ZohoInbox {
    api: ZohoApi,
}

/// A mailbox the access token opens.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ZohoAccount {
    /// Numeric id.
    #[serde(rename = "accountId", deserialize_with = "text")]
    pub id: String,
    /// The mailbox's own address.
    #[serde(default)]
    pub primary_email_address: String,
    /// Addresses it may send from.
    #[serde(rename = "sendMailDetails", default, deserialize_with = "senders")]
    pub senders: Vec<String>,
}

/// A folder.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ZohoFolder {
    /// Numeric id.
    #[serde(rename = "folderId", deserialize_with = "text")]
    pub id: String,
    /// What the person calls it.
    #[serde(rename = "folderName", default)]
    pub name: String,
    /// `Inbox`, `Sent`, `Spam` …; a person's own folders are of type `Inbox` too.
    #[serde(rename = "folderType", default)]
    pub kind: String,
    /// `/Inbox`.
    #[serde(default)]
    pub path: String,
}

/// A message as the list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ZohoMessage {
    /// Numeric id within the account; not the Message-ID.
    #[serde(rename = "messageId", deserialize_with = "text")]
    pub id: String,
    /// Where it is.
    #[serde(default, deserialize_with = "text")]
    pub folder_id: String,
    /// The sender's address, as Zoho writes it (may be HTML-escaped).
    #[serde(default)]
    pub from_address: String,
    /// Subject, as Zoho writes it.
    #[serde(default)]
    pub subject: String,
    /// When the mailbox got it.
    #[serde(rename = "receivedTime", deserialize_with = "milliseconds")]
    pub received_at: DateTime<Utc>,
}

#[derive(Deserialize)]
struct Original {
    content: String,
}

impl ZohoInbox {
    /// Over an account's API.
    pub const fn new(api: ZohoApi) -> Self {
        Self { api }
    }

    /// The mailboxes the access token opens.
    ///
    /// # Errors
    /// [`ZohoError`].
    pub async fn accounts(&self) -> Result<Vec<ZohoAccount>, ZohoError> {
        self.get("", |request| request).await
    }

    /// Every folder.
    ///
    /// # Errors
    /// [`ZohoError`].
    pub async fn folders(&self) -> Result<Vec<ZohoFolder>, ZohoError> {
        self.get(&format!("/{}/folders", self.api.account_id()), |request| request).await
    }

    /// The folder where mail arrives.
    ///
    /// # Errors
    /// [`ZohoError`]; `Refused` when there is none.
    pub async fn inbox(&self) -> Result<ZohoFolder, ZohoError> {
        let folders = self.folders().await?;
        let of_type = || folders.iter().filter(|folder| folder.kind.eq_ignore_ascii_case("inbox"));
        let found = of_type()
            .find(|folder| folder.path.eq_ignore_ascii_case("/inbox"))
            .or_else(|| of_type().find(|folder| folder.name.eq_ignore_ascii_case("inbox")))
            .or_else(|| of_type().next());
        found.cloned().ok_or_else(|| ZohoError::Refused { reason: "the account has no inbox".to_owned() })
    }

    /// Messages of a folder, newest first, from the `start`th on (counted from 1), at most 200.
    ///
    /// # Errors
    /// [`ZohoError`].
    pub async fn messages(
        &self,
        folder: &str,
        start: u32,
        limit: u32,
    ) -> Result<Vec<ZohoMessage>, ZohoError> {
        let (start, limit) = (start.max(1).to_string(), limit.clamp(1, MOST).to_string());
        let query = [
            ("folderId", folder),
            ("start", start.as_str()),
            ("limit", limit.as_str()),
            ("sortBy", "date"),
            ("sortorder", "false"),
        ];
        let path = format!("/{}/messages/view", self.api.account_id());
        self.get(&path, |request| request.query(&query)).await
    }

    /// A message's HTML, without its headers.
    ///
    /// # Errors
    /// [`ZohoError`].
    pub async fn content(&self, folder: &str, message: &str) -> Result<String, ZohoError> {
        let (folder, message) = (id(folder)?, id(message)?);
        let path = format!("/{}/folders/{folder}/messages/{message}/content", self.api.account_id());
        let original: Original = self.get(&path, |request| request).await?;
        Ok(original.content)
    }

    /// A message as it came over the wire (RFC 5322): what `receive` reads.
    ///
    /// # Errors
    /// [`ZohoError`].
    pub async fn original(&self, message: &str) -> Result<Vec<u8>, ZohoError> {
        let path = format!("/{}/messages/{}/originalmessage", self.api.account_id(), id(message)?);
        let original: Original = self.get(&path, |request| request).await?;
        Ok(original.content.into_bytes())
    }

    /// Reading twice does no harm: a call without an answer is made again another time.
    async fn get<T: serde::de::DeserializeOwned>(
        &self,
        path: &str,
        with: impl Fn(RequestBuilder) -> RequestBuilder + Send + Sync,
    ) -> Result<T, ZohoError> {
        self.api.call(Method::GET, path, with).await.map_err(|error| match error {
            ZohoError::Lost { reason } => ZohoError::Busy { reason, retry_after: None },
            other => other,
        })
    }
}

/// Ids come from Zoho and go into an address: only digits may.
fn id(text: &str) -> Result<&str, ZohoError> {
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        Ok(text)
    } else {
        Err(ZohoError::Refused { reason: "an id of Zoho's has digits only".to_owned() })
    }
}

fn milliseconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DateTime<Utc>, D::Error> {
    let written = text(deserializer)?;
    let time = written.trim().parse().ok().and_then(DateTime::from_timestamp_millis);
    time.ok_or_else(|| serde::de::Error::custom(format!("{written} is no time in milliseconds")))
}

fn senders<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Sender {
        #[serde(default)]
        from_address: String,
    }
    let senders = Vec::<Sender>::deserialize(deserializer)?;
    Ok(senders.into_iter().map(|sender| sender.from_address).collect())
}
