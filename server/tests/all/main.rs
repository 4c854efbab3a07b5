//! The router against PostgreSQL, with both brands present.

mod browser;
mod tracking;
mod unsubscribe;
mod webhooks;
mod zeptomail;
