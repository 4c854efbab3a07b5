//! Imports: a file of contacts becomes contacts and deals.
//!
//! `read` turns bytes into rows in constant memory, `rows` and `plan` decide what becomes of them, `write` carries it out
//! chunk by chunk. A check goes the same way without writing.

mod check;
mod command;
mod error_file;
mod job;
mod known;
mod limit;
mod options;
mod page;
mod plan;
mod preview;
mod read;
mod rows;
mod run;
mod setting;
mod start;
mod upload;
mod write;

pub use command::{ImportFile, Report, import_file};
pub use error_file::error_file;
pub use job::run_import;
pub use limit::largest_mb;
pub use options::{Options, file_name};
pub use page::{import, imports};
pub use preview::preview;
pub use read::{FileEncoding, Inspection, Layout, NotRead, Source, Unreadable, inspect};
pub use start::{start, start_again};
pub use upload::receive;

use anyhow::Context;
use database::import::Import;

use crate::Refused;

/// The options stored with an import.
fn stored_options(import: &Import) -> Result<Options, Refused> {
    Ok(serde_json::from_value(import.options.clone()).context("reading an import's options")?)
}
