use chrono::{DateTime, TimeDelta, Utc};

use super::{Caps, SlotReason};

/// What a brand has handed over lately.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sent {
    /// Mails in the last 60 minutes.
    pub hour: u32,
    /// The oldest of them (UTC).
    pub oldest_in_hour: Option<DateTime<Utc>>,
    /// Mails since the start of today's day in the brand's zone.
    pub day: u32,
    /// Local days before today on which the brand has sent.
    pub sending_days: u32,
}

/// How many mails may still be handed over at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    pub left: u32,
    /// When there is room again once it is used up (UTC), and what has used it up.
    pub then: (DateTime<Utc>, SlotReason),
}

impl Room {
    /// Under these caps. `day_start` is the start of today's day in the brand's zone (UTC).
    pub fn under(caps: &Caps, sent: &Sent, now: DateTime<Utc>, day_start: DateTime<Utc>) -> Self {
        let tomorrow = day_start + TimeDelta::days(1);
        let warm = caps.warm_up.as_ref().map(|plan| plan.cap_on(sent.sending_days));
        let (per_day, reason) = match warm {
            Some(cap) if cap < caps.per_day => (cap, SlotReason::WarmUp),
            Some(_) | None => (caps.per_day, SlotReason::DayCap),
        };
        let day = per_day.max(1).saturating_sub(sent.day);
        let hour = caps.per_hour.max(1).saturating_sub(sent.hour);
        if day <= hour {
            return Self { left: day, then: (tomorrow, reason) };
        }
        let frees = sent.oldest_in_hour.unwrap_or(now) + TimeDelta::hours(1);
        Self { left: hour, then: (frees.max(now + TimeDelta::minutes(1)), SlotReason::HourCap) }
    }

    /// Takes a place; when there is none, says until when.
    pub fn take(&mut self) -> Option<(DateTime<Utc>, SlotReason)> {
        if self.left == 0 {
            return Some(self.then);
        }
        self.left -= 1;
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tighter_cap_counts() {
        let day_start = DateTime::from_timestamp(1_780_358_400, 0).expect("in range");
        let now = day_start + TimeDelta::hours(10);
        let caps = Caps::of_brand(10, 100, 20, None);
        let sent = |hour, day| Sent {
            hour,
            oldest_in_hour: Some(now - TimeDelta::minutes(50)),
            day,
            sending_days: 0,
        };
        let mut room = Room::under(&caps, &sent(9, 20), now, day_start);
        assert_eq!(room.take(), None);
        assert_eq!(room.take(), Some((now + TimeDelta::minutes(10), SlotReason::HourCap)));
        let mut full = Room::under(&caps, &sent(0, 100), now, day_start);
        assert_eq!(full.take(), Some((day_start + TimeDelta::days(1), SlotReason::DayCap)));
    }
}
