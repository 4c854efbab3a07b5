use std::collections::{HashMap, HashSet};

use database::contact::Contact;
use database::import::{Advance, ImportError};
use domain::ContactId;
use domain::import::DuplicateMode;

use super::known::look_up;
use super::plan::{Known, Plan};
use super::read::{Source, stream};
use super::rows::{ReadRow, new_contact, read_row};
use super::setting::Setting;
use crate::{Environment, Refused};

/// Errors kept of a check.
const ERRORS: usize = 100;
/// Rows shown as they would be stored.
const FIRST: usize = 5;

/// What an import would come to.
#[derive(Default)]
pub(super) struct Checked {
    pub counts: Advance,
    /// The first rows that can be imported, with their lines, as new contacts.
    pub first: Vec<(i64, Contact)>,
    pub errors: Vec<ImportError>,
}

/// Goes through a file as an import does, and writes nothing. `limit`: the most rows to look at.
///
/// # Errors
/// Whatever the file or the database fails with.
pub(super) async fn check(
    environment: &Environment,
    setting: &Setting,
    source: Source,
    limit: Option<i64>,
) -> Result<Checked, Refused> {
    let options = setting.options.clone();
    let mut chunks =
        stream(source, setting.options.layout.clone(), 0, move |record| read_row(&options, &record));
    let mut checked = Checked::default();
    let mut earlier = Earlier::default();
    while let Some(rows) = chunks.recv().await {
        let rows = rows?;
        checked.show_first(environment, setting, &rows);
        // Dropped uncommitted: a check leaves nothing behind.
        let mut transaction = environment.database().brand(setting.brand.id).await?;
        let mut known = look_up(&mut transaction, setting, &rows, false).await?;
        drop(transaction);
        earlier.add_to(&mut known, &rows);
        let plan = Plan::make(setting, known, rows, environment.clock());
        checked.add(&plan);
        earlier.remember(setting, plan);
        if limit.is_some_and(|limit| checked.counts.rows >= limit) {
            break;
        }
    }
    Ok(checked)
}

impl Checked {
    fn show_first(&mut self, environment: &Environment, setting: &Setting, rows: &[ReadRow]) {
        let missing = FIRST.saturating_sub(self.first.len());
        let clock = environment.clock();
        self.first.extend(rows.iter().flatten().take(missing).map(|numbered| {
            let id = ContactId(clock.new_id());
            (numbered.line, new_contact(setting, &numbered.row, id, false, clock.now()))
        }));
    }

    fn add(&mut self, plan: &Plan) {
        let (sum, more) = (&mut self.counts, &plan.counts);
        sum.rows += more.rows;
        sum.created += more.created;
        sum.updated += more.updated;
        sum.skipped += more.skipped;
        sum.suppressed += more.suppressed;
        sum.errors += more.errors;
        sum.deals += more.deals;
        let missing = ERRORS.saturating_sub(self.errors.len());
        self.errors.extend(plan.errors.iter().take(missing).cloned());
    }
}

/// What earlier chunks would have stored, so that a second row of one address is counted as an import would.
#[derive(Default)]
struct Earlier {
    contacts: HashMap<String, Contact>,
    /// In skip mode the addresses are enough, with any contact to stand for them.
    seen: HashSet<String>,
    stand_in: Option<Contact>,
    with_deal: HashSet<ContactId>,
}

impl Earlier {
    fn add_to(&self, known: &mut Known, rows: &[ReadRow]) {
        for email in rows.iter().flatten().map(|numbered| numbered.row.email.as_str()) {
            if let Some(contact) = self.contacts.get(email) {
                known.contacts.insert(email.to_owned(), contact.clone());
                if self.with_deal.contains(&contact.id) {
                    known.with_deal.insert(contact.id);
                }
            } else if let (true, Some(stand_in)) = (self.seen.contains(email), &self.stand_in) {
                known.contacts.insert(email.to_owned(), stand_in.clone());
            }
        }
    }

    fn remember(&mut self, setting: &Setting, plan: Plan) {
        match setting.options.duplicates {
            DuplicateMode::Skip => {
                if self.stand_in.is_none() {
                    self.stand_in = plan.inserts.first().cloned();
                }
                self.seen.extend(plan.inserts.into_iter().map(|contact| contact.email));
            }
            DuplicateMode::FillBlanks | DuplicateMode::Overwrite => {
                self.with_deal.extend(plan.deals.iter().map(|deal| deal.contact));
                let stored = plan.inserts.into_iter().chain(plan.updates);
                self.contacts.extend(stored.map(|contact| (contact.email.clone(), contact)));
            }
        }
    }
}
