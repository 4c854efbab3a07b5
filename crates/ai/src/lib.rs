//! Questions to AIs over OpenAI's chat completions interface, which hosted and local servers speak alike.
//!
//! A question carries no more than one brand's name and one mail's subject and text, without addresses. The mail is data
//! from outside: it stands between markers nobody can guess, there are no tools, and only a closed set of answers counts.
//! What an answer is worth `domain::reply::with_opinion` decides.

mod base_url;
mod client;
mod endpoint;
mod error;
mod exchange;
mod prompt;
mod reading;

pub use base_url::{BaseUrl, BaseUrlError};
pub use client::{Client, PATIENCE};
pub use endpoint::Endpoint;
pub use error::{AiError, Unusable};
pub use prompt::{LONGEST_TEXT, Marker};
pub use reading::{Call, Letter, classify_reply};
