//! Files of contacts, from bytes to the board.

mod bulk;
mod command;
mod duplicates;
mod files;
mod job;
mod refusals;
mod support;
