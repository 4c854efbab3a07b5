//! Contacts: addresses, names, greetings, places, consent.

pub mod address;
mod kind;
pub mod name;
pub mod salutation;
pub mod time_zone;

pub use address::{AddressError, EmailAddress, is_public_provider, is_role_address};
pub use kind::{ConsentBasis, ContactStatus, ContactType};
pub use name::{PersonName, guess_name, humanise_domain, split_full_name};
pub use salutation::salutation;
pub use time_zone::Whereabouts;
