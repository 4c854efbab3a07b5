//! The places of the application, in the order of the sidebar.

use crate::components::IconName;

/// An entry of the navigation.
#[derive(Clone, Copy)]
pub(super) struct Destination {
    pub path: &'static str,
    pub label: &'static str,
    pub icon: IconName,
}

const fn to(path: &'static str, label: &'static str, icon: IconName) -> Destination {
    Destination { path, label, icon }
}

pub(super) const TODAY: Destination = to("/", "Today", IconName::Today);
pub(super) const INBOX: Destination = to("/inbox", "Inbox", IconName::Inbox);
pub(super) const BOARD: Destination = to("/board", "Board", IconName::Board);
pub(super) const DEALS: Destination = to("/deals", "Deals", IconName::Deals);
pub(super) const CONTACTS: Destination = to("/contacts", "Contacts", IconName::Contacts);
pub(super) const IMPORTS: Destination = to("/imports", "Import", IconName::Import);
pub(super) const EMAILS: Destination = to("/emails", "Emails", IconName::Emails);
pub(super) const DECISIONS: Destination = to("/decisions", "Decisions", IconName::Decisions);
/// The demo's own mail program.
pub(super) const MAILBOX: Destination = to("/mailbox", "Mailbox", IconName::MailOpen);
pub(super) const SETTINGS: Destination = to("/settings", "Settings", IconName::Settings);

/// Work, day by day.
pub(super) const WORK: &[Destination] = &[TODAY, INBOX, BOARD, DEALS, CONTACTS];

/// What goes in and out. The mailbox only exists in the demo.
pub(super) fn records(demo: bool) -> Vec<Destination> {
    let mut places = vec![IMPORTS, EMAILS, DECISIONS];
    if demo {
        places.push(MAILBOX);
    }
    places
}
