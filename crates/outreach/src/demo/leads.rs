//! Who the demo's brands write to.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use database::contact::Contact;
use domain::contact::{ConsentBasis, ContactStatus, ContactType};
use domain::{BrandId, ContactId};

use super::dice::Dice;
use super::names::{Trade, person, slug};
use super::places::Place;

/// A made-up person with a made-up business.
#[derive(Debug, Clone)]
pub(super) struct Lead {
    pub name: String,
    pub company: String,
    pub email: String,
    pub website: String,
    phone: String,
    role: &'static str,
    trade: Trade,
    pub place: &'static Place,
}

/// Hands out leads, each address and each business once.
pub(super) struct Leads {
    taken: BTreeSet<String>,
}

impl Leads {
    pub fn new() -> Self {
        Self { taken: BTreeSet::new() }
    }

    pub fn make(&mut self, dice: &mut Dice, trade: Trade) -> Lead {
        let place = Place::any(dice);
        let (first, last) = person(dice, trade);
        let mut company = trade.business(dice, last, place);
        while !self.taken.insert(slug(&company)) {
            let elsewhere = Place::any(dice);
            company = trade.business(dice, last, elsewhere);
            if self.taken.contains(&slug(&company)) {
                company = format!("{company} {}", elsewhere.suburb);
            }
        }
        let domain = format!("{}.example", slug(&company));
        let (first_slug, last_slug) = (slug(first), slug(last));
        // A few have no address of their own, a few only one for everybody.
        let (local, domain) = match dice.below(20) {
            0..=2 => (format!("{first_slug}.{last_slug}{}", dice.below(90) + 10), "mail.example".to_owned()),
            3..=5 => (dice.word(&["info", "hello", "office", "enquiries"]).to_owned(), domain),
            6..=11 => (format!("{first_slug}.{last_slug}"), domain),
            _ => (first_slug, domain),
        };
        let nameless =
            matches!(local.as_str(), "info" | "hello" | "office" | "enquiries") && dice.percent(60);
        Lead {
            name: if nameless { String::new() } else { format!("{first} {last}") },
            website: format!("https://{}.example", slug(&company)),
            email: format!("{local}@{domain}"),
            phone: if dice.percent(85) { place.phone(dice) } else { String::new() },
            role: if nameless { "" } else { trade.role(dice) },
            company,
            trade,
            place,
        }
    }
}

/// How a contact came to a brand.
#[derive(Debug, Clone)]
pub(super) struct Origin {
    pub source: String,
    pub consent: Option<ConsentBasis>,
    pub evidence: String,
    pub at: DateTime<Utc>,
}

impl Lead {
    /// The lead as a contact of a brand.
    pub fn contact(&self, id: ContactId, brand: BrandId, origin: &Origin, dice: &mut Dice) -> Contact {
        let mut tags = vec![self.place.suburb.to_owned()];
        if dice.percent(15) {
            tags.push(dice.word(&["priority", "referral", "met in person", "follow on social"]).to_owned());
        }
        Contact {
            id,
            brand_id: brand,
            email: self.email.clone(),
            name: self.name.clone(),
            company: self.company.clone(),
            website: self.website.clone(),
            phone: self.phone.clone(),
            role_title: self.role.to_owned(),
            kind: match self.trade {
                Trade::Website => ContactType::BacklinkTarget,
                Trade::Partner => ContactType::Partner,
                Trade::Community
                | Trade::RealEstate
                | Trade::Events
                | Trade::Classifieds
                | Trade::Prospect => ContactType::Lead,
            },
            source: origin.source.clone(),
            tags,
            domain_authority: (self.trade == Trade::Website)
                .then(|| i16::try_from(dice.between(18, 74)).unwrap_or(18)),
            score: None,
            time_zone: Some(self.place.zone.to_owned()),
            region: Some(self.place.state.to_owned()),
            status: ContactStatus::New,
            consent_basis: origin.consent,
            consent_evidence: origin.evidence.clone(),
            consent_at: origin.consent.map(|_| origin.at),
            soft_bounces: 0,
            last_mailed_at: None,
            created_at: origin.at,
            updated_at: origin.at,
        }
    }
}
