use database::contact::Contact;
use database::deal::Deal;
use database::demo::{Consent, NewReceipt, Note, StageEvent, Suppression};
use database::event::NewEvent;
use database::import::{Import, ImportError};
use database::inbound::Inbound;
use database::message::{Content, Message};
use domain::ImportId;

/// Everything that happened, as rows. Append-only while a brand's history is made.
#[derive(Default)]
pub(super) struct History {
    pub contacts: Vec<Contact>,
    pub consents: Vec<Consent>,
    pub suppressions: Vec<Suppression>,
    pub deals: Vec<Deal>,
    pub stage_events: Vec<StageEvent>,
    pub notes: Vec<Note>,
    pub messages: Vec<Message>,
    pub contents: Vec<Content>,
    pub events: Vec<NewEvent>,
    pub inbound: Vec<Inbound>,
    pub receipts: Vec<NewReceipt>,
    pub imports: Vec<Import>,
    pub import_errors: Vec<(ImportId, Vec<ImportError>)>,
}
