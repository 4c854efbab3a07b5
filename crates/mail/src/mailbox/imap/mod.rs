//! A mailbox on an IMAP server (RFC 3501), read only.
//!
//! The library (async-imap) has no time-outs, and its streams end alike when a command is done and when the connection
//! breaks. So every step is timed here, and every answer is read up to the line that closes it.

mod answer;
mod connect;
mod folder_name;
mod settings;

pub use settings::{ImapSettings, ImapTimeouts};

use std::collections::BTreeMap;
use std::time::Duration;

use async_imap::Session;
use async_imap::imap_proto::{AttributeValue, MailboxDatum, Response, Status};
use chrono::{DateTime, NaiveDate, Utc};

use super::{Fetched, Folder, LARGEST, Listed, Listing, MailboxError, Source};
use answer::{failed, is_end, said};
use connect::{Wire, sign_in, within};

/// Mails listed at a time.
const BATCH: usize = 100;
/// Of a mail that is too large, so much of its header is fetched, bytes.
const HEADER: usize = 64 * 1024;

const OPENING: &str = "opening the folder";
const LISTING: &str = "listing mails";
const FETCHING: &str = "fetching a mail";

/// A mailbox on an IMAP server. Connects when it is opened.
#[derive(Debug)]
pub struct ImapSource {
    settings: ImapSettings,
    timeouts: ImapTimeouts,
    authority: Option<Vec<u8>>,
    session: Option<Session<Box<dyn Wire>>>,
}

/// What a server says about a mail.
#[derive(Debug, Default)]
struct Facts {
    size: Option<u64>,
    arrived_at: Option<DateTime<Utc>>,
    content: Option<Vec<u8>>,
}

impl ImapSource {
    /// For a mailbox, with the usual time-outs.
    pub fn new(settings: ImapSettings) -> Self {
        Self { settings, timeouts: ImapTimeouts::default(), authority: None, session: None }
    }

    /// With other time-outs.
    #[must_use]
    pub fn with_timeouts(self, timeouts: ImapTimeouts) -> Self {
        Self { timeouts, ..self }
    }

    /// Trusts one more authority (PEM) besides the public ones.
    #[must_use]
    pub fn trusting(self, authority: Vec<u8>) -> Self {
        Self { authority: Some(authority), ..self }
    }

    fn session(&mut self, step: &'static str) -> Result<&mut Session<Box<dyn Wire>>, MailboxError> {
        self.session.as_mut().ok_or(MailboxError::Lost { step })
    }

    /// Runs a command whose answers are `take`n one by one. An answer that is cut off is an error, however much of it came.
    async fn run(
        &mut self,
        step: &'static str,
        limit: Duration,
        command: &str,
        mut take: impl FnMut(&Response<'_>) + Send,
    ) -> Result<(), MailboxError> {
        let session = self.session(step)?;
        let outcome = within(limit, async {
            let id = session.run_command(command).await.map_err(|error| failed(step, &error))?;
            loop {
                let response = match session.read_response().await {
                    Ok(Some(response)) => response,
                    Ok(None) => return Err(MailboxError::Lost { step }),
                    Err(error) if is_end(error.kind()) => return Err(MailboxError::Lost { step }),
                    Err(error) => return Err(failed(step, &error.into())),
                };
                match response.parsed() {
                    Response::Done { tag, status, outcome } if *tag == id => {
                        let words = || format!("info: {:?}", outcome.information);
                        return match status {
                            Status::Ok => Ok(()),
                            Status::No => Err(refused(step, async_imap::error::Error::No(words()))),
                            _ => Err(refused(step, async_imap::error::Error::Bad(words()))),
                        };
                    }
                    other => take(other),
                }
            }
        });
        let outcome = outcome.await.unwrap_or(Err(MailboxError::TimedOut { step }));
        if outcome.is_err() {
            // An answer may still be on its way, and would be taken for the answer to something else.
            self.session = None;
        }
        outcome
    }

    /// What the server says about mails, by UID.
    async fn facts(
        &mut self,
        limit: Duration,
        uids: &str,
        wanted: &str,
        step: &'static str,
    ) -> Result<BTreeMap<u32, Facts>, MailboxError> {
        let mut found = BTreeMap::new();
        self.run(step, limit, &format!("UID FETCH {uids} ({wanted})"), |response| {
            if let Response::Fetch(_, attributes) = response
                && let Some((uid, facts)) = read(attributes)
            {
                found.insert(uid, facts);
            }
        })
        .await?;
        Ok(found)
    }
}

fn refused(step: &'static str, error: async_imap::error::Error) -> MailboxError {
    MailboxError::Refused { step, reason: said(&error) }
}

/// `None` for what the server says unasked, which has no UID.
fn read(attributes: &[AttributeValue<'_>]) -> Option<(u32, Facts)> {
    let mut uid = None;
    let mut facts = Facts::default();
    for attribute in attributes {
        match attribute {
            AttributeValue::Uid(found) => uid = Some(*found),
            AttributeValue::Rfc822Size(size) => facts.size = Some(u64::from(*size)),
            AttributeValue::InternalDate(text) => facts.arrived_at = internal_date(text),
            AttributeValue::BodySection { data: Some(data), .. } => facts.content = Some(data.to_vec()),
            _ => {}
        }
    }
    uid.map(|uid| (uid, facts))
}

/// `17-Jul-1996 02:44:25 -0700`; the day may have a blank before it.
fn internal_date(text: &str) -> Option<DateTime<Utc>> {
    let parsed = DateTime::parse_from_str(text.trim(), "%d-%b-%Y %H:%M:%S %z").ok()?;
    Some(parsed.with_timezone(&Utc))
}

#[async_trait::async_trait]
impl Source for ImapSource {
    async fn open(&mut self) -> Result<Folder, MailboxError> {
        let folder = self.settings.folder.clone();
        self.session = Some(sign_in(&self.settings, &self.timeouts, self.authority.as_deref()).await?);
        let limit = self.timeouts.command;
        let examined = within(limit, self.session(OPENING)?.examine(folder_name::encoded(&folder)))
            .await
            .ok_or(MailboxError::TimedOut { step: OPENING })?;
        let state = examined.map_err(|error| match error {
            async_imap::error::Error::No(_) => MailboxError::NoFolder { folder, reason: said(&error) },
            other => failed(OPENING, &other),
        })?;
        let validity = state.uid_validity.ok_or_else(|| MailboxError::Refused {
            step: OPENING,
            reason: "it has no lasting numbers for mails (UIDVALIDITY)".to_owned(),
        })?;
        Ok(Folder { validity: i64::from(validity), mails: Some(state.exists) })
    }

    async fn list(&mut self, after: i64, since: NaiveDate) -> Result<Listing, MailboxError> {
        let Ok(after) = u32::try_from(after) else { return Ok(Listing::default()) };
        let Some(first) = after.checked_add(1) else { return Ok(Listing::default()) };
        // Servers compare days in zones of their own: a day more, so that none is missed.
        let since = since.pred_opt().unwrap_or(since).format("%-d-%b-%Y");
        let limit = self.timeouts.command;
        let mut uids: Vec<u32> = Vec::new();
        self.run(LISTING, limit, &format!("UID SEARCH UID {first}:* SINCE {since}"), |response| {
            if let Response::MailboxData(MailboxDatum::Search(found)) = response {
                uids.extend(found);
            }
        })
        .await?;
        // `first:*` names the last mail even when it comes before `first`.
        uids.retain(|uid| *uid > after);
        uids.sort_unstable();
        uids.dedup();
        let waiting = u32::try_from(uids.len()).unwrap_or(u32::MAX);
        uids.truncate(BATCH);
        if uids.is_empty() {
            return Ok(Listing::default());
        }
        let set = uids.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
        let mut facts = self.facts(limit, &set, "UID RFC822.SIZE INTERNALDATE", LISTING).await?;
        let mails = uids.into_iter().map(|uid| {
            let Facts { size, arrived_at, .. } = facts.remove(&uid).unwrap_or_default();
            Listed { id: uid.to_string(), position: i64::from(uid), arrived_at, size }
        });
        Ok(Listing { mails: mails.collect(), waiting })
    }

    async fn fetch(&mut self, mail: &Listed) -> Result<Fetched, MailboxError> {
        let Some(size) = mail.size else {
            // Deleted while it was being listed.
            return Ok(Fetched::Gone);
        };
        let (limit, too_large) = (self.timeouts.mail, size > LARGEST);
        let wanted = if too_large {
            format!("UID BODY.PEEK[HEADER]<0.{HEADER}>")
        } else {
            "UID BODY.PEEK[]".to_owned()
        };
        let mut found = self.facts(limit, &mail.id, &wanted, FETCHING).await?;
        let content = u32::try_from(mail.position).ok().and_then(|uid| found.remove(&uid));
        Ok(match content.and_then(|facts| facts.content) {
            None => Fetched::Gone,
            Some(header) if too_large => Fetched::TooLarge { size, header },
            Some(raw) => Fetched::Whole(raw),
        })
    }

    async fn close(&mut self) {
        if let Some(mut session) = self.session.take() {
            // A server that doesn't answer any more has nothing to be told.
            let _ = within(self.timeouts.command, session.logout()).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::internal_date;

    #[test]
    fn dates_of_servers_are_read_with_their_zone() {
        for (text, expected) in [
            ("17-Jul-1996 02:44:25 -0700", Some("1996-07-17T09:44:25Z")),
            (" 7-Jul-1996 02:44:25 +0000", Some("1996-07-07T02:44:25Z")),
            ("yesterday", None),
        ] {
            let expected = expected.map(|text| text.parse().expect("written right"));
            assert_eq!(internal_date(text), expected, "{text}");
        }
    }
}
