//! What an inbound mail is, what it asks for and what follows from it.

pub mod bounce;
mod classify;
mod consequence;
mod effect;
mod facts;
mod failed;
mod intent;
mod lexicon;
mod opinion;
mod prose;
mod return_date;
mod visible;

pub use classify::{Classification, REVIEW_BELOW, classify};
pub use consequence::{Names, consequence};
pub use effect::{EffectFacts, ReplyEffect, SOFT_BOUNCE_LIMIT, TargetKind, effect};
pub use facts::{DeliveryStatus, InboundFacts, ReportType};
pub use failed::{FailedRecipient, failed_recipients};
pub use intent::{InboundKind, Intent};
pub use opinion::{BELIEVED_ALONE_FROM, BELIEVED_FROM, Opinion, READINGS, may_ask, with_opinion};
pub use prose::{Prose, prose_report};
pub use return_date::return_date;
pub use visible::visible_text;
