//! From a record of the file to a contact.

use chrono::{DateTime, NaiveTime, Utc};
use database::contact::Contact;
use database::import::ImportError;
use domain::ContactId;
use domain::contact::{ConsentBasis, ContactStatus, Whereabouts, guess_name, is_public_provider};
use domain::import::{DuplicateMode, ImportRow, parse_row};

use super::Options;
use super::read::Record;
use super::setting::Setting;

/// A row that can be imported.
#[derive(Debug, Clone)]
pub(super) struct NumberedRow {
    /// Line of the file, from 1.
    pub line: i64,
    pub row: ImportRow,
}

/// A row, or all of its errors.
pub(super) type ReadRow = Result<Box<NumberedRow>, Vec<ImportError>>;

/// Reads a record by the mapping.
pub(super) fn read_row(options: &Options, record: &Record) -> ReadRow {
    let whole =
        |reason: String| vec![ImportError { row_number: record.line, column_name: String::new(), reason }];
    if let Some(damage) = record.damage {
        return Err(whole(damage.to_string()));
    }
    let cells = record.cells();
    // A comma that isn't quoted shifts all cells behind it: better no contact than a wrong one.
    if cells.iter().skip(options.columns.len()).any(|cell| !cell.trim().is_empty()) {
        return Err(whole(format!(
            "The row has {} cells for {} columns; a cell with a separator in it needs quotation marks",
            cells.len(),
            options.columns.len()
        )));
    }
    parse_row(&options.mapping, &cells).map(|row| Box::new(NumberedRow { line: record.line, row })).map_err(
        |errors| {
            errors
                .into_iter()
                .map(|error| ImportError {
                    row_number: record.line,
                    column_name: error
                        .column
                        .and_then(|column| options.columns.get(column).cloned())
                        .unwrap_or_else(|| error.field.label().to_owned()),
                    reason: error.reason,
                })
                .collect()
        },
    )
}

/// The contact a row makes when the brand doesn't know the address yet.
pub(super) fn new_contact(
    setting: &Setting,
    row: &ImportRow,
    id: ContactId,
    suppressed: bool,
    now: DateTime<Utc>,
) -> Contact {
    let options = &setting.options;
    let name = row
        .name
        .clone()
        .or_else(|| guess_name(row.email.local_part(), row.email.domain()).map(|guess| guess.full()));
    let (time_zone, region) = place(row);
    let mut contact = Contact {
        id,
        brand_id: setting.brand.id,
        email: row.email.as_str().to_owned(),
        name: name.unwrap_or_default(),
        company: row.company.clone().unwrap_or_default(),
        website: row.website.clone().unwrap_or_default(),
        phone: row.phone.clone().unwrap_or_default(),
        role_title: row.role.clone().unwrap_or_default(),
        kind: setting.kind(),
        source: row.source.clone().unwrap_or_else(|| options.source.clone()),
        tags: row.tags.clone(),
        domain_authority: row.domain_authority,
        score: None,
        time_zone,
        region,
        // An opt-out outlives the contact it was made by.
        status: if suppressed { ContactStatus::Unsubscribed } else { ContactStatus::New },
        consent_basis: None,
        consent_evidence: String::new(),
        consent_at: None,
        soft_bounces: 0,
        last_mailed_at: None,
        created_at: now,
        updated_at: now,
    };
    add_tags(&mut contact.tags, &options.tags);
    if !suppressed {
        consent(setting, row, true, &mut contact, now);
    }
    contact
}

/// Takes a row into a contact that is known already. Returns whether anything changed.
pub(super) fn absorb(
    setting: &Setting,
    row: &ImportRow,
    suppressed: bool,
    contact: &mut Contact,
    now: DateTime<Utc>,
) -> bool {
    let overwrite = match setting.options.duplicates {
        DuplicateMode::Skip => return false,
        DuplicateMode::FillBlanks => false,
        DuplicateMode::Overwrite => true,
    };
    let before = contact.clone();
    let options = &setting.options;
    let text = |held: &mut String, given: Option<&String>| {
        if let Some(given) = given.filter(|_| overwrite || held.is_empty()) {
            held.clone_from(given);
        }
    };
    text(&mut contact.name, row.name.as_ref());
    text(&mut contact.company, row.company.as_ref());
    text(&mut contact.website, row.website.as_ref());
    text(&mut contact.phone, row.phone.as_ref());
    text(&mut contact.role_title, row.role.as_ref());
    text(&mut contact.source, row.source.as_ref());
    if contact.source.is_empty() {
        contact.source.clone_from(&options.source);
    }
    // Tags are added, never taken away: the file doesn't know what people have sorted by.
    if overwrite || contact.tags.is_empty() {
        add_tags(&mut contact.tags, &row.tags);
        add_tags(&mut contact.tags, &options.tags);
    }
    contact.domain_authority = match contact.domain_authority {
        Some(held) if !overwrite => Some(held),
        held => row.domain_authority.or(held),
    };
    if says_where(row) && (overwrite || contact.time_zone.is_none()) {
        let (time_zone, region) = place(row);
        contact.time_zone = time_zone.or(contact.time_zone.take());
        contact.region = region.or(contact.region.take());
    }
    if !suppressed && contact.status != ContactStatus::Unsubscribed {
        consent(setting, row, overwrite, contact, now);
    }
    *contact != before
}

/// What a row says of consent goes before the import's own answer, which only fills a blank.
fn consent(setting: &Setting, row: &ImportRow, overwrite: bool, contact: &mut Contact, now: DateTime<Utc>) {
    let basis: Option<ConsentBasis> = match contact.consent_basis {
        None => row.consent_basis.or(setting.options.consent),
        Some(_) if overwrite => row.consent_basis,
        Some(_) => None,
    };
    let Some(basis) = basis else { return };
    let evidence = row.evidence_url.clone().unwrap_or_else(|| setting.options.evidence.clone());
    if contact.consent_basis == Some(basis) && contact.consent_evidence == evidence {
        return;
    }
    contact.consent_basis = Some(basis);
    contact.consent_evidence = evidence;
    contact.consent_at =
        Some(row.evidence_date.map_or(now, |day| day.and_time(NaiveTime::MIN).and_utc().min(now)));
}

fn add_tags(held: &mut Vec<String>, more: &[String]) {
    for tag in more {
        if !held.iter().any(|known| known.eq_ignore_ascii_case(tag)) {
            held.push(tag.clone());
        }
    }
}

fn says_where(row: &ImportRow) -> bool {
    [&row.state, &row.postcode, &row.city, &row.address, &row.country].into_iter().any(Option::is_some)
}

/// Time zone and Australian state, as far as the row tells.
fn place(row: &ImportRow) -> (Option<String>, Option<String>) {
    let text = |cell: &'_ Option<String>| cell.clone().unwrap_or_default();
    let address = [&row.address, &row.city].into_iter().flatten().cloned().collect::<Vec<_>>().join(", ");
    let (phone, state, postcode, country) =
        (text(&row.phone), text(&row.state), text(&row.postcode), text(&row.country));
    let own_domain = Some(row.email.domain()).filter(|domain| !is_public_provider(domain));
    let website = row.website.as_deref().and_then(|url| url.split('/').nth(2));
    let whereabouts = Whereabouts {
        phone: &phone,
        address: &address,
        state: &state,
        postcode: &postcode,
        country: &country,
        domain: website.or(own_domain).unwrap_or_default(),
    };
    (whereabouts.time_zone().map(str::to_owned), whereabouts.australian_state().map(str::to_owned))
}
