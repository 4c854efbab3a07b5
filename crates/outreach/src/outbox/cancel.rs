use chrono::{DateTime, NaiveDateTime, TimeDelta, TimeZone, Utc};
use database::message;
use domain::MessageId;
use domain::mailing::MessageState;

use super::unclear;
use crate::people::CurrentUser;
use crate::{Environment, Refused};

/// Mails in one selection.
const MOST: usize = 500;
/// Nobody knows what will be right to say later than that.
const FURTHEST: TimeDelta = TimeDelta::days(365);

/// What became of a selection of mails.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cancelled {
    pub cancelled: usize,
    /// On their way, gone or ended already.
    pub too_late: usize,
}

/// A person cancels mails that wait. Their deals are held for a person: the autopilot doesn't write the same mail anew
/// by itself.
///
/// # Errors
/// [`Refused::NotFound`] when one of them is outside the person's brands: nothing is cancelled then.
pub async fn cancel(
    environment: &Environment,
    user: &CurrentUser,
    ids: &[MessageId],
) -> Result<Cancelled, Refused> {
    if ids.len() > MOST {
        return Err(Refused::Invalid(format!("Choose {MOST} mails at most. Nothing was cancelled.")));
    }
    let now = environment.clock().now();
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    let mut transaction = environment.database().scoped(&user.all_brands()).await?;
    let mut done = Cancelled::default();
    for id in ids {
        // The mail before its deal, like a worker that claims: then none waits for the other for ever.
        let mail = message::lock(&mut transaction, id).await?;
        if !waits(mail.state) {
            done.too_late += 1;
            continue;
        }
        message::cancel(&mut transaction, id, &format!("{} cancelled it.", user.name())).await?;
        let words = format!(
            "{} cancelled the mail \u{201c}{}\u{201d}: a person decides what comes next.",
            user.name(),
            mail.subject
        );
        unclear::block(&mut transaction, std::slice::from_ref(&mail), now, &words).await?;
        done.cancelled += 1;
    }
    transaction.commit().await?;
    Ok(done)
}

/// A person moves a waiting mail to another time, written `2026-11-26T09:30` in their own zone. Office hours, caps and
/// distances still hold then.
///
/// # Errors
/// [`Refused::NotFound`] outside the person's brands; [`Refused::Invalid`] for a time that can't be; and
/// [`Refused::Conflict`] when the mail waits no more.
pub async fn reschedule(
    environment: &Environment,
    user: &CurrentUser,
    id: MessageId,
    local: &str,
) -> Result<(), Refused> {
    let now = environment.clock().now();
    let at = moment(local, user, now)?;
    let mut transaction = environment.database().scoped(&user.all_brands()).await?;
    let mail = message::lock(&mut transaction, id).await?;
    if !waits(mail.state) || mail.state == MessageState::Draft {
        return Err(Refused::Conflict("This mail doesn't wait any more: its time stays.".to_owned()));
    }
    message::reschedule(&mut transaction, id, at, &format!("{} chose this time.", user.name())).await?;
    let delay = (at - now).num_seconds().max(0) as f64 + 1.0;
    let key = format!("deliver:{}:at:{}", mail.brand_id, at.timestamp());
    message::wake(&mut transaction, mail.brand_id, &[(key, delay)]).await?;
    transaction.commit().await?;
    Ok(())
}

fn moment(local: &str, user: &CurrentUser, now: DateTime<Utc>) -> Result<DateTime<Utc>, Refused> {
    let at = NaiveDateTime::parse_from_str(local.trim(), "%Y-%m-%dT%H:%M")
        .ok()
        .and_then(|local| user.zone().from_local_datetime(&local).earliest())
        .ok_or_else(|| {
            Refused::Invalid("Choose a day and a time that exist. Nothing was changed.".to_owned())
        })?
        .with_timezone(&Utc);
    if at <= now {
        return Err(Refused::Invalid("Choose a time that is still to come. Nothing was changed.".to_owned()));
    }
    if at > now + FURTHEST {
        return Err(Refused::Invalid("Choose a time within a year. Nothing was changed.".to_owned()));
    }
    Ok(at)
}

const fn waits(state: MessageState) -> bool {
    match state {
        MessageState::Draft | MessageState::Scheduled | MessageState::Queued => true,
        MessageState::Sending
        | MessageState::Sent
        | MessageState::Failed
        | MessageState::Unknown
        | MessageState::Blocked
        | MessageState::Cancelled => false,
    }
}
