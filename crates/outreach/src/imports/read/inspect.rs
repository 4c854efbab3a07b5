use domain::contact::EmailAddress;

use super::encoding::Detective;
use super::text::Text;
use super::{Layout, Record, Records, Source};
use crate::Refused;

/// Characters the delimiter is guessed from.
const SAMPLE: usize = 64 << 10;
/// Longest name of a column that is kept, in characters.
const LONGEST_NAME: usize = 100;
/// Rows kept for the mapping screen.
const HEAD_ROWS: usize = 5;

/// What a file turned out to be.
#[derive(Debug, Clone)]
pub struct Inspection {
    pub layout: Layout,
    /// Names of the columns, none blank, none twice.
    pub columns: Vec<String>,
    /// Rows of data, blank ones left out.
    pub rows: i64,
    /// The first rows.
    pub head: Vec<Record>,
}

/// Why a file can't be imported at all. Its `Display` is what people read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    #[error("The file is empty. Nothing was imported; choose another file.")]
    Empty,
    #[error("The file has column names but no rows. Nothing was imported; choose another file.")]
    NoRows,
    #[error("This is a spreadsheet file, not a CSV. Nothing was imported; save it as CSV and upload that.")]
    Spreadsheet,
    #[error("This is not a text file. Nothing was imported; export the contacts as CSV and upload that.")]
    Binary,
    #[error("The first row can't be read: {0}. Nothing was imported; mend the file and upload it again.")]
    Header(super::Damage),
}

/// Why a file was not read.
#[derive(Debug, thiserror::Error)]
pub enum NotRead {
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    #[error(transparent)]
    Refused(#[from] Refused),
}

impl From<NotRead> for Refused {
    fn from(why: NotRead) -> Self {
        match why {
            NotRead::Unreadable(why) => Self::Invalid(why.to_string()),
            NotRead::Refused(refused) => refused,
        }
    }
}

/// Reads a whole file once to learn how it is written, and once more to count its rows.
///
/// # Errors
/// [`NotRead::Unreadable`] when it is no list of contacts, else when the disk or the database fails.
pub async fn inspect(source: &Source) -> Result<Inspection, NotRead> {
    let mut detective = Detective::new();
    let mut pieces = source.open().await?;
    let mut first = None;
    while let Some(piece) = pieces.next().await? {
        detective.see(&piece);
        first.get_or_insert(piece);
    }
    let first = first.ok_or(Unreadable::Empty)?;
    not_text(detective.head()).map_or(Ok(()), Err)?;
    let encoding = detective.verdict();
    let sample = Text::new(encoding).decode(&first[..first.len().min(SAMPLE)], false);
    let zeros = sample.bytes().filter(|byte| *byte == 0).count();
    if zeros * 10 > sample.len() {
        return Err(Unreadable::Binary.into());
    }
    let delimiter = char::from(domain::import::delimiter(&sample));
    count(source, Layout { encoding, delimiter, has_header: true }).await
}

async fn count(source: &Source, mut layout: Layout) -> Result<Inspection, NotRead> {
    let mut text = Text::new(layout.encoding);
    let mut records = Records::new(&layout);
    let mut pieces = source.open().await?;
    let (mut rows, mut head) = (0_i64, Vec::new());
    let mut take = |record: Record| {
        rows += 1;
        if head.len() <= HEAD_ROWS {
            head.push(record);
        }
    };
    while let Some(piece) = pieces.next().await? {
        records.feed(&text.decode(&piece, false), false, &mut take);
    }
    records.feed(&text.decode(&[], true), true, &mut take);

    let top = head.first().ok_or(Unreadable::Empty)?;
    if let Some(damage) = top.damage {
        return Err(Unreadable::Header(damage).into());
    }
    // An address is no name of a column: such a file starts with its first contact.
    layout.has_header = !top.cells().iter().any(|cell| EmailAddress::parse(cell).is_ok());
    let mut columns: Vec<String> = Vec::new();
    for (index, cell) in top.cells().into_iter().enumerate() {
        let name = column_name(index, if layout.has_header { cell } else { "" });
        let twins = columns.iter().filter(|column| **column == name).count();
        columns.push(if twins == 0 { name } else { format!("{name} (column {})", index + 1) });
    }
    if layout.has_header {
        head.remove(0);
        rows -= 1;
    }
    head.truncate(HEAD_ROWS);
    if rows == 0 {
        return Err(Unreadable::NoRows.into());
    }
    Ok(Inspection { layout, columns, rows, head })
}

fn column_name(index: usize, header: &str) -> String {
    let name: String =
        header.chars().filter(|c| !c.is_control() && *c != '\u{feff}').take(LONGEST_NAME).collect();
    let name = name.trim();
    if name.is_empty() { format!("Column {}", index + 1) } else { name.to_owned() }
}

/// Formats that people upload by mistake, by their first bytes.
fn not_text(head: &[u8]) -> Option<Unreadable> {
    // Zip (.xlsx, .ods, .numbers) and OLE (.xls).
    if head.starts_with(b"PK\x03\x04") || head.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        Some(Unreadable::Spreadsheet)
    } else if head.starts_with(b"%PDF") || head.starts_with(&[0x1f, 0x8b]) {
        Some(Unreadable::Binary)
    } else {
        None
    }
}
