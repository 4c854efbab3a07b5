//! What people made of the mail templates: versions, and which one is in force.

mod read;
mod test_mail;
mod write;

pub use read::{
    Addressee, InForce, Rating, Text, Use, Version, addressees, edited, in_force, ratings, text, uses,
    versions,
};
pub use test_mail::{Fate, fate_of, knows_address, tests_since};
pub use write::{Change, Place, add, change, lock};
