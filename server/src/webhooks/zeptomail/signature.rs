use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// A call is taken this long before and after the moment it was signed.
const WINDOW: TimeDelta = TimeDelta::minutes(5);

/// The header `producer-signature`: `ts=1709876190649;s=<base64>;s-algorithm=HmacSHA256`.
#[derive(Debug, PartialEq, Eq)]
pub struct Signature<'a> {
    /// As written: it is part of what is signed.
    time: &'a str,
    mac: Vec<u8>,
}

impl<'a> Signature<'a> {
    /// `None` when a part is missing, or for another algorithm.
    pub fn parse(header: &'a str) -> Option<Self> {
        let part = |name: &str| {
            let parts = header.split(';').filter_map(|part| part.trim().split_once('='));
            parts.into_iter().find(|(key, _)| key.trim() == name).map(|(_, value)| value.trim())
        };
        let algorithm = part("s-algorithm")?;
        if !algorithm.eq_ignore_ascii_case("HmacSHA256") {
            return None;
        }
        // Some agents write the base64 percent-encoded.
        let written = part("s")?.replace("%2B", "+").replace("%2F", "/").replace("%3D", "=");
        Some(Self { time: part("ts")?, mac: STANDARD.decode(written).ok()? })
    }

    /// Signed lately, so that a call that was overheard is of no use later.
    pub fn is_fresh(&self, now: DateTime<Utc>) -> bool {
        let signed = self.time.parse::<i64>().ok().and_then(|number| match number {
            0..=99_999_999_999 => DateTime::from_timestamp(number, 0),
            milliseconds => DateTime::from_timestamp_millis(milliseconds),
        });
        signed.is_some_and(|signed| (now - signed).abs() <= WINDOW)
    }

    /// Whether this key has signed the body. Takes the same time whatever is wrong.
    pub fn is_by(&self, key: &str, body: &[u8]) -> bool {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key.as_bytes()) else {
            return false;
        };
        mac.update(self.time.as_bytes());
        mac.update(body);
        mac.verify_slice(&self.mac).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // `printf '1709876190649{"event_name":["hardbounce"]}' | openssl dgst -sha256 -hmac the-webhook-key -binary | base64`
    const BODY: &[u8] = br#"{"event_name":["hardbounce"]}"#;
    const MAC: &str = "5N16jdCBBUaqxxEWw8EY/Wpg31AlZeePa8S2ru2Hnvo=";

    fn header() -> String {
        format!("ts=1709876190649;s={MAC};s-algorithm=HmacSHA256")
    }

    #[test]
    fn the_vendors_signature_is_known_and_no_other() {
        let header = header();
        let signature = Signature::parse(&header).expect("complete");
        assert!(signature.is_by("the-webhook-key", BODY));
        assert!(!signature.is_by("another-key", BODY));
        assert!(!signature.is_by("the-webhook-key", b"{}"));
        let encoded = header.replace('+', "%2B").replace('/', "%2F").replacen("=;s-", "%3D;s-", 1);
        assert!(Signature::parse(&encoded).is_some_and(|other| other == signature), "{encoded}");
        let later = header.replace("1709876190649", "1709876190650");
        assert!(!Signature::parse(&later).is_some_and(|other| other.is_by("the-webhook-key", BODY)));
    }

    #[test]
    fn a_signature_is_good_for_five_minutes() {
        let header = header();
        let signature = Signature::parse(&header).expect("complete");
        let at = DateTime::from_timestamp_millis(1_709_876_190_649).expect("in range");
        for (minutes, fresh) in [(0, true), (5, true), (-5, true), (6, false), (-6, false)] {
            assert_eq!(signature.is_fresh(at + TimeDelta::minutes(minutes)), fresh, "{minutes}");
        }
        let seconds = format!("ts=1709876190;s={MAC};s-algorithm=HmacSHA256");
        assert!(Signature::parse(&seconds).is_some_and(|signature| signature.is_fresh(at)));
    }

    #[test]
    fn incomplete_headers_are_none() {
        for header in [
            "",
            "ts=1;s=AAAA",
            "ts=1;s-algorithm=HmacSHA256",
            "s=AAAA;s-algorithm=HmacSHA256",
            "ts=1;s=AAAA;s-algorithm=none",
            "ts=1;s=***;s-algorithm=HmacSHA256",
        ] {
            assert!(Signature::parse(header).is_none(), "{header}");
        }
    }
}
