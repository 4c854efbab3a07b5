//! Reading mail that came in: replies, automatic answers, delivery reports and complaints.
//!
//! Whatever arrives is hostile until shown otherwise: every size and depth is bounded, and nothing panics.

mod body;
mod charset;
mod error;
mod fields;
mod flowed;
mod html;
mod inbound;
mod parse;
mod prose;
mod report;

pub use error::ReceiveError;
pub use inbound::Inbound;
pub use parse::parse;

#[cfg(test)]
mod tests;
