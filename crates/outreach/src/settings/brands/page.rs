use chrono::{DateTime, TimeDelta, Utc};
use database::Connection;
use database::brand::Brand;
use domain::BrandId;
use domain::calendar::Region;
use domain::mailing::TestOutcome;
use domain::view::brands::{
    BrandLine, BrandSettings, HoursEdit, IdentityEdit, LimitsEdit, Sending, Today, TrackingEdit,
};

use super::{account, fields, managed, manages};
use crate::autopilot::caps_of;
use crate::board::Reader;
use crate::office::Office;
use crate::people::CurrentUser;
use crate::settings::account::zones;
use crate::transports::StoredAccount;
use crate::{Environment, Refused};

/// Every brand of theirs, with what its mail does.
///
/// # Errors
/// When the database fails.
pub async fn brands(environment: &Environment, user: &CurrentUser) -> Result<Vec<BrandLine>, Refused> {
    let now = environment.clock().now();
    let mut lines = Vec::new();
    for membership in user.memberships() {
        let mut scope = environment.database().brand(membership.id).await?;
        let brand = database::brand::find(&mut scope, membership.id).await?;
        let account = StoredAccount::load(&mut scope, membership.id).await?;
        lines.push(BrandLine {
            sending: sending(environment, &brand, account.as_ref()),
            today: today(&mut scope, &brand, now).await?,
            provider: account.map(|account| account.settings.provider),
            may_edit: manages(membership.role),
            sender: brand.from_email,
            slug: brand.slug,
            name: brand.name,
        });
    }
    Ok(lines)
}

/// A brand's settings.
///
/// # Errors
/// [`Refused::NotFound`] for a brand that isn't theirs; [`Refused::Invalid`] below the role.
pub async fn brand(
    environment: &Environment,
    user: &CurrentUser,
    slug: &str,
) -> Result<BrandSettings, Refused> {
    let id: BrandId = managed(user, slug)?.id;
    let now = environment.clock().now();
    let reader = Reader { now, tz: user.zone(), overdue_before: now };
    let mut scope = environment.database().brand(id).await?;
    let brand = database::brand::find(&mut scope, id).await?;
    let stored = StoredAccount::load(&mut scope, id).await?;
    Ok(BrandSettings {
        sending: sending(environment, &brand, stored.as_ref()),
        today: today(&mut scope, &brand, now).await?,
        account: account::view(environment, &brand, stored, &reader),
        identity: identity(&brand),
        limits: LimitsEdit {
            hourly_cap: brand.hourly_cap.to_string(),
            daily_cap: brand.daily_cap.to_string(),
            contact_gap_hours: brand.contact_gap_hours.to_string(),
            warm_up_from: brand.warmup_started_on.map(|day| day.to_string()).unwrap_or_default(),
        },
        hours: HoursEdit {
            time_zone: brand.time_zone.clone(),
            region: brand.region.clone(),
            days: brand.office_days.clone(),
            from: fields::clock(brand.office_from),
            to: fields::clock(brand.office_to),
        },
        tracking: TrackingEdit { opens: brand.tracks_opens, clicks: brand.tracks_clicks },
        zones: zones(crate::office::zone(&brand.time_zone)),
        regions: regions(),
        slug: brand.slug,
        name: brand.name,
    })
}

fn identity(brand: &Brand) -> IdentityEdit {
    IdentityEdit {
        name: brand.name.clone(),
        legal_name: brand.legal_name.clone(),
        postal_address: brand.postal_address.clone(),
        from_name: brand.from_name.clone(),
        from_email: brand.from_email.clone(),
        reply_to: brand.reply_to.clone().unwrap_or_default(),
        contact_email: brand.contact_email.clone(),
        phone: brand.phone.clone(),
        website: brand.website.clone(),
        logo_url: brand.logo_url.clone(),
    }
}

/// State and words, as brands store them.
pub(super) fn regions() -> Vec<(String, String)> {
    let offered = Region::ALL.iter().filter(|region| **region != Region::Elsewhere);
    offered.map(|region| (region.as_str().to_uppercase(), region.label().to_owned())).collect()
}

/// Whether the brand's mail goes out, asked of everything the outbox asks too.
pub(super) fn sending(environment: &Environment, brand: &Brand, account: Option<&StoredAccount>) -> Sending {
    if brand.postal_address.trim().is_empty() {
        return Sending::Stopped(
            "The postal address is missing, which the law wants in every mail.".to_owned(),
        );
    }
    if brand.from_email.trim().is_empty() {
        return Sending::Stopped("The sender's address is missing.".to_owned());
    }
    if let Err(reason) = environment.transports().for_brand(environment, brand, account) {
        return Sending::Stopped(reason.to_string());
    }
    let settings = account.map(|account| &account.settings);
    match settings.and_then(|settings| settings.test_outcome) {
        Some(TestOutcome::Failed) => {
            let words = settings.map(|settings| settings.test_words.as_str()).unwrap_or_default();
            Sending::Doubtful(format!("The last connection test failed: {words}"))
        }
        Some(TestOutcome::Passed | TestOutcome::Unreachable) | None => Sending::Works,
    }
}

async fn today(connection: &mut Connection, brand: &Brand, now: DateTime<Utc>) -> Result<Today, Refused> {
    let office = Office::of(brand);
    let day_start = office.day_start(now);
    let lately =
        database::message::handed_over(connection, brand.id, now - TimeDelta::hours(1), day_start).await?;
    let caps = caps_of(brand);
    let sending_days = match brand.warmup_started_on {
        Some(from) => {
            let day = now.with_timezone(&office.zone).date_naive();
            Some(database::autopilot::sending_days(connection, brand.id, from, day).await?)
        }
        None => None,
    };
    let warm = caps.warm_up.zip(sending_days).map_or(u32::MAX, |(plan, days)| plan.cap_on(days));
    Ok(Today {
        sent: lately.day,
        cap: i64::from(caps.per_day.min(warm)),
        warm_up_day: sending_days.map(|days| days + 1),
        waiting: database::message::count_due(connection, brand.id, now).await?,
    })
}
