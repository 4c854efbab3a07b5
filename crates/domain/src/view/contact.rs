//! The page of one contact.

use serde::{Deserialize, Serialize};

use super::board::NextView;
use super::deal::{ContactFacts, TimelineDay};
use crate::contact::{ConsentBasis, ContactStatus};
use crate::engagement::Tier;
use crate::pipeline::DealStatus;
use crate::{BrandId, ContactId, DealId};

/// Everything about a contact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ContactView {
    pub brand: BrandId,
    pub brand_slug: String,
    pub brand_name: String,
    pub status: ContactStatus,
    pub facts: ContactFacts,
    /// "21 Nov".
    pub added: String,
    pub deals: Vec<ContactDeal>,
    pub timeline: Vec<TimelineDay>,
    /// Whether older entries were left out.
    pub timeline_cut: bool,
}

/// One of the contact's deals.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ContactDeal {
    pub id: DealId,
    pub pipeline: String,
    pub stage: String,
    pub status: DealStatus,
    pub tier: Tier,
    pub unverified: bool,
    pub next: NextView,
}

/// Why a brand may write to a contact, as a person states it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentEntry {
    pub contact: ContactId,
    pub basis: ConsentBasis,
    /// URL or note that proves it; must not be empty.
    pub evidence: String,
}
