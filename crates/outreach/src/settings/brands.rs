//! Brands: who writes, how mail leaves, how much and when.

mod account;
mod fields;
mod page;
mod save;
mod test;

pub use page::{brand, brands};
pub use save::save_brand;
pub use test::test_account;

use database::person::Membership;
use domain::Role;

use crate::Refused;
use crate::people::CurrentUser;

/// The brand with this slug, if it is one of theirs.
fn of_user<'a>(user: &'a CurrentUser, slug: &str) -> Result<&'a Membership, Refused> {
    user.memberships().iter().find(|brand| brand.slug == slug).ok_or(Refused::NotFound)
}

/// The same, for whoever may change it.
fn managed<'a>(user: &'a CurrentUser, slug: &str) -> Result<&'a Membership, Refused> {
    let brand = of_user(user, slug)?;
    if manages(brand.role) {
        Ok(brand)
    } else {
        Err(Refused::Invalid(
            "Only managers and admins of the brand see and change its settings. Nothing was changed."
                .to_owned(),
        ))
    }
}

fn manages(role: Role) -> bool {
    match role {
        Role::Admin | Role::Manager => true,
        Role::Member => false,
    }
}
