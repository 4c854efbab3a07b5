use serde::{Deserialize, Serialize};

use crate::closed_set;
use crate::contact::ConsentBasis;
use crate::import::{DuplicateMode, Field, ImportStatus};
use crate::{ImportId, PipelineId};

closed_set! {
    /// What a person answers to "Why may we write to them?".
    pub enum ConsentAnswer {
        Express = "express", "Express consent";
        Relationship = "relationship", "Existing relationship";
        Published = "published", "Published address";
        /// Deals wait until a person decides.
        None = "none", "Not known: hold until a person decides";
    }
}

impl ConsentAnswer {
    /// The basis it stands for.
    pub const fn basis(self) -> Option<ConsentBasis> {
        match self {
            Self::Express => Some(ConsentBasis::Express),
            Self::Relationship => Some(ConsentBasis::Relationship),
            Self::Published => Some(ConsentBasis::Published),
            Self::None => None,
        }
    }

    /// The answer that stands for a basis.
    pub const fn of(basis: Option<ConsentBasis>) -> Self {
        match basis {
            Some(ConsentBasis::Express) => Self::Express,
            Some(ConsentBasis::Relationship) => Self::Relationship,
            Some(ConsentBasis::Published) => Self::Published,
            None => Self::None,
        }
    }
}

closed_set! {
    /// Why an upload was refused, as the address of the upload page carries it.
    pub enum UploadProblem {
        NoFile = "no-file", "Choose a file first.";
        NoBrand = "no-brand", "Choose the brand the contacts belong to.";
        TooLarge = "too-large", "The file is too large. Nothing was imported; split it and upload the parts.";
        Empty = "empty", "The file has no rows. Nothing was imported; choose another file.";
        Spreadsheet = "spreadsheet", "This is a spreadsheet file. Nothing was imported; save it as CSV and upload that.";
        NotText = "not-text", "This is not a CSV file. Nothing was imported; save the list as CSV and upload that.";
        Interrupted = "interrupted", "The upload broke off. Nothing was imported; upload the file again.";
        Unavailable = "unavailable", "The file could not be stored just now. Nothing was imported; try again in a moment.";
    }
}

/// The page with the upload form and what was imported before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ImportsView {
    /// Slug and name of the brands the person may import for.
    pub brands: Vec<(String, String)>,
    /// Newest first.
    pub imports: Vec<ImportLine>,
    /// Largest file taken, in MB.
    pub largest_mb: u32,
}

/// An earlier import.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ImportLine {
    pub id: ImportId,
    pub file_name: String,
    pub brand: String,
    pub pipeline: Option<String>,
    pub status: ImportStatus,
    pub rows: i64,
    pub created: i64,
    /// Rows with errors.
    pub errors: i64,
    pub author: Option<String>,
    /// In the viewer's zone: "22 Nov 09:58".
    pub at: String,
    /// RFC 3339, UTC.
    pub instant: String,
}

/// One import, by how far it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ImportView {
    Mapping(Box<MappingView>),
    Progress(Box<ProgressView>),
}

/// The screen on which a person says what the columns are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MappingView {
    pub id: ImportId,
    pub file_name: String,
    pub brand: String,
    /// "214 rows · 8 columns · comma, UTF-8".
    pub summary: String,
    pub rows: i64,
    pub columns: Vec<ColumnView>,
    pub pipelines: Vec<PipelineChoice>,
    /// Guesses, or what was chosen for a file with the same columns.
    pub choice: ImportChoice,
    /// The choice comes from an earlier import.
    pub remembered: bool,
}

/// A column of the file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ColumnView {
    pub header: String,
    /// From the first three rows; blank cells are "–".
    pub samples: Vec<String>,
}

/// A pipeline that deals can be made in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PipelineChoice {
    pub id: PipelineId,
    pub name: String,
    /// Name of the stage new deals start in.
    pub entry: String,
}

/// What a person chose on the mapping screen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ImportChoice {
    /// A field for every column, in the file's order.
    pub mapping: Vec<Field>,
    pub duplicates: DuplicateMode,
    /// `None`: contacts only.
    pub pipeline: Option<PipelineId>,
    /// `None`: not answered yet.
    pub consent: Option<ConsentAnswer>,
    /// Where the consent can be checked.
    pub evidence: String,
    pub source: String,
    /// Separated by commas.
    pub tags: String,
}

/// What would happen with a choice. Nothing has been written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PreviewView {
    /// Rows that were checked, from the top of the file.
    pub checked: i64,
    pub counts: ImportCounts,
    /// The first rows as they would be stored.
    pub first: Vec<PreviewRow>,
    /// The first rows with errors.
    pub errors: Vec<ErrorLine>,
}

/// A row as it would be stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PreviewRow {
    /// Line of the file.
    pub row: i64,
    pub email: String,
    pub name: String,
    pub company: String,
    pub phone: String,
    /// IANA name; blank: the brand's.
    pub time_zone: String,
}

/// What an import comes to. The first five add up to the rows dealt with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportCounts {
    pub created: i64,
    pub updated: i64,
    pub skipped: i64,
    /// Rows whose address the brand must not mail.
    pub suppressed: i64,
    /// Rows with errors.
    pub errors: i64,
    pub deals: i64,
}

/// Why a row was not imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorLine {
    /// Line of the file on which the row begins, from 1.
    pub row: i64,
    /// Name of the column; blank: the row as a whole.
    pub column: String,
    pub reason: String,
}

/// An import that has been started.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProgressView {
    pub id: ImportId,
    pub file_name: String,
    pub status: ImportStatus,
    /// "Into Business Listings, by Rohan Iyer".
    pub about: String,
    pub total: i64,
    pub done: i64,
    pub counts: ImportCounts,
    /// Why it stopped.
    pub failure: Option<String>,
    /// The first errors of the file.
    pub errors: Vec<ErrorLine>,
    /// The pipeline the deals are in, and its name.
    pub board: Option<(PipelineId, String)>,
}
