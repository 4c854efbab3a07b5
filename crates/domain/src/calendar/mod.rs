//! Office hours, public holidays and local time. Needs the feature `zones`.

mod easter;
mod holidays;
mod hours;
#[cfg(test)]
mod hours_tests;
mod lateness;
mod local;
mod office;
mod region;
pub mod words;

pub use holidays::{Holiday, holiday_on, holidays};
pub use hours::{OfficeHours, OfficeHoursError, Weekdays};
pub use lateness::overdue_before;
pub use local::{add_days_keeping_local_time, local_instant, start_of_day};
pub use office::{is_open, next_open};
pub use region::Region;
