use chrono::{DateTime, Utc};
use database::Connection;
use database::listing::{Page, Tally as Counted};
use domain::BrandId;
use domain::autopilot::TemplateVariant;
use domain::view::board::When;
use domain::view::listing::{ListPage, ListQuery, Tally};
use uuid::Uuid;

use crate::Refused;
use crate::board::{Reader, when};
use crate::office::Office;
use crate::people::CurrentUser;

/// How times read for the person. Over several brands the latest of their overdue lines counts least: what is late for
/// one may not be for another, so nothing is called late too early.
pub(crate) async fn reader(
    connection: &mut Connection,
    user: &CurrentUser,
    brands: &[BrandId],
    now: DateTime<Utc>,
) -> Result<Reader, Refused> {
    let all = database::brand::all(connection).await?;
    let overdue_before = all
        .iter()
        .filter(|brand| brands.contains(&brand.id))
        .map(|brand| Office::of(brand).overdue_before(now))
        .min()
        .unwrap_or(now);
    Ok(Reader { now, tz: user.zone(), overdue_before })
}

/// An instant of the past in words, never red.
pub(crate) fn plain_when(at: DateTime<Utc>, reader: &Reader) -> When {
    when(at, &Reader { overdue_before: DateTime::<Utc>::MIN_UTC, ..*reader })
}

/// A page with its place among the others. `id` names a row.
pub(super) fn page_of<R, V>(
    page: Page<R>,
    query: &ListQuery,
    total: i64,
    id: impl Fn(&V) -> Uuid,
    view: impl FnMut(R) -> V,
) -> ListPage<V> {
    let rows: Vec<V> = page.rows.into_iter().map(view).collect();
    let next = rows.last().filter(|_| page.has_next).map(&id);
    let previous = rows.first().filter(|_| page.has_previous).map(&id);
    let is_first = previous.is_none();
    let named = query.row.parse::<i64>().unwrap_or(1).max(1);
    let first_row = match (rows.is_empty(), is_first) {
        (true, _) => 0,
        (false, true) => 1,
        (false, false) => named,
    };
    ListPage { rows, total, more_than_total: false, first_row, next, previous }
}

/// The tallies, with the one called `passed` apart.
pub(super) fn split(tallies: Vec<Counted>) -> (Vec<Tally>, i64) {
    let (passed, others): (Vec<_>, Vec<_>) = tallies.into_iter().partition(|tally| tally.value == "passed");
    let total = passed.first().map_or(0, |tally| tally.count);
    (others.into_iter().map(|Counted { value, count }| Tally { value, count }).collect(), total)
}

/// A template's key in words, with the version or subject where it isn't the first: "Business follow-up 1, B".
pub(crate) fn template_words(key: Option<&str>, variant: &str) -> String {
    let Some(key) = key else { return String::new() };
    let (key, version) = match TemplateVariant::of_key(key) {
        Some((plain, version)) => (plain, Some(version)),
        None => (key, None),
    };
    let mut words = key.replace('_', " ").replace("followup", "follow-up ").replace("nudge", "nudge ");
    if let Some(first) = words.get(..1) {
        words = first.to_uppercase() + &words[1..];
    }
    if let Some(version) = version {
        words.push_str(", ");
        words.push_str(&version.label().to_lowercase());
    } else if variant != "A" {
        words.push_str(", ");
        words.push_str(variant);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::template_words;

    #[test]
    fn a_template_is_named_in_words() {
        assert_eq!(template_words(Some("business_followup1"), "B"), "Business follow-up 1, B");
        assert_eq!(template_words(Some("seo_services"), "A"), "Seo services");
        assert_eq!(template_words(Some("events_nudge2_short"), "short"), "Events nudge 2, shorter");
        assert_eq!(template_words(Some("sales_followup1_value"), "value"), "Sales follow-up 1, useful first");
        assert_eq!(template_words(None, "A"), "");
    }
}
