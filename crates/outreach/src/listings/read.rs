use std::str::FromStr;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use database::listing::Paging;
use domain::PipelineId;
use domain::view::listing::ListQuery;

use super::PAGE;
use crate::Refused;

/// A value of the address; an empty one is no restriction.
///
/// # Errors
/// [`Refused::Invalid`] for a value the set doesn't have.
pub(super) fn value<T: FromStr>(text: &str, what: &str) -> Result<Option<T>, Refused> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| {
        Refused::Invalid(format!("There is no {what} “{text}”. Take the filter off and choose another."))
    })
}

/// The pipeline filter.
///
/// # Errors
/// [`Refused::Invalid`] when it is no id.
pub(super) fn pipeline(query: &ListQuery) -> Result<Option<PipelineId>, Refused> {
    value(&query.pipeline, "pipeline")
}

/// Where the page begins.
///
/// # Errors
/// [`Refused::Invalid`] when it names no record.
pub(super) fn paging(query: &ListQuery) -> Result<Paging, Refused> {
    Ok(Paging { after: value(&query.after, "place")?, before: value(&query.before, "place")?, size: PAGE })
}

/// The start of a day of the address, `after` days later, in the person's zone (UTC); an empty one is no restriction.
///
/// # Errors
/// [`Refused::Invalid`] when it is no day.
pub(super) fn day_start(text: &str, after: u64, zone: Tz) -> Result<Option<DateTime<Utc>>, Refused> {
    let Some(day) = value::<NaiveDate>(text, "day")? else { return Ok(None) };
    let start = day.checked_add_days(Days::new(after)).and_then(|day| day.and_hms_opt(0, 0, 0));
    // Where clocks skip midnight, the day begins an hour later.
    let local = start.and_then(|start| {
        zone.from_local_datetime(&start)
            .earliest()
            .or_else(|| zone.from_local_datetime(&(start + TimeDelta::hours(1))).earliest())
    });
    Ok(local.map(|local| local.with_timezone(&Utc)))
}
