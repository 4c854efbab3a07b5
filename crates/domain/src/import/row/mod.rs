//! One row of a file.

mod value;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use self::value::{authority, consent, web_address};
use super::{Field, parse_cents, parse_date};
use crate::contact::{ConsentBasis, EmailAddress};

/// Longest text of one line, in characters.
const LONGEST_TEXT: usize = 200;
const LONGEST_NOTES: usize = 20_000;
const LONGEST_TAG: usize = 50;

/// A contact as a row gives it. Blank cells are `None`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportRow {
    pub email: EmailAddress,
    /// First and last name, else the full-name column.
    pub name: Option<String>,
    pub company: Option<String>,
    /// Always with `https://` or `http://`.
    pub website: Option<String>,
    pub phone: Option<String>,
    pub role: Option<String>,
    /// 0–100.
    pub domain_authority: Option<i16>,
    /// Each once, in the file's order.
    pub tags: Vec<String>,
    /// Several columns are joined with a line end.
    pub notes: Option<String>,
    pub source: Option<String>,
    /// Deal value in cents.
    pub value_cents: Option<i64>,
    pub address: Option<String>,
    pub city: Option<String>,
    pub state: Option<String>,
    pub postcode: Option<String>,
    pub country: Option<String>,
    pub consent_basis: Option<ConsentBasis>,
    pub evidence_url: Option<String>,
    pub evidence_date: Option<NaiveDate>,
}

/// Why a row can't be imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowError {
    /// Index of the column, from 0; `None` when the file has no such column.
    pub column: Option<usize>,
    pub field: Field,
    /// What people read. Does not repeat the cell.
    pub reason: String,
}

/// Reads a row. Cells beyond the mapping are ignored; missing cells are blank. All errors of the row are returned.
pub fn parse_row<S: AsRef<str>>(mapping: &[Field], cells: &[S]) -> Result<ImportRow, Vec<RowError>> {
    let mut reader = Reader {
        cells: mapping
            .iter()
            .copied()
            .enumerate()
            .map(|(column, field)| (column, field, clean(cells, column, field)))
            .collect(),
        errors: Vec::new(),
    };
    let email = reader.email();
    let first = reader.text(Field::FirstName, LONGEST_TEXT);
    let last = reader.text(Field::LastName, LONGEST_TEXT);
    let full = reader.text(Field::FullName, LONGEST_TEXT);
    let name = match (first, last) {
        (Some(first), Some(last)) => Some(format!("{first} {last}")),
        // A first name alone says less than a full name.
        (Some(part), None) | (None, Some(part)) => {
            Some(full.filter(|full| full.len() > part.len()).unwrap_or(part))
        }
        (None, None) => full,
    };
    let company = reader.text(Field::Company, LONGEST_TEXT);
    let website = reader.url(Field::Website);
    let phone = reader.text(Field::Phone, 50);
    let role = reader.text(Field::Role, LONGEST_TEXT);
    let domain_authority = reader.parsed(Field::DomainAuthority, "is not a number from 0 to 100", authority);
    let value_cents = reader.parsed(Field::Value, "is not an amount such as 1200.50", parse_cents);
    let consent_basis =
        reader.parsed(Field::ConsentBasis, "is not express, relationship or published", consent);
    let evidence_date =
        reader.parsed(Field::EvidenceDate, "is not a date such as 2026-03-31 or 31/03/2026", parse_date);
    let evidence_url = reader.url(Field::EvidenceUrl);
    let tags = reader.tags();
    let notes = reader.notes();
    let source = reader.text(Field::Source, LONGEST_TEXT);
    let address = reader.text(Field::Address, 500);
    let city = reader.text(Field::City, LONGEST_TEXT);
    let state = reader.text(Field::State, LONGEST_TEXT);
    let postcode = reader.text(Field::Postcode, 20);
    let country = reader.text(Field::Country, LONGEST_TEXT);
    match email {
        Some(email) if reader.errors.is_empty() => Ok(ImportRow {
            email,
            name,
            company,
            website,
            phone,
            role,
            domain_authority,
            tags,
            notes,
            source,
            value_cents,
            address,
            city,
            state,
            postcode,
            country,
            consent_basis,
            evidence_url,
            evidence_date,
        }),
        _ => {
            reader.errors.sort_by_key(|error| error.column);
            Err(reader.errors)
        }
    }
}

/// Trims, drops control characters, and takes "n/a" and its like for blank.
fn clean<S: AsRef<str>>(cells: &[S], column: usize, field: Field) -> String {
    let cell = cells.get(column).map_or("", AsRef::as_ref);
    let keep_lines = field == Field::Notes;
    let text: String = cell
        .chars()
        .filter_map(|c| match c {
            '\n' if keep_lines => Some('\n'),
            '\n' | '\t' => Some(' '),
            '\u{a0}' => Some(' '),
            _ if c.is_control() || matches!(c, '\u{feff}' | '\u{200b}') => None,
            _ => Some(c),
        })
        .collect();
    let text = text.trim();
    let nothing = matches!(
        text.to_ascii_lowercase().as_str(),
        "n/a" | "na" | "#n/a" | "null" | "none" | "nil" | "-" | "--" | "undefined" | "nan"
    );
    // "Na" is a name and "None" a tag: only columns that are read as something else are blanked.
    let literal =
        matches!(field, Field::FirstName | Field::LastName | Field::FullName | Field::Notes | Field::Tags);
    if nothing && !literal { String::new() } else { text.to_owned() }
}

struct Reader {
    cells: Vec<(usize, Field, String)>,
    errors: Vec<RowError>,
}

impl Reader {
    fn first(&self, field: Field) -> Option<(usize, String)> {
        let cell = self.cells.iter().find(|(_, mapped, cell)| *mapped == field && !cell.is_empty())?;
        Some((cell.0, cell.2.clone()))
    }

    fn fail(&mut self, column: Option<usize>, field: Field, reason: impl Into<String>) {
        self.errors.push(RowError { column, field, reason: reason.into() });
    }

    fn email(&mut self) -> Option<EmailAddress> {
        let Some((column, cell)) = self.first(Field::Email) else {
            let column =
                self.cells.iter().find(|(_, field, _)| *field == Field::Email).map(|(column, ..)| *column);
            self.fail(column, Field::Email, "There is no email address");
            return None;
        };
        match EmailAddress::parse(&cell) {
            Ok(email) => Some(email),
            Err(error) => {
                self.fail(Some(column), Field::Email, error.to_string());
                None
            }
        }
    }

    fn text(&mut self, field: Field, longest: usize) -> Option<String> {
        let (column, cell) = self.first(field)?;
        if cell.chars().count() > longest {
            self.fail(Some(column), field, format!("{} is longer than {longest} characters", field.label()));
            return None;
        }
        Some(cell)
    }

    fn parsed<T>(&mut self, field: Field, complaint: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let (column, cell) = self.first(field)?;
        let value = parse(&cell);
        if value.is_none() {
            self.fail(Some(column), field, format!("{} {complaint}", field.label()));
        }
        value
    }

    fn url(&mut self, field: Field) -> Option<String> {
        let (column, cell) = self.first(field)?;
        let url = web_address(&cell);
        if url.is_none() {
            self.fail(Some(column), field, format!("{} is not a web address", field.label()));
        }
        url
    }

    fn tags(&mut self) -> Vec<String> {
        let mut tags: Vec<String> = Vec::new();
        let mut too_long = None;
        for (column, _, cell) in self.cells.iter().filter(|(_, field, _)| *field == Field::Tags) {
            // Google joins groups with " ::: " and marks its own with an asterisk.
            for tag in cell.split([',', ';']).flat_map(|part| part.split(":::")).map(str::trim) {
                let tag = tag.trim_start_matches("* ");
                if tag.chars().count() > LONGEST_TAG {
                    too_long.get_or_insert(*column);
                } else if !tag.is_empty() && !tags.iter().any(|known| known.eq_ignore_ascii_case(tag)) {
                    tags.push(tag.to_owned());
                }
            }
        }
        if too_long.is_some() {
            self.fail(too_long, Field::Tags, format!("A tag is longer than {LONGEST_TAG} characters"));
        }
        tags
    }

    fn notes(&mut self) -> Option<String> {
        let cells: Vec<(usize, String)> = self
            .cells
            .iter()
            .filter(|(_, field, cell)| *field == Field::Notes && !cell.is_empty())
            .map(|(column, _, cell)| (*column, cell.clone()))
            .collect();
        let column = cells.first()?.0;
        let notes = cells.into_iter().map(|(_, cell)| cell).collect::<Vec<_>>().join("\n");
        if notes.chars().count() > LONGEST_NOTES {
            self.fail(
                Some(column),
                Field::Notes,
                format!("Notes are longer than {LONGEST_NOTES} characters"),
            );
            return None;
        }
        Some(notes)
    }
}

#[cfg(test)]
mod tests;
