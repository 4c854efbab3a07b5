use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::{Caps, SlotReason};
use crate::ContactId;
use crate::contact::is_public_provider;

/// How long ago contacts and domains were mailed, for the last look before a mail is handed over. Slots keep these
/// distances when they are planned; delays, retries and other processes may have eaten them up since.
#[derive(Debug, Clone)]
pub struct Distances {
    contact_gap: TimeDelta,
    company: TimeDelta,
    provider: TimeDelta,
    contacts: HashMap<ContactId, DateTime<Utc>>,
    domains: HashMap<String, DateTime<Utc>>,
}

impl Distances {
    /// Nothing mailed yet.
    pub fn under(caps: &Caps) -> Self {
        Self {
            contact_gap: TimeDelta::hours(i64::from(caps.contact_gap_hours)),
            company: TimeDelta::seconds(i64::from(caps.domain_spacing_seconds)),
            provider: TimeDelta::seconds(i64::from(caps.provider_spacing_seconds)),
            contacts: HashMap::new(),
            domains: HashMap::new(),
        }
    }

    /// The longest distance between two mails to one domain.
    pub fn longest_between_domains(&self) -> TimeDelta {
        self.company.max(self.provider)
    }

    /// A mail was handed over, or may have been (UTC).
    pub fn note(&mut self, contact: ContactId, email: &str, at: DateTime<Utc>) {
        let newest = self.contacts.entry(contact).or_insert(at);
        *newest = at.max(*newest);
        self.reserve(email, at);
    }

    /// A mail waits for this moment to keep its distance from others to its domain (UTC): later ones keep theirs from it.
    pub fn reserve(&mut self, email: &str, at: DateTime<Utc>) {
        if let Some(domain) = domain_of(email) {
            let newest = self.domains.entry(domain).or_insert(at);
            *newest = at.max(*newest);
        }
    }

    /// What is too near now, and until when (UTC): the contact first, then the domain.
    pub fn too_near(
        &self,
        contact: ContactId,
        email: &str,
        now: DateTime<Utc>,
    ) -> Option<(DateTime<Utc>, SlotReason)> {
        let by_contact =
            self.contacts.get(&contact).map(|last| (*last + self.contact_gap, SlotReason::ContactGap));
        let by_domain = domain_of(email).and_then(|domain| {
            let last = self.domains.get(&domain)?;
            Some(if is_public_provider(&domain) {
                (*last + self.provider, SlotReason::ProviderSpacing)
            } else {
                (*last + self.company, SlotReason::DomainSpacing)
            })
        });
        by_contact.filter(|(free, _)| *free > now).or(by_domain.filter(|(free, _)| *free > now))
    }
}

fn domain_of(email: &str) -> Option<String> {
    email.rsplit_once('@').map(|(_, domain)| domain.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn contact(number: u128) -> ContactId {
        ContactId(uuid::Uuid::from_u128(number))
    }

    #[test]
    fn contacts_companies_and_providers_keep_their_distances() {
        let now = DateTime::from_timestamp(1_780_000_000, 0).expect("in range");
        let ago = |seconds| now - TimeDelta::seconds(seconds);
        let caps = Caps { provider_spacing_seconds: 30, ..Caps::default() };
        for (mailed, at, next, expected) in [
            (
                (1, "priya@sharma.example"),
                ago(0),
                (2, "ravi@SHARMA.example"),
                Some((600, SlotReason::DomainSpacing)),
            ),
            ((1, "priya@sharma.example"), ago(600), (2, "ravi@sharma.example"), None),
            ((1, "priya@sharma.example"), ago(0), (2, "ravi@other.example"), None),
            ((1, "priya@gmail.com"), ago(0), (2, "ravi@gmail.com"), Some((30, SlotReason::ProviderSpacing))),
            ((1, "priya@gmail.com"), ago(30), (2, "ravi@gmail.com"), None),
            // The same person, whatever the address by now.
            (
                (1, "priya@gmail.com"),
                ago(60),
                (1, "p@new.example"),
                Some((20 * 3_600 - 60, SlotReason::ContactGap)),
            ),
            ((1, "priya@gmail.com"), ago(20 * 3_600), (1, "priya@gmail.com"), None),
        ] {
            let mut distances = Distances::under(&caps);
            distances.note(contact(mailed.0), mailed.1, at);
            let found = distances.too_near(contact(next.0), next.1, now);
            let expected = expected.map(|(seconds, reason)| (now + TimeDelta::seconds(seconds), reason));
            assert_eq!(found, expected, "{mailed:?} {next:?}");
        }
    }

    proptest! {
        #[test]
        fn waiting_until_the_moment_named_is_enough(
            mails in prop::collection::vec((0..4_u128, 0..3_usize, 0..100_000_i64), 0..10), who in 0..4_u128, place in 0..3_usize,
        ) {
            const DOMAINS: [&str; 3] = ["a@gmail.com", "a@sharma.example", "a@other.example"];
            let now = DateTime::from_timestamp(1_780_000_000, 0).expect("in range");
            let mut distances = Distances::under(&Caps::default());
            for (who, place, ago) in mails {
                distances.note(contact(who), DOMAINS[place], now - TimeDelta::seconds(ago));
            }
            let mut at = now;
            // The contact's distance and then the domain's, at most.
            for _ in 0..2 {
                if let Some((free, _)) = distances.too_near(contact(who), DOMAINS[place], at) {
                    prop_assert!(free > at);
                    at = free;
                }
            }
            prop_assert_eq!(distances.too_near(contact(who), DOMAINS[place], at), None);
        }
    }
}
