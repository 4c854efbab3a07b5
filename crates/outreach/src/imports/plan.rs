//! Decides what becomes of a chunk of rows; [`super::write`] carries it out, a check only counts.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use database::clock::Clock;
use database::contact::Contact;
use database::import::{Advance, ImportError, NewConsent, NewDeal, NewNote};
use domain::contact::ContactStatus;
use domain::import::{DuplicateMode, ImportRow};
use domain::{ContactId, DealId};

use super::rows::{ReadRow, absorb, new_contact};
use super::setting::Setting;

/// What the database knows of the addresses of a chunk.
#[derive(Default)]
pub(super) struct Known {
    /// The brand's contacts by address.
    pub contacts: HashMap<String, Contact>,
    pub suppressed: HashSet<String>,
    /// Contacts that have, or once had, a deal in the pipeline.
    pub with_deal: HashSet<ContactId>,
}

/// What becomes of a chunk.
#[derive(Default)]
pub(super) struct Plan {
    /// New contacts, by address, so that two imports at once can't wait for each other in a circle.
    pub inserts: Vec<Contact>,
    /// Known contacts as they will be.
    pub updates: Vec<Contact>,
    pub consents: Vec<NewConsent>,
    pub deals: Vec<NewDeal>,
    pub notes: Vec<NewNote>,
    pub errors: Vec<ImportError>,
    pub counts: Advance,
}

/// A contact while rows of the chunk are taken into it.
struct Slot {
    contact: Contact,
    is_new: bool,
    changed: bool,
    suppressed: bool,
    wants_deal: bool,
    value_cents: Option<i64>,
}

impl Plan {
    /// Goes through the rows in the file's order: a second row of one address finds the contact the first one made.
    pub fn make(setting: &Setting, known: Known, rows: Vec<ReadRow>, clock: &Clock) -> Self {
        let now = clock.now();
        let mut plan = Self::default();
        let Known { mut contacts, suppressed, with_deal } = known;
        let mut slots: HashMap<String, Slot> = HashMap::with_capacity(rows.len());
        for row in rows {
            plan.counts.rows += 1;
            let row = match row {
                Ok(numbered) => numbered.row,
                Err(errors) => {
                    plan.counts.errors += 1;
                    plan.errors.extend(errors);
                    continue;
                }
            };
            let stopped = suppressed.contains(row.email.as_str());
            let (outcome, before) = match slots.entry(row.email.as_str().to_owned()) {
                Entry::Occupied(slot) => (slot.into_mut(), true),
                Entry::Vacant(place) => match contacts.remove(row.email.as_str()) {
                    Some(contact) => (place.insert(Slot::known(contact, stopped, setting, &with_deal)), true),
                    None => {
                        let contact = new_contact(setting, &row, ContactId(clock.new_id()), stopped, now);
                        (place.insert(Slot::new(contact, stopped, &row)), false)
                    }
                },
            };
            plan.take(setting, outcome, &row, before, clock, now);
        }
        let mut slots: Vec<Slot> = slots.into_values().collect();
        slots.sort_unstable_by(|one, other| one.contact.email.cmp(&other.contact.email));
        for slot in slots {
            plan.settle(setting, slot, clock, now);
        }
        plan
    }

    /// Counts one row and takes it into its contact.
    fn take(
        &mut self,
        setting: &Setting,
        slot: &mut Slot,
        row: &ImportRow,
        before: bool,
        clock: &Clock,
        now: DateTime<Utc>,
    ) {
        let consented = (slot.contact.consent_basis, slot.contact.consent_evidence.clone());
        let changed = before && absorb(setting, row, slot.suppressed, &mut slot.contact, now);
        slot.changed |= changed;
        if slot.suppressed {
            self.counts.suppressed += 1;
        } else if !before {
            self.counts.created += 1;
        } else if changed {
            self.counts.updated += 1;
        } else {
            self.counts.skipped += 1;
        }
        let mode = setting.options.duplicates;
        if before && mode == DuplicateMode::Skip {
            return;
        }
        if slot.value_cents.is_none() || mode == DuplicateMode::Overwrite {
            slot.value_cents = row.value_cents.or(slot.value_cents);
        }
        let fresh = !before && slot.contact.consent_basis.is_some();
        if let Some(basis) = slot.contact.consent_basis
            && (fresh || consented != (Some(basis), slot.contact.consent_evidence.clone()))
        {
            self.consents.push(NewConsent {
                id: clock.new_id(),
                contact: slot.contact.id,
                basis,
                evidence: slot.contact.consent_evidence.clone(),
                captured_at: slot.contact.consent_at.unwrap_or(now),
            });
        }
        if let Some(body) = &row.notes {
            let only_first = before && mode == DuplicateMode::FillBlanks;
            self.notes.push(NewNote {
                id: clock.new_id(),
                contact: slot.contact.id,
                body: body.clone(),
                only_first,
            });
        }
    }

    /// Files a contact away when the chunk's rows have all been taken.
    fn settle(&mut self, setting: &Setting, slot: Slot, clock: &Clock, now: DateTime<Utc>) {
        if let Some(target) = setting.target.as_ref().filter(|_| slot.wants_deal) {
            self.counts.deals += 1;
            self.deals.push(NewDeal {
                id: DealId(clock.new_id()),
                event_id: clock.new_id(),
                contact: slot.contact.id,
                value_cents: slot.value_cents,
                next_action_at: setting.first_action(target, &slot.contact, now),
            });
        }
        if slot.is_new {
            self.inserts.push(slot.contact);
        } else if slot.changed {
            self.updates.push(slot.contact);
        }
    }

    /// Takes back what was planned for contacts that came to exist between reading and writing: they stay as they are.
    pub fn keep_only(&mut self, stored: &HashSet<ContactId>) {
        let lost: HashSet<ContactId> =
            self.inserts.iter().map(|contact| contact.id).filter(|id| !stored.contains(id)).collect();
        if lost.is_empty() {
            return;
        }
        for contact in self.inserts.iter().filter(|contact| lost.contains(&contact.id)) {
            if contact.status != ContactStatus::Unsubscribed {
                self.counts.created -= 1;
                self.counts.skipped += 1;
            }
        }
        self.inserts.retain(|contact| !lost.contains(&contact.id));
        self.consents.retain(|consent| !lost.contains(&consent.contact));
        self.notes.retain(|note| !lost.contains(&note.contact));
        self.deals.retain(|deal| !lost.contains(&deal.contact));
    }
}

impl Slot {
    fn new(contact: Contact, suppressed: bool, row: &ImportRow) -> Self {
        Self {
            contact,
            is_new: true,
            changed: false,
            suppressed,
            wants_deal: !suppressed,
            value_cents: row.value_cents,
        }
    }

    /// A known contact gets a deal only when rows may change it, and never a second one in a pipeline it has been
    /// through.
    fn known(contact: Contact, suppressed: bool, setting: &Setting, with_deal: &HashSet<ContactId>) -> Self {
        let refuses = match contact.status {
            ContactStatus::Unsubscribed | ContactStatus::NotInterested => true,
            ContactStatus::New
            | ContactStatus::Contacted
            | ContactStatus::Replied
            | ContactStatus::Interested => false,
        };
        let wants_deal = match setting.options.duplicates {
            DuplicateMode::Skip => false,
            DuplicateMode::FillBlanks | DuplicateMode::Overwrite => {
                !suppressed && !refuses && !with_deal.contains(&contact.id)
            }
        };
        Self { contact, is_new: false, changed: false, suppressed, wants_deal, value_cents: None }
    }
}
