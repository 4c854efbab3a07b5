//! The web server of Overture and the administrator's commands.

pub mod commands;
pub mod config;
pub mod session;
pub mod start;
pub mod tracking;
pub mod web;
pub mod webhooks;
