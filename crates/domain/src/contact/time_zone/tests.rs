use super::*;
use proptest::prelude::*;

fn at<'a>() -> Whereabouts<'a> {
    Whereabouts::default()
}

#[test]
fn zones_are_inferred_from_the_best_evidence() {
    for (place, zone, state) in [
        (Whereabouts { state: "WA", ..at() }, Some("Australia/Perth"), Some("WA")),
        (Whereabouts { state: "western australia", ..at() }, Some("Australia/Perth"), Some("WA")),
        (Whereabouts { state: "WA", country: "United States", ..at() }, None, None),
        (Whereabouts { address: "400 Pine St, Seattle WA 98101, USA", ..at() }, None, None),
        (Whereabouts { address: "1 King St, Perth WA 6000", ..at() }, Some("Australia/Perth"), Some("WA")),
        (
            Whereabouts { address: "12 Victoria Street, Parramatta NSW 2150", ..at() },
            Some("Australia/Sydney"),
            Some("NSW"),
        ),
        (
            Whereabouts { address: "12 Perth Street, Coorparoo QLD", ..at() },
            Some("Australia/Brisbane"),
            Some("QLD"),
        ),
        (
            Whereabouts { address: "5 High St, Northcote, Victoria 3070", ..at() },
            Some("Australia/Melbourne"),
            Some("VIC"),
        ),
        (
            Whereabouts { address: "5 High St, Norwood, 5067 Australia", ..at() },
            Some("Australia/Adelaide"),
            Some("SA"),
        ),
        (Whereabouts { address: "2150 Pacific Highway", ..at() }, None, None),
        (Whereabouts { address: "Level 2, Hobart", ..at() }, Some("Australia/Hobart"), Some("TAS")),
        (
            Whereabouts { address: "1 Argent St, Broken Hill NSW 2880", ..at() },
            Some("Australia/Broken_Hill"),
            Some("NSW"),
        ),
        (Whereabouts { postcode: "800", ..at() }, Some("Australia/Darwin"), Some("NT")),
        (Whereabouts { postcode: "2600", ..at() }, Some("Australia/Sydney"), Some("ACT")),
        (Whereabouts { phone: "(08) 9321 0000", ..at() }, Some("Australia/Perth"), Some("WA")),
        (Whereabouts { phone: "+61 8 8231 0000", ..at() }, Some("Australia/Adelaide"), Some("SA")),
        (Whereabouts { phone: "08 8981 0000", ..at() }, Some("Australia/Darwin"), Some("NT")),
        (Whereabouts { phone: "+61 (0)7 3000 0000", ..at() }, Some("Australia/Brisbane"), Some("QLD")),
        (Whereabouts { phone: "0412 345 678", ..at() }, Some("Australia/Sydney"), None),
        (Whereabouts { phone: "+91 98765 43210", ..at() }, Some("Asia/Kolkata"), None),
        (Whereabouts { phone: "+64 21 123 456", ..at() }, Some("Pacific/Auckland"), None),
        (Whereabouts { phone: "+1 415 555 0100", ..at() }, None, None),
        (
            Whereabouts { country: "New Zealand", domain: "acme.com.au", ..at() },
            Some("Pacific/Auckland"),
            None,
        ),
        (Whereabouts { domain: "acme.co.nz", ..at() }, Some("Pacific/Auckland"), None),
        (Whereabouts { domain: "acme.com.au", ..at() }, Some("Australia/Sydney"), None),
        (Whereabouts { domain: "acme.com", ..at() }, None, None),
        (at(), None, None),
    ] {
        assert_eq!((place.time_zone(), place.australian_state()), (zone, state), "{place:?}");
    }
}

proptest! {
    #[test]
    fn never_panics(phone in "\\PC{0,20}|[+0-9() ]{0,16}", address in "\\PC{0,40}", state in "\\PC{0,10}", postcode in "[0-9]{0,6}|\\PC{0,4}", domain in "\\PC{0,12}") {
        let _ = Whereabouts { phone: &phone, address: &address, state: &state, postcode: &postcode, country: "", domain: &domain }.time_zone();
    }
}

#[cfg(feature = "zones")]
#[test]
fn every_zone_exists() {
    for state in ["NSW", "VIC", "QLD", "SA", "WA", "TAS", "NT", "ACT"] {
        assert!(zone_of_state(state).parse::<chrono_tz::Tz>().is_ok());
    }
    for country in [
        "au", "nz", "in", "uk", "ie", "sg", "my", "hk", "ae", "pk", "bd", "lk", "np", "fj", "ph", "jp", "za",
        "de", "fr", "it", "nl",
    ] {
        assert!(country_zone(country).is_some_and(|zone| zone.parse::<chrono_tz::Tz>().is_ok()), "{country}");
    }
}
