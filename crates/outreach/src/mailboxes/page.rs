use chrono::{DateTime, TimeDelta, Utc};
use database::mailboxes::{self, Mailbox};
use database::{Connection, brand};
use domain::mailing::{MailboxHealth, read_from};
use domain::view::mailboxes::{ErrorLine, FailureLine, FailureView, HealthView, MailboxEdit, MailboxView};
use domain::{BrandId, MailboxFailureId};

use super::{job, managed};
use crate::board::Reader;
use crate::listings::plain_when;
use crate::people::CurrentUser;
use crate::schedule::next_occurrence;
use crate::transports::StoredAccount;
use crate::{Environment, Refused};

/// Failures shown.
const SHOWN: i64 = 50;

/// A brand's mailbox: its settings, and how it goes.
///
/// # Errors
/// [`Refused::NotFound`] for a brand that isn't theirs; [`Refused::Invalid`] below the role.
pub async fn mailbox(
    environment: &Environment,
    user: &CurrentUser,
    slug: &str,
) -> Result<MailboxView, Refused> {
    let membership = managed(user, slug)?;
    let now = environment.clock().now();
    let reader = Reader { now, tz: user.zone(), overdue_before: now };
    let mut scope = environment.database().brand(membership.id).await?;
    let stored = mailboxes::of_brand(&mut scope, membership.id).await?;
    let failures = mailboxes::failures(&mut scope, membership.id, SHOWN).await?;
    Ok(MailboxView {
        slug: membership.slug.clone(),
        brand_name: membership.name.clone(),
        zoho_blocked: zoho_blocked(environment, &mut scope, membership.id).await?,
        health: stored.as_ref().map(|mailbox| health(mailbox, &reader)),
        password_stored: stored.as_ref().is_some_and(|mailbox| mailbox.password.is_some()),
        edit: edit(stored.unwrap_or_else(|| Mailbox::new(membership.id, read_from(now), now))),
        failures: failures.into_iter().map(|failure| line(failure, &reader)).collect(),
    })
}

/// A mail that was passed over, as it came.
///
/// # Errors
/// [`Refused::NotFound`] for a brand or a mail that isn't theirs; [`Refused::Invalid`] below the role.
pub async fn failure(
    environment: &Environment,
    user: &CurrentUser,
    slug: &str,
    id: MailboxFailureId,
) -> Result<FailureView, Refused> {
    let brand = managed(user, slug)?.id;
    let now = environment.clock().now();
    let reader = Reader { now, tz: user.zone(), overdue_before: now };
    let mut scope = environment.database().brand(brand).await?;
    let found = mailboxes::failure(&mut scope, brand, id).await?;
    let source = String::from_utf8_lossy(&found.raw).replace("\r\n", "\n");
    Ok(FailureView {
        source: source.replace(|c: char| c.is_control() && c != '\n' && c != '\t', "\u{fffd}"),
        is_whole: found.is_whole,
        line: line(
            mailboxes::FailureLine {
                id: found.id,
                reason: found.reason,
                from_email: found.from_email,
                subject: found.subject,
                arrived_at: found.arrived_at,
                size_bytes: found.size_bytes,
                created_at: found.created_at,
                dealt_with_at: found.dealt_with_at,
            },
            &reader,
        ),
    })
}

/// Notes that somebody has dealt with a mail that was passed over.
///
/// # Errors
/// [`Refused::NotFound`] for a brand that isn't theirs, or a mail that is dealt with already; [`Refused::Invalid`] below
/// the role.
pub async fn deal_with_failure(
    environment: &Environment,
    user: &CurrentUser,
    slug: &str,
    id: MailboxFailureId,
) -> Result<(), Refused> {
    let brand = managed(user, slug)?.id;
    let now = environment.clock().now();
    let mut scope = environment.database().brand(brand).await?;
    if !mailboxes::deal_with(&mut scope, brand, id, user.id(), now).await? {
        return Err(Refused::NotFound);
    }
    Ok(scope.commit().await?)
}

async fn zoho_blocked(
    environment: &Environment,
    connection: &mut Connection,
    id: BrandId,
) -> Result<Option<String>, Refused> {
    let brand = brand::find(connection, id).await?;
    let account = StoredAccount::load(connection, id).await?;
    let api = environment.transports().zoho_api(environment, &brand, account.as_ref());
    Ok(api.err().map(|error| error.0))
}

fn edit(mailbox: Mailbox) -> MailboxEdit {
    MailboxEdit {
        kind: mailbox.kind,
        enabled: mailbox.enabled,
        host: mailbox.host,
        port: mailbox.port.to_string(),
        encryption: mailbox.tls,
        username: mailbox.username,
        password: String::new(),
        folder: mailbox.folder,
    }
}

fn health(mailbox: &Mailbox, reader: &Reader) -> HealthView {
    let facts = mailbox.facts();
    let state = facts.health(reader.now);
    let when = |at: DateTime<Utc>| plain_when(at, reader);
    let next = next_occurrence(job::JOB, reader.now).filter(|_| mailbox.enabled);
    HealthView {
        state,
        words: words(mailbox, state, reader),
        is_reading: mailbox.lease_until.is_some_and(|until| until > reader.now),
        checked: mailbox.checked_at.map(when),
        next: next.map(when),
        last_mail: mailbox.last_mail_at.map(when),
        lag: facts.lag(reader.now).map(span).unwrap_or_default(),
        backlog: mailbox.backlog,
        position: if mailbox.position > 0 { mailbox.position.to_string() } else { String::new() },
        mails_read: mailbox.mails_read,
        read_since: mailbox.read_since.format("%-d %B %Y").to_string(),
        last_error: mailbox.last_error.clone().zip(mailbox.last_error_at).map(|(words, at)| ErrorLine {
            words,
            at: when(at),
            is_over: mailbox.failing_since.is_none(),
        }),
    }
}

fn words(mailbox: &Mailbox, state: MailboxHealth, reader: &Reader) -> String {
    let when = |at: DateTime<Utc>| plain_when(at, reader).text;
    match state {
        MailboxHealth::Off => "Switched off: replies that arrive here aren’t read.".to_owned(),
        MailboxHealth::New => "Not read yet. The first look takes in the last seven days.".to_owned(),
        MailboxHealth::Ok => "Replies are read.".to_owned(),
        MailboxHealth::Behind if mailbox.backlog == 1 => "1 mail waits to be read.".to_owned(),
        MailboxHealth::Behind if mailbox.backlog > 1 => {
            format!("{} mails wait to be read.", mailbox.backlog)
        }
        MailboxHealth::Behind => match mailbox.checked_at {
            Some(at) => format!("Nobody has looked since {}. Is a worker running?", when(at)),
            None => "Nobody has looked yet. Is a worker running?".to_owned(),
        },
        MailboxHealth::Failing => {
            let since = mailbox.failing_since.map(when).unwrap_or_default();
            format!("Failing since {since}. Nothing is lost: reading goes on from the same mail.")
        }
    }
}

/// "12 min", "3 h 20 min", "2 days".
fn span(time: TimeDelta) -> String {
    let minutes = time.num_minutes();
    match (minutes / 60, minutes % 60) {
        (0, 0) => "under a minute".to_owned(),
        (0, minutes) => format!("{minutes} min"),
        (hours @ 1..48, 0) => format!("{hours} h"),
        (hours @ 1..48, minutes) => format!("{hours} h {minutes} min"),
        (hours, _) => format!("{} days", hours / 24),
    }
}

fn line(failure: mailboxes::FailureLine, reader: &Reader) -> FailureLine {
    FailureLine {
        id: failure.id,
        from: failure.from_email,
        subject: failure.subject,
        reason: failure.reason,
        arrived: plain_when(failure.arrived_at.unwrap_or(failure.created_at), reader),
        size: size(failure.size_bytes),
        is_dealt_with: failure.dealt_with_at.is_some(),
    }
}

/// "512 B", "3 kB", "12.4 MB".
fn size(bytes: i64) -> String {
    match bytes {
        ..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_and_sizes_are_short() {
        for (minutes, expected) in
            [(0, "under a minute"), (12, "12 min"), (60, "1 h"), (200, "3 h 20 min"), (4_000, "2 days")]
        {
            assert_eq!(span(TimeDelta::minutes(minutes)), expected);
        }
        for (bytes, expected) in [(512, "512 B"), (3_100, "3 kB"), (12_450_000, "12.4 MB")] {
            assert_eq!(size(bytes), expected);
        }
    }
}
