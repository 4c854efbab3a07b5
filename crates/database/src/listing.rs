//! Pages of tables: filtered, sorted, and continued from a record (keyset), never by counting rows off.

mod contacts;
mod deals;
mod decisions;
mod emails;
mod pattern;
mod statement;
pub mod today;

pub use contacts::{ContactFilter, ContactOrder, ListedContact, contact_tallies, contacts, count_contacts};
pub use deals::{
    DealFilter, DealOrder, DealTallies, ListedDeal, OwnerFilter, deal_tallies, deals, deals_of, owners,
};
pub use decisions::{DecisionFilter, ListedDecision, decision_tallies, decisions};
pub use emails::{EmailEvent, EmailFilter, ListedEmail, email_events, email_tallies, emails, template_keys};
pub(crate) use pattern::contains;
pub use statement::{Page, Paging, Tally};
