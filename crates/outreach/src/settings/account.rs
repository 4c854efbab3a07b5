use chrono_tz::Tz;
use database::{person, session};
use domain::calendar::words;
use domain::view::settings::{AccountView, SessionLine};

use super::browser::device;
use crate::board::Reader;
use crate::listings::plain_when;
use crate::people::{CurrentUser, hash_password, verify_password};
use crate::{Environment, Refused};

/// Zones offered beside Australia's; any other stays possible for who has it.
const ELSEWHERE: [Tz; 9] = [
    Tz::Pacific__Auckland,
    Tz::Asia__Kolkata,
    Tz::Asia__Colombo,
    Tz::Asia__Singapore,
    Tz::Asia__Dubai,
    Tz::Europe__London,
    Tz::America__New_York,
    Tz::America__Los_Angeles,
    Tz::UTC,
];

const AUSTRALIA: [Tz; 9] = [
    Tz::Australia__Sydney,
    Tz::Australia__Melbourne,
    Tz::Australia__Brisbane,
    Tz::Australia__Adelaide,
    Tz::Australia__Darwin,
    Tz::Australia__Perth,
    Tz::Australia__Hobart,
    Tz::Australia__Broken_Hill,
    Tz::Australia__Lord_Howe,
];

/// The person's own settings. `this_session` is the digest of the session that asks.
///
/// # Errors
/// When the database fails.
pub async fn account(
    environment: &Environment,
    user: &CurrentUser,
    this_session: &str,
) -> Result<AccountView, Refused> {
    let now = environment.clock().now();
    let reader = Reader { now, tz: user.zone(), overdue_before: now };
    let mut connection = environment.database().unscoped().await.map_err(database::QueryError::from)?;
    let stored = person::user(&mut connection, user.id()).await?;
    let sessions = session::of_user(&mut connection, user.id()).await?;
    Ok(AccountView {
        zones: zones(user.zone()),
        roles: user
            .memberships()
            .iter()
            .map(|membership| format!("{} of {}", membership.role.label(), membership.name))
            .collect(),
        sessions: sessions
            .into_iter()
            .map(|open| SessionLine {
                device: device(&open.agent),
                is_this: open.id == this_session,
                signed_in: plain_when(open.created_at, &reader),
                last_seen: plain_when(open.last_seen_at, &reader),
            })
            .collect(),
        name: stored.name,
        email: stored.email,
        time_zone: user.zone().name().to_owned(),
    })
}

pub(super) fn zones(own: Tz) -> Vec<(String, String)> {
    let offered = AUSTRALIA.iter().chain(&ELSEWHERE).copied();
    let missing = Some(own).filter(|own| !AUSTRALIA.contains(own) && !ELSEWHERE.contains(own));
    offered.chain(missing).map(|zone| (zone.name().to_owned(), words::place(zone))).collect()
}

/// Stores the person's name and zone.
///
/// # Errors
/// [`Refused::Invalid`] without a name, or for a zone that doesn't exist.
pub async fn save_account(
    environment: &Environment,
    user: &CurrentUser,
    name: &str,
    time_zone: &str,
) -> Result<(), Refused> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 100 {
        return Err(Refused::Invalid("Give a name of 1 to 100 characters. Nothing was changed.".to_owned()));
    }
    let zone: Tz = time_zone.parse().map_err(|_| {
        Refused::Invalid("Choose one of the time zones offered. Nothing was changed.".to_owned())
    })?;
    let mut connection = environment.database().unscoped().await.map_err(database::QueryError::from)?;
    person::set_name_and_zone(&mut connection, user.id(), name, zone.name()).await?;
    Ok(())
}

/// Replaces the person's password and ends their other sessions.
///
/// # Errors
/// [`Refused::Invalid`] when the current password is wrong or the new one too short.
pub async fn change_password(
    environment: &Environment,
    user: &CurrentUser,
    this_session: &str,
    current: String,
    new: String,
) -> Result<(), Refused> {
    if new.chars().count() < 10 {
        return Err(Refused::Invalid(
            "The new password needs at least 10 characters. Nothing was changed.".to_owned(),
        ));
    }
    let stored = {
        let mut connection = environment.database().unscoped().await.map_err(database::QueryError::from)?;
        person::user(&mut connection, user.id()).await?
    };
    if stored.is_demo {
        return Err(Refused::Invalid(
            "This is a demo sign-in with a published password, which stays as it is. Nothing was changed."
                .to_owned(),
        ));
    }
    if !verify_password(current, stored.password_hash).await {
        return Err(Refused::Invalid("The current password isn't right. Nothing was changed.".to_owned()));
    }
    let hash = hash_password(new).await?;
    let mut connection = environment.database().unscoped().await.map_err(database::QueryError::from)?;
    person::set_password(&mut connection, user.id(), &hash).await?;
    session::delete_others(&mut connection, user.id(), this_session).await?;
    Ok(())
}

/// Ends the person's sessions but the one that asks. Returns how many there were.
///
/// # Errors
/// When the database fails.
pub async fn end_other_sessions(
    environment: &Environment,
    user: &CurrentUser,
    this_session: &str,
) -> Result<i64, Refused> {
    let mut connection = environment.database().unscoped().await.map_err(database::QueryError::from)?;
    let ended = session::delete_others(&mut connection, user.id(), this_session).await?;
    Ok(i64::try_from(ended).unwrap_or(i64::MAX))
}
