//! The router against PostgreSQL, with both brands present.

mod browser;
mod one_click;
mod inspect_mail;
mod tracking;
mod unsubscribe;
mod webhooks;
mod zeptomail;
