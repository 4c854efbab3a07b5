//! The router against PostgreSQL, with both brands present.

mod browser;
mod inspect_mail;
mod one_click;
mod tracking;
mod unsubscribe;
mod webhooks;
mod zeptomail;
