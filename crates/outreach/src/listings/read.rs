use std::str::FromStr;

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
