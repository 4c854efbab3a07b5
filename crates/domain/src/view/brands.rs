//! The settings of brands.

use serde::{Deserialize, Serialize};

use super::board::When;
use crate::mailing::{DataCentre, Encryption, Provider, SecretName, TestOutcome};

/// Whether a brand's mail goes out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sending {
    Works,
    /// It goes out, but somebody should know this.
    Doubtful(String),
    /// Nothing goes out until somebody does what the sentence says; mails wait in the outbox.
    Stopped(String),
}

/// A brand in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BrandLine {
    pub slug: String,
    pub name: String,
    /// `None`: no mail account.
    pub provider: Option<Provider>,
    pub sender: String,
    pub sending: Sending,
    pub today: Today,
    /// The person may open its settings: managers and admins.
    pub may_edit: bool,
}

/// What a brand sends today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Today {
    pub sent: i64,
    /// Today's cap: the daily cap, or less while the brand warms up.
    pub cap: i64,
    /// 1 on the first sending day; `None`: no warm-up.
    pub warm_up_day: Option<u32>,
    /// Mails that are due and have not gone.
    pub waiting: i64,
}

/// Everything about a brand that can be set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BrandSettings {
    pub slug: String,
    pub name: String,
    pub sending: Sending,
    pub today: Today,
    pub identity: IdentityEdit,
    pub account: AccountSettings,
    pub limits: LimitsEdit,
    pub hours: HoursEdit,
    pub tracking: TrackingEdit,
    /// IANA name and words.
    pub zones: Vec<(String, String)>,
    /// State and words.
    pub regions: Vec<(String, String)>,
}

/// The mail account as the page shows it: never a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountSettings {
    /// With empty secrets.
    pub edit: AccountEdit,
    /// `false`: the brand has no account yet, and `edit` is a suggestion.
    pub exists: bool,
    pub stored: Vec<StoredSecret>,
    /// The variable of the environment that counts for more than the stored password, where it is set.
    pub overridden_by: Option<String>,
    pub test: Option<TestLine>,
    /// The local mailbox can be chosen: in the demo.
    pub is_demo: bool,
    /// Where ZeptoMail calls about bounces.
    pub webhook_url: String,
}

/// A secret that is stored. What it says nobody sees again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredSecret {
    pub name: SecretName,
    pub at: When,
}

/// What the last connection test found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestLine {
    pub outcome: TestOutcome,
    pub words: String,
    pub at: When,
}

/// What a person changed about one part of a brand's settings; everything as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum BrandEdit {
    Identity(IdentityEdit),
    Account(AccountEdit),
    Limits(LimitsEdit),
    Hours(HoursEdit),
    Tracking(TrackingEdit),
}

/// Who writes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityEdit {
    pub name: String,
    pub legal_name: String,
    pub postal_address: String,
    pub from_name: String,
    pub from_email: String,
    pub reply_to: String,
    pub contact_email: String,
    pub phone: String,
    pub website: String,
    pub logo_url: String,
}

/// How mail leaves. An empty secret keeps the stored one.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountEdit {
    pub provider: Provider,
    pub host: String,
    pub port: String,
    pub encryption: Encryption,
    pub username: String,
    pub data_centre: DataCentre,
    pub account_id: String,
    pub client_id: String,
    /// Typed secrets.
    pub secrets: Vec<(SecretName, String)>,
}

/// How much.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitsEdit {
    pub hourly_cap: String,
    pub daily_cap: String,
    pub contact_gap_hours: String,
    /// `2026-11-23`; empty: no warm-up.
    pub warm_up_from: String,
}

/// When.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoursEdit {
    pub time_zone: String,
    pub region: String,
    /// ISO weekdays, 1 = Monday.
    pub days: Vec<i16>,
    /// `09:00`.
    pub from: String,
    pub to: String,
}

/// What is recorded of readers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrackingEdit {
    pub opens: bool,
    pub clicks: bool,
}

/// What became of an edit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Saved {
    Done {
        /// "10:42".
        at: String,
        /// Whether the brand's mail goes out now.
        sending: Sending,
    },
    /// Nothing was stored: each control (its id) and what to change.
    Errors(Vec<(String, String)>),
}

impl std::fmt::Debug for AccountEdit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let typed: Vec<SecretName> = self.secrets.iter().map(|(name, _)| *name).collect();
        f.debug_struct("AccountEdit")
            .field("provider", &self.provider)
            .field("typed", &typed)
            .finish_non_exhaustive()
    }
}
