use super::*;
use proptest::prelude::*;

#[test]
fn addresses_are_normalised() {
    for (text, expected) in [
        ("Priya@Acme.COM", "priya@acme.com"),
        ("  priya@acme.com\t", "priya@acme.com"),
        ("\u{feff}priya@acme.com", "priya@acme.com"),
        ("Priya Sharma <Priya@acme.com>", "priya@acme.com"),
        ("\"Sharma, Priya\" < priya@acme.com >", "priya@acme.com"),
        ("mailto:priya@acme.com", "priya@acme.com"),
        ("priya+crm@acme.com.au", "priya+crm@acme.com.au"),
        ("o'brien@acme.co", "o'brien@acme.co"),
        ("hi@münchen.de", "hi@münchen.de"),
        ("hi@xn--mnchen-3ya.de", "hi@xn--mnchen-3ya.de"),
    ] {
        assert_eq!(EmailAddress::parse(text).map(String::from), Ok(expected.to_owned()), "{text}");
    }
}

#[test]
fn what_is_no_address_says_why() {
    let long = format!("{}@{}.com", "a".repeat(60), "b.".repeat(100));
    for (text, error) in [
        ("", AddressError::Empty),
        ("  ", AddressError::Empty),
        ("Priya <>", AddressError::Empty),
        ("priya", AddressError::NotOneAt),
        ("foo@bar@x.com", AddressError::NotOneAt),
        ("foo@bar@x", AddressError::NotOneAt),
        ("a b@acme.com", AddressError::Space),
        ("a@acme.com\0", AddressError::Space),
        ("a\r\nbcc:x@y.com", AddressError::Space),
        ("a@b.com, c@d.com", AddressError::Space),
        ("x@y.com;Bob", AddressError::Domain),
        ("@acme.com", AddressError::Local),
        (".a@acme.com", AddressError::Local),
        ("a..b@acme.com", AddressError::Local),
        ("a,b@acme.com", AddressError::Local),
        ("a@acme", AddressError::Domain),
        ("a@acme.", AddressError::Domain),
        ("a@.com", AddressError::Domain),
        ("a@-acme.com", AddressError::Domain),
        ("a@acme..com", AddressError::Domain),
        ("a@10.0.0.1", AddressError::Domain),
        ("a@acme.c", AddressError::Domain),
        (long.as_str(), AddressError::TooLong),
    ] {
        assert_eq!(EmailAddress::parse(text), Err(error), "{text:?}");
    }
}

#[test]
fn providers_are_matched_exactly() {
    for domain in [
        "gmail.com",
        "GoogleMail.com",
        "me.com",
        "live.com",
        "yahoo.com.au",
        "bigpond.com",
        "tpg.com.au",
        "proton.me",
    ] {
        assert!(is_public_provider(domain), "{domain}");
    }
    for domain in ["acme.com", "olive.com", "mygmail.com", "gmail.com.evil.net", "acme.com.au", ""] {
        assert!(!is_public_provider(domain), "{domain}");
    }
}

#[test]
fn roles_are_words_of_their_own() {
    for local in [
        "info",
        "no-reply",
        "noreply",
        "info.sydney",
        "sales_team",
        "sales2",
        "customer-service",
        "hr",
        "the.team",
        "info+crm",
    ] {
        assert!(is_role_address(local), "{local}");
    }
    for local in
        ["priya", "salesh", "infosh", "carey", "theodore", "it.sharma", "marketa", "hiren", "priya+sales"]
    {
        assert!(!is_role_address(local), "{local}");
    }
}

proptest! {
    #[test]
    fn parsing_is_idempotent_and_never_panics(text in "\\PC{0,60}") {
        if let Ok(address) = EmailAddress::parse(&text) {
            prop_assert_eq!(EmailAddress::parse(address.as_str()), Ok(address.clone()));
            prop_assert!(!address.as_str().contains(|c: char| c.is_whitespace() || c.is_control()));
        }
    }

    #[test]
    fn ordinary_addresses_are_accepted(local in "[a-z][a-z0-9]{0,10}([._-][a-z0-9]{1,8}){0,2}", domain in "[a-z][a-z0-9]{0,12}\\.(com|com\\.au|org|io)") {
        let text = format!("{local}@{domain}");
        let address = EmailAddress::parse(&text);
        prop_assert_eq!(address.as_ref().map(EmailAddress::domain), Ok(domain.as_str()));
    }
}
