//! The designed templates of the repository: what every one of them keeps to, and what each says.

mod cast;
mod catalogue;
mod every;
mod rules;
mod snapshot;
mod words;
