//! What the pages with tables share: the address as the one state, filters, sorting, paging.

mod address;
mod filter;
mod pager;
mod search;

pub use address::ListAddress;
pub use filter::{FilterDay, FilterMenu, FilterSelect, pipeline_choices};
pub use pager::{Pager, PagerProps};
pub use search::SearchBox;

use domain::view::listing::ListPage;

/// A count with its thousands grouped: "2,914".
pub fn grouped(count: i64) -> String {
    let digits = count.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if count < 0 {
        text.push('−');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// How many records all pages have: "2,914", or "1,000+" where they were not counted to the end.
pub fn counted<T>(page: &ListPage<T>) -> String {
    format!("{}{}", grouped(page.total), if page.more_than_total { "+" } else { "" })
}

/// A count for a cell of a table: nothing is a dash.
pub fn cell(count: i64) -> String {
    if count == 0 { "–".to_owned() } else { grouped(count) }
}

#[cfg(test)]
mod tests {
    use super::{cell, grouped};

    #[test]
    fn counts_are_grouped_and_nothing_is_a_dash() {
        assert_eq!(
            (grouped(2_914), grouped(12), grouped(1_000_000)),
            ("2,914".into(), "12".into(), "1,000,000".into())
        );
        assert_eq!(cell(0), "–");
    }
}
