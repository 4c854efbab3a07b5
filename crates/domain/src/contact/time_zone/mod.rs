//! Where a contact is, as far as telephone, address and domain tell.

mod phone;

use self::phone::{area_code_state, australian_number};

/// What is known of a contact's place. Blank texts mean unknown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Whereabouts<'a> {
    pub phone: &'a str,
    /// Postal address in one text.
    pub address: &'a str,
    /// State or region column.
    pub state: &'a str,
    pub postcode: &'a str,
    pub country: &'a str,
    /// Domain of the website or address.
    pub domain: &'a str,
}

impl Whereabouts<'_> {
    /// IANA name of the time zone, or `None` when nothing tells (or the country has several zones).
    ///
    /// Looks at the state, the postcode, the telephone's area code, the country and the domain's country, in this
    /// order. An Australian contact without a state is taken to be in the most populous zone.
    pub fn time_zone(&self) -> Option<&'static str> {
        if let Some(zone) = self.lone_zone() {
            return Some(zone);
        }
        if let Some(state) = self.australian_state() {
            return Some(zone_of_state(state));
        }
        let by_country = country_zone(&fold(self.country)).or_else(|| country_zone(&last_part(self.address)));
        by_country.or_else(|| calling_code_zone(self.phone)).or_else(|| top_level_zone(self.domain))
    }

    /// The Australian state or territory: NSW, VIC, QLD, SA, WA, TAS, NT or ACT.
    pub fn australian_state(&self) -> Option<&'static str> {
        let country = fold(self.country);
        if !country.is_empty() && !is_australia(&country) {
            return None;
        }
        // "WA 98101, USA" is Washington.
        let elsewhere = country_zone(&last_part(self.address))
            .is_some_and(|zone| !zone.starts_with("Australia/"))
            || matches!(last_part(self.address).as_str(), "usa" | "us" | "united states" | "canada");
        if elsewhere {
            return None;
        }
        state_named(&fold(self.state))
            .or_else(|| state_in_address(self.address))
            .or_else(|| postcode_of(self.postcode, self.address).and_then(state_of_postcode))
            .or_else(|| city_in(self.address))
            .or_else(|| area_code_state(self.phone))
    }

    /// Towns that don't keep their state's time.
    fn lone_zone(&self) -> Option<&'static str> {
        self.australian_state()?;
        match postcode_of(self.postcode, self.address)? {
            2880 => Some("Australia/Broken_Hill"),
            2898 => Some("Australia/Lord_Howe"),
            _ => None,
        }
    }
}

fn fold(text: &str) -> String {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

/// What stands after the last comma or line end, without digits.
fn last_part(address: &str) -> String {
    let part = address.trim().trim_end_matches(['.', ',']).rsplit([',', '\n']).next().unwrap_or("");
    fold(&part.chars().filter(|c| !c.is_ascii_digit()).collect::<String>())
}

fn is_australia(country: &str) -> bool {
    matches!(country, "australia" | "au" | "aus" | "commonwealth of australia")
}

fn zone_of_state(state: &str) -> &'static str {
    match state {
        "VIC" => "Australia/Melbourne",
        "QLD" => "Australia/Brisbane",
        "SA" => "Australia/Adelaide",
        "WA" => "Australia/Perth",
        "TAS" => "Australia/Hobart",
        "NT" => "Australia/Darwin",
        // The ACT keeps Sydney's time.
        _ => "Australia/Sydney",
    }
}

fn state_named(folded: &str) -> Option<&'static str> {
    Some(match folded {
        "nsw" | "n s w" | "new south wales" => "NSW",
        "vic" | "victoria" => "VIC",
        "qld" | "queensland" => "QLD",
        "sa" | "south australia" => "SA",
        "wa" | "western australia" => "WA",
        "tas" | "tasmania" => "TAS",
        "nt" | "northern territory" => "NT",
        "act" | "australian capital territory" => "ACT",
        _ => return None,
    })
}

/// The last state named in an address. Short forms that are also words count in capitals only.
fn state_in_address(address: &str) -> Option<&'static str> {
    let words: Vec<&str> =
        address.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let long = [
        "new south wales",
        "queensland",
        "south australia",
        "western australia",
        "tasmania",
        "northern territory",
        "australian capital territory",
    ];
    (0..words.len()).rev().find_map(|at| {
        let word = words[at];
        let short = state_named(&word.to_lowercase()).filter(|_| match word.len() {
            2 => word == "SA" || word == "WA" || word == "NT",
            3 => word == "ACT" || !word.eq_ignore_ascii_case("act"),
            _ => false,
        });
        // "12 Victoria Street" is anywhere; "Victoria 3000" is the state.
        let victoria = word.eq_ignore_ascii_case("victoria")
            && words
                .get(at + 1)
                .is_none_or(|next| next.eq_ignore_ascii_case("australia") || is_postcode(next));
        let named = long.iter().find(|name| {
            let length = name.split(' ').count();
            at + length <= words.len() && words[at..at + length].join(" ").eq_ignore_ascii_case(name)
        });
        short.or(victoria.then_some("VIC")).or_else(|| named.and_then(|name| state_named(name)))
    })
}

fn is_postcode(word: &str) -> bool {
    word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit())
}

/// The postcode column, else the last four-digit word of an address that has more than a street in it.
fn postcode_of(postcode: &str, address: &str) -> Option<u16> {
    let column = postcode.trim();
    // Spreadsheets drop the zero of 0800.
    if (3..=4).contains(&column.len()) && column.bytes().all(|b| b.is_ascii_digit()) {
        return column.parse().ok();
    }
    let words: Vec<&str> =
        address.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let at = words.iter().rposition(|word| is_postcode(word))?;
    // A four-digit house number stands in front, a postcode at the end or before the country.
    let ends = words[at + 1..].iter().all(|word| is_australia(&word.to_lowercase()));
    (at > 0 && ends).then(|| words[at].parse().ok()).flatten()
}

fn state_of_postcode(postcode: u16) -> Option<&'static str> {
    Some(match postcode {
        200..=299 | 2600..=2618 | 2900..=2920 => "ACT",
        800..=999 => "NT",
        1000..=2999 => "NSW",
        3000..=3999 | 8000..=8999 => "VIC",
        4000..=4999 | 9000..=9999 => "QLD",
        5000..=5999 => "SA",
        6000..=6797 | 6800..=6999 => "WA",
        7000..=7999 => "TAS",
        _ => return None,
    })
}

fn city_in(address: &str) -> Option<&'static str> {
    #[rustfmt::skip]
    const CITIES: &[(&str, &str)] = &[
        ("sydney", "NSW"), ("newcastle", "NSW"), ("wollongong", "NSW"), ("parramatta", "NSW"), ("melbourne", "VIC"),
        ("geelong", "VIC"), ("ballarat", "VIC"), ("bendigo", "VIC"), ("brisbane", "QLD"), ("gold coast", "QLD"), ("cairns", "QLD"),
        ("townsville", "QLD"), ("toowoomba", "QLD"), ("adelaide", "SA"), ("perth", "WA"), ("fremantle", "WA"), ("hobart", "TAS"),
        ("launceston", "TAS"), ("darwin", "NT"), ("alice springs", "NT"), ("canberra", "ACT"),
    ];
    // "12 Perth Street" is not in Perth: only a part of the address that is the city alone counts.
    address.split([',', '\n']).rev().map(fold).find_map(|part| {
        let part =
            part.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ').trim_end_matches(" australia");
        CITIES.iter().find(|(city, _)| *city == part).map(|(_, state)| *state)
    })
}

/// Countries with one time zone, and Australia's most populous one.
fn country_zone(country: &str) -> Option<&'static str> {
    Some(match country {
        _ if is_australia(country) => "Australia/Sydney",
        "new zealand" | "nz" | "aotearoa" => "Pacific/Auckland",
        "india" | "in" | "ind" | "bharat" => "Asia/Kolkata",
        "united kingdom" | "uk" | "gb" | "great britain" | "england" | "scotland" | "wales" => {
            "Europe/London"
        }
        "ireland" | "ie" => "Europe/Dublin",
        "singapore" | "sg" => "Asia/Singapore",
        "malaysia" | "my" => "Asia/Kuala_Lumpur",
        "hong kong" | "hk" => "Asia/Hong_Kong",
        "united arab emirates" | "uae" | "ae" => "Asia/Dubai",
        "pakistan" | "pk" => "Asia/Karachi",
        "bangladesh" | "bd" => "Asia/Dhaka",
        "sri lanka" | "lk" => "Asia/Colombo",
        "nepal" | "np" => "Asia/Kathmandu",
        "fiji" | "fj" => "Pacific/Fiji",
        "philippines" | "ph" => "Asia/Manila",
        "japan" | "jp" => "Asia/Tokyo",
        "south africa" | "za" => "Africa/Johannesburg",
        "germany" | "de" => "Europe/Berlin",
        "france" | "fr" => "Europe/Paris",
        "italy" | "it" => "Europe/Rome",
        "netherlands" | "nl" => "Europe/Amsterdam",
        _ => return None,
    })
}

fn calling_code_zone(phone: &str) -> Option<&'static str> {
    if australian_number(phone).is_some() {
        return country_zone("au");
    }
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    let international = if phone.trim_start().starts_with('+') {
        digits.as_str()
    } else {
        digits.strip_prefix("0011").or_else(|| digits.strip_prefix("00"))?
    };
    #[rustfmt::skip]
    const CODES: &[(&str, &str)] = &[
        ("971", "ae"), ("977", "np"), ("880", "bd"), ("852", "hk"), ("679", "fj"), ("353", "ie"), ("94", "lk"), ("92", "pk"),
        ("91", "in"), ("81", "jp"), ("65", "sg"), ("64", "nz"), ("63", "ph"), ("61", "au"), ("60", "my"), ("49", "de"),
        ("44", "uk"), ("39", "it"), ("33", "fr"), ("31", "nl"), ("27", "za"),
    ];
    CODES
        .iter()
        .find(|(code, _)| international.starts_with(code))
        .and_then(|(_, country)| country_zone(country))
}

fn top_level_zone(domain: &str) -> Option<&'static str> {
    let top = domain.trim().trim_end_matches('.').rsplit('.').next().unwrap_or("").to_lowercase();
    // `.in`, `.my` and `.it` are sold as words too, yet mostly mean the country. A bare word is no domain.
    if domain.contains('.') && top.len() == 2 { country_zone(&top) } else { None }
}

#[cfg(test)]
mod tests;
