//! The AI each brand may ask.
//!
//! A question is claimed and committed first ([`asking::claim`]), then put outside any transaction, and what came of it is
//! noted in a transaction of its own. Without an account, or when anything goes wrong, the rules alone decide.

mod account;
mod asking;
mod page;
mod save;
mod test;

pub(crate) use asking::{Claim, Claimed, claim, put};
pub use page::ai_account;
pub use save::save_ai_account;
pub use test::test_ai;

use database::person::Membership;
use domain::Role;

use crate::Refused;
use crate::people::CurrentUser;

/// The brand with this slug, for whoever may change its settings.
fn managed<'a>(user: &'a CurrentUser, slug: &str) -> Result<&'a Membership, Refused> {
    let brand = user.memberships().iter().find(|brand| brand.slug == slug).ok_or(Refused::NotFound)?;
    match brand.role {
        Role::Admin | Role::Manager => Ok(brand),
        Role::Member => Err(Refused::Invalid(
            "Only managers and admins of the brand see and change its AI. Nothing was changed.".to_owned(),
        )),
    }
}
