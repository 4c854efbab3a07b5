//! Reading the mailbox each brand's replies arrive in.
//!
//! A mailbox has one reader at a time, over all processes: whoever holds the lease in its row. Each mail is acted on in a
//! transaction of its own ([`crate::replies`], which acts once on one mail), and only then the position moves on. A
//! reader that dies in between leaves a mail that the next one reads again, without effect.

mod account;
mod check;
mod job;
mod page;
mod pass_over;
mod reading;
mod save;
mod test;

pub use check::{Checked, check};
pub use job::{JOB, check_all, check_now};
pub use page::{deal_with_failure, failure, mailbox};
pub use save::save_mailbox;
pub use test::test_mailbox;

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
            "Only managers and admins of the brand see and change its mailbox. Nothing was changed."
                .to_owned(),
        )),
    }
}
