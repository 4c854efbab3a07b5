use chrono_tz::Tz;

use crate::closed_set;

closed_set! {
    /// Whose public holidays count.
    pub enum Region {
        Act = "act", "Australian Capital Territory";
        Nsw = "nsw", "New South Wales";
        Nt = "nt", "Northern Territory";
        Qld = "qld", "Queensland";
        Sa = "sa", "South Australia";
        Tas = "tas", "Tasmania";
        Vic = "vic", "Victoria";
        Wa = "wa", "Western Australia";
        /// Only the days every state and territory observes.
        National = "national", "Australia (national days only)";
        /// For contacts elsewhere.
        Elsewhere = "none", "No public holidays";
    }
}

impl Region {
    /// The region of an Australian state or territory code ("NSW"), in any case.
    pub fn of_state(code: &str) -> Option<Self> {
        match code.trim().to_ascii_lowercase().parse() {
            Ok(Self::National | Self::Elsewhere) | Err(_) => None,
            Ok(region) => Some(region),
        }
    }

    /// The region a zone lies in. Canberra keeps Sydney's time, so a zone alone never says ACT.
    pub const fn of_zone(tz: Tz) -> Self {
        match tz {
            Tz::Australia__Sydney | Tz::Australia__Lord_Howe | Tz::Australia__Broken_Hill => Self::Nsw,
            Tz::Australia__NSW | Tz::Australia__LHI | Tz::Australia__Yancowinna => Self::Nsw,
            Tz::Australia__ACT | Tz::Australia__Canberra => Self::Act,
            Tz::Australia__Melbourne | Tz::Australia__Victoria => Self::Vic,
            Tz::Australia__Brisbane | Tz::Australia__Lindeman | Tz::Australia__Queensland => Self::Qld,
            Tz::Australia__Adelaide | Tz::Australia__South => Self::Sa,
            Tz::Australia__Hobart | Tz::Australia__Currie | Tz::Australia__Tasmania => Self::Tas,
            Tz::Australia__Perth | Tz::Australia__Eucla | Tz::Australia__West => Self::Wa,
            Tz::Australia__Darwin | Tz::Australia__North => Self::Nt,
            _ => Self::Elsewhere,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn region_follows_from_the_state_or_the_zone() {
        assert_eq!(Region::of_state(" NSW "), Some(Region::Nsw));
        assert_eq!(Region::of_state("none"), None);
        assert_eq!(Region::of_state("NY"), None);
        assert_eq!(Region::of_zone(Tz::Australia__Lord_Howe), Region::Nsw);
        assert_eq!(Region::of_zone(Tz::Europe__Berlin), Region::Elsewhere);
    }
}
