//! What people set: pipelines, jobs, their account.

mod account;
mod brands;
mod browser;
mod jobs;
mod pipelines;

pub use account::{account, change_password, end_other_sessions, save_account};
pub use brands::{brand, brands, save_brand, test_account};
pub use jobs::{jobs, run_now};
pub use pipelines::{pipeline, pipelines, save_pipeline};
