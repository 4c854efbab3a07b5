use chrono::Weekday;
use serde::{Deserialize, Serialize};

/// A set of weekdays. Serialises as bits: Monday 1, Tuesday 2 … Sunday 64.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Weekdays(u8);

impl Weekdays {
    pub const MON_TO_FRI: Self = Self(0b001_1111);
    pub const EVERY_DAY: Self = Self(0b111_1111);

    /// From bits, Monday the lowest; higher bits than Sunday's are dropped.
    pub const fn from_bits(bits: u8) -> Self {
        Self(bits & Self::EVERY_DAY.0)
    }

    /// Monday 1, Tuesday 2 … Sunday 64.
    pub const fn bits(self) -> u8 {
        self.0
    }

    pub fn contains(self, day: Weekday) -> bool {
        self.0 & (1 << day.num_days_from_monday()) != 0
    }
}

impl FromIterator<Weekday> for Weekdays {
    fn from_iter<I: IntoIterator<Item = Weekday>>(days: I) -> Self {
        Self(days.into_iter().fold(0, |bits, day| bits | 1 << day.num_days_from_monday()))
    }
}

/// When mail may go, in local time: the same hours on each of the days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Unchecked", into = "Unchecked")]
pub struct OfficeHours {
    days: Weekdays,
    from: u16,
    to: u16,
}

#[derive(Serialize, Deserialize)]
struct Unchecked {
    days: Weekdays,
    from: u16,
    to: u16,
}

/// Why hours can't be office hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OfficeHoursError {
    #[error("choose at least one day of the week")]
    NoDay,
    #[error("office hours must end after they begin, and by midnight")]
    EndsBeforeItBegins,
}

impl OfficeHours {
    /// `from` and `to` are minutes after local midnight; `to` is the first minute closed, 1440 at most.
    ///
    /// # Errors
    /// When there is no day, or no minute, to be open.
    pub fn new(days: Weekdays, from: u16, to: u16) -> Result<Self, OfficeHoursError> {
        let days = Weekdays::from_bits(days.bits());
        if days.bits() == 0 {
            return Err(OfficeHoursError::NoDay);
        }
        if from >= to || to > 24 * 60 {
            return Err(OfficeHoursError::EndsBeforeItBegins);
        }
        Ok(Self { days, from, to })
    }

    pub const fn days(&self) -> Weekdays {
        self.days
    }

    /// Minutes after local midnight.
    pub const fn from(&self) -> u16 {
        self.from
    }

    /// Minutes after local midnight; the first minute closed.
    pub const fn to(&self) -> u16 {
        self.to
    }
}

impl Default for OfficeHours {
    /// Monday to Friday, nine to five.
    fn default() -> Self {
        Self { days: Weekdays::MON_TO_FRI, from: 9 * 60, to: 17 * 60 }
    }
}

impl TryFrom<Unchecked> for OfficeHours {
    type Error = OfficeHoursError;
    fn try_from(hours: Unchecked) -> Result<Self, OfficeHoursError> {
        Self::new(hours.days, hours.from, hours.to)
    }
}

impl From<OfficeHours> for Unchecked {
    fn from(hours: OfficeHours) -> Self {
        Self { days: hours.days, from: hours.from, to: hours.to }
    }
}
