use database::brand::Brand;
use domain::contact::ConsentBasis;
use domain::import::{DuplicateMode, Field, mapping};
use domain::view::import::{ConsentAnswer, ImportChoice};
use serde::{Deserialize, Serialize};

use super::read::{Inspection, Layout};
use crate::Refused;

/// Longest evidence and source, in characters.
const LONGEST_TEXT: usize = 500;
/// Longest tag, in characters; as in a file's cell.
const LONGEST_TAG: usize = 50;

/// How a file is read and what is made of its rows; stored with the import.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Options {
    pub layout: Layout,
    /// Names of the file's columns.
    pub columns: Vec<String>,
    /// A field for every column.
    pub mapping: Vec<Field>,
    pub duplicates: DuplicateMode,
    /// For rows that don't say it themselves; `None`: their contacts are held until a person decides.
    pub consent: Option<ConsentBasis>,
    /// Where the consent can be checked.
    pub evidence: String,
    /// For rows that don't say it themselves.
    pub source: String,
    /// For every row.
    pub tags: Vec<String>,
    /// The mapping is that of an earlier file with the same columns, not a guess.
    #[serde(default)]
    pub remembered: bool,
}

impl Options {
    /// Guesses for a file just inspected.
    pub fn guessed(inspection: &Inspection) -> Self {
        let mut mapping = domain::import::guess(&inspection.columns);
        if !mapping.contains(&Field::Email) {
            // Nothing is called "Email", but a column of addresses is one.
            let of_addresses = (0..mapping.len()).find(|&column| {
                let mut cells = inspection
                    .head
                    .iter()
                    .filter_map(|row| row.cells().get(column).map(|cell| cell.trim().to_owned()));
                cells.any(|cell| domain::contact::EmailAddress::parse(&cell).is_ok())
            });
            if let Some(column) = of_addresses {
                mapping[column] = Field::Email;
            }
        }
        Self {
            layout: inspection.layout.clone(),
            columns: inspection.columns.clone(),
            mapping,
            duplicates: DuplicateMode::Skip,
            consent: None,
            evidence: String::new(),
            source: "CSV import".to_owned(),
            tags: Vec::new(),
            remembered: false,
        }
    }

    /// The same with a person's choice.
    ///
    /// # Errors
    /// [`Refused::Invalid`]: what to change on the mapping screen.
    pub fn chosen(mut self, choice: &ImportChoice) -> Result<Self, Refused> {
        if choice.mapping.len() != self.columns.len() {
            return Err(Refused::Invalid(
                "The file has other columns than this page. Reload the page.".to_owned(),
            ));
        }
        self.mapping.clone_from(&choice.mapping);
        self.duplicates = choice.duplicates;
        self.consent = choice.consent.and_then(ConsentAnswer::basis);
        self.evidence = short(&choice.evidence, "The evidence")?;
        self.source = short(&choice.source, "The source")?;
        self.tags = tags(&choice.tags)?;
        self.check()?;
        Ok(self)
    }

    /// Whether rows can be imported with this mapping.
    ///
    /// # Errors
    /// [`Refused::Invalid`]: which column is missing or chosen twice.
    pub fn check(&self) -> Result<(), Refused> {
        if !self.mapping.contains(&Field::Email) {
            return Err(Refused::Invalid(
                "No column becomes Email. Choose the column with the addresses.".to_owned(),
            ));
        }
        match mapping::repeated(&self.mapping).first() {
            Some(field) => Err(Refused::Invalid(format!(
                "Two columns become {}. Choose one of them and “Don’t import” for the other.",
                field.label()
            ))),
            None => Ok(()),
        }
    }

    /// As the mapping screen shows it. Consent is asked for anew each time.
    pub fn choice(&self, pipeline: Option<domain::PipelineId>) -> ImportChoice {
        ImportChoice {
            mapping: self.mapping.clone(),
            duplicates: self.duplicates,
            pipeline,
            consent: None,
            evidence: self.evidence.clone(),
            source: self.source.clone(),
            tags: self.tags.join(", "),
        }
    }

    /// Takes over what was chosen for an earlier file with the same columns.
    pub fn remember(&mut self, earlier: Self) {
        if earlier.mapping.len() == self.mapping.len() {
            self.mapping = earlier.mapping;
            self.duplicates = earlier.duplicates;
            self.source = earlier.source;
            self.remembered = true;
        }
    }
}

fn short(text: &str, what: &str) -> Result<String, Refused> {
    let text: String = text.trim().chars().filter(|c| !c.is_control()).collect();
    if text.chars().count() > LONGEST_TEXT {
        return Err(Refused::Invalid(format!("{what} is longer than {LONGEST_TEXT} characters.")));
    }
    Ok(text)
}

/// Splits tags at commas; each once.
fn tags(text: &str) -> Result<Vec<String>, Refused> {
    let mut tags: Vec<String> = Vec::new();
    for tag in text.split([',', ';']).map(|tag| tag.chars().filter(|c| !c.is_control()).collect::<String>()) {
        let tag = tag.trim();
        if tag.chars().count() > LONGEST_TAG {
            return Err(Refused::Invalid(format!("A tag is longer than {LONGEST_TAG} characters.")));
        }
        if !tag.is_empty() && !tags.iter().any(|known| known.eq_ignore_ascii_case(tag)) {
            tags.push(tag.to_owned());
        }
    }
    Ok(tags)
}

/// The name an upload is listed under: the last part of a path, printable, not too long.
pub fn file_name(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|c| !c.is_control()).take(200).collect();
    if clean.trim().is_empty() { "contacts.csv".to_owned() } else { clean.trim().to_owned() }
}

/// The brand with this slug.
///
/// # Errors
/// [`Refused::NotFound`].
pub(super) async fn brand_named(environment: &crate::Environment, slug: &str) -> Result<Brand, Refused> {
    let mut connection = environment.database().unscoped().await.map_err(diesel::result::Error::from)?;
    database::brand::by_slug(&mut connection, slug).await?.ok_or(Refused::NotFound)
}
