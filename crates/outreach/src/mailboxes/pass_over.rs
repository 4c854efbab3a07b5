use std::fmt::Write as _;

use chrono::TimeDelta;
use database::mailboxes::{self, Failure};
use domain::{BrandId, MailboxFailureId};
use mail::mailbox::Listed;
use sha2::{Digest, Sha256};

use crate::{Environment, Refused};

/// Of each mail so much is kept, bytes.
const KEPT: usize = 64 * 1024;
/// So many are kept for a brand, and so long.
const MOST: i64 = 200;
const LONGEST: TimeDelta = TimeDelta::days(90);

/// A mail that can't be read.
pub(super) struct PassedOver<'a> {
    pub mail: &'a Listed,
    /// As it came, or its header.
    pub raw: &'a [u8],
    /// Of the whole mail, bytes.
    pub size: u64,
    pub is_whole: bool,
    /// In words.
    pub reason: &'a str,
}

/// Keeps it for a person. `false`: it is kept already.
pub(super) async fn keep(
    environment: &Environment,
    brand: BrandId,
    passed: &PassedOver<'_>,
) -> Result<bool, Refused> {
    let clock = environment.clock();
    let now = clock.now();
    let (from_email, subject) = about(passed.raw);
    let failure = Failure {
        id: MailboxFailureId(clock.new_id()),
        brand_id: brand,
        digest: digest(passed),
        reason: sentence(passed.reason),
        from_email,
        subject,
        arrived_at: passed.mail.arrived_at,
        size_bytes: i64::try_from(passed.size).unwrap_or(i64::MAX),
        raw: passed.raw.iter().take(KEPT).copied().collect(),
        is_whole: passed.is_whole && passed.raw.len() <= KEPT,
        created_at: now,
        dealt_with_at: None,
        dealt_with_by: None,
    };
    let mut scope = environment.database().brand(brand).await?;
    let is_new = mailboxes::insert_failure(&mut scope, &failure).await?;
    mailboxes::prune(&mut scope, brand, now - LONGEST, MOST).await?;
    scope.commit().await?;
    Ok(is_new)
}

/// The parser's words begin small.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Sender and subject, as far as the header can be read.
fn about(raw: &[u8]) -> (String, String) {
    let end = raw.windows(4).position(|four| four == b"\r\n\r\n").map_or(raw.len(), |end| end + 4);
    let Ok(header) = mail::receive::parse(&raw[..end.min(KEPT)]) else {
        return (String::new(), String::new());
    };
    (header.from.unwrap_or_default(), header.subject)
}

fn digest(passed: &PassedOver<'_>) -> String {
    let mut hash = Sha256::new();
    hash.update(passed.size.to_be_bytes());
    hash.update(passed.raw);
    if passed.raw.is_empty() {
        // Nothing of the mail itself is known.
        hash.update(&passed.mail.id);
    }
    hash.finalize().iter().fold(String::new(), |mut text, byte| {
        // Writing to a string can't fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
