use csv_core::{ReadRecordResult, Reader, ReaderBuilder, Terminator};

use super::Layout;

/// Most bytes of one row. More means that a quotation mark isn't closed, or that the file is no list of contacts.
const LONGEST_ROW: usize = 1_000_000;
/// Most cells of one row.
const MOST_CELLS: usize = 2_000;

/// Why a row can't be read at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    #[error("The row is longer than 1 MB; a closing quotation mark may be missing")]
    TooLong,
    #[error("The row has more than 2,000 cells")]
    TooWide,
    #[error("The row contains a NUL character; part of the file may be damaged")]
    Nul,
}

/// One row of the file that isn't blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Line of the file on which the row begins, from 1.
    pub line: i64,
    /// Set: the cells can't be trusted.
    pub damage: Option<Damage>,
    text: String,
    ends: Vec<usize>,
}

impl Record {
    /// The cells, quotation marks removed.
    pub fn cells(&self) -> Vec<&str> {
        let mut start = 0;
        self.ends
            .iter()
            .map(|&end| {
                let cell = self.text.get(start..end).unwrap_or_default();
                start = end;
                cell
            })
            .collect()
    }
}

/// Splits text that comes in pieces into records. Needs as much memory as the longest row allowed.
pub struct Records {
    csv: Reader,
    /// The file's first characters, held back until it is clear whether they are Excel's `sep=;`.
    opening: Option<String>,
    line: i64,
    begun: Option<i64>,
    damage: Option<Damage>,
    output: Vec<u8>,
    written: usize,
    ends: Vec<usize>,
    cells: usize,
}

impl Records {
    pub fn new(layout: &Layout) -> Self {
        let delimiter = u8::try_from(layout.delimiter).unwrap_or(b',');
        Self {
            csv: ReaderBuilder::new().delimiter(delimiter).terminator(Terminator::Any(b'\n')).build(),
            opening: Some(String::new()),
            line: 1,
            begun: None,
            damage: None,
            output: vec![0; 4096],
            written: 0,
            ends: vec![0; 64],
            cells: 0,
        }
    }

    /// Takes the next piece (line ends are `\n`) and hands over every record that it completes; `last` says that
    /// nothing follows.
    pub fn feed(&mut self, piece: &str, last: bool, mut each: impl FnMut(Record)) {
        if let Some(mut opening) = self.opening.take() {
            opening.push_str(piece);
            if opening.len() < "sep=;\n".len() && !last {
                self.opening = Some(opening);
                return;
            }
            let declaration =
                opening.starts_with("sep=") && opening.get(5..).is_some_and(|rest| rest.starts_with('\n'));
            // Its line end stays, so that lines are counted as people see them.
            self.split(
                opening.as_bytes().get(if declaration { 5 } else { 0 }..).unwrap_or_default(),
                last,
                &mut each,
            );
        } else {
            self.split(piece.as_bytes(), last, &mut each);
        }
    }

    fn split(&mut self, mut rest: &[u8], last: bool, each: &mut impl FnMut(Record)) {
        loop {
            if self.begun.is_none() {
                let blank = rest.iter().take_while(|byte| **byte == b'\n').count();
                self.line += i64::try_from(blank).unwrap_or(0);
                rest = &rest[blank..];
                if rest.is_empty() {
                    return;
                }
                self.begun = Some(self.line);
            }
            let (result, read, written, cells) =
                self.csv.read_record(rest, &mut self.output[self.written..], &mut self.ends[self.cells..]);
            self.line +=
                i64::try_from(rest[..read].iter().filter(|byte| **byte == b'\n').count()).unwrap_or(0);
            rest = &rest[read..];
            self.written += written;
            self.cells += cells;
            match result {
                // Asked once more without input, the parser ends the last record.
                ReadRecordResult::InputEmpty if last => {}
                ReadRecordResult::InputEmpty => return,
                ReadRecordResult::OutputFull if self.output.len() < LONGEST_ROW => {
                    self.output.resize((self.output.len() * 2).min(LONGEST_ROW), 0);
                }
                ReadRecordResult::OutputFull => {
                    self.damage.get_or_insert(Damage::TooLong);
                    self.written = 0;
                }
                ReadRecordResult::OutputEndsFull if self.ends.len() < MOST_CELLS => {
                    self.ends.resize((self.ends.len() * 2).min(MOST_CELLS), 0);
                }
                ReadRecordResult::OutputEndsFull => {
                    self.damage.get_or_insert(Damage::TooWide);
                    self.cells = 0;
                }
                ReadRecordResult::Record => {
                    if let Some(record) = self.complete() {
                        each(record);
                    }
                }
                ReadRecordResult::End => return,
            }
        }
    }

    /// The record just read; `None` when all its cells are blank.
    fn complete(&mut self) -> Option<Record> {
        let line = self.begun.take().unwrap_or(self.line);
        let damage = self.damage.take();
        let (written, cells) = (std::mem::take(&mut self.written), std::mem::take(&mut self.cells));
        if damage.is_some() {
            return Some(Record { line, damage, text: String::new(), ends: Vec::new() });
        }
        let bytes = &self.output[..written];
        if bytes.contains(&0) {
            return Some(Record { line, damage: Some(Damage::Nul), text: String::new(), ends: Vec::new() });
        }
        // The text was UTF-8 and is cut at ASCII characters only.
        let text = String::from_utf8_lossy(bytes).into_owned();
        if text.trim().is_empty() {
            return None;
        }
        Some(Record { line, damage: None, text, ends: self.ends[..cells].to_vec() })
    }
}

#[cfg(test)]
mod tests {
    use super::super::FileEncoding;
    use super::*;

    fn read(text: &str, delimiter: char, size: usize) -> Vec<(i64, Vec<String>, Option<Damage>)> {
        let encoding = FileEncoding::try_from("utf-8".to_owned()).expect("an encoding");
        let mut records = Records::new(&Layout { encoding, delimiter, has_header: true });
        let mut all = Vec::new();
        let mut each = |record: Record| {
            all.push((record.line, record.cells().into_iter().map(str::to_owned).collect(), record.damage))
        };
        let letters: Vec<char> = text.chars().collect();
        for piece in letters.chunks(size) {
            records.feed(&piece.iter().collect::<String>(), false, &mut each);
        }
        records.feed("", true, &mut each);
        all
    }

    #[test]
    fn rows_keep_the_lines_people_see() {
        let text = "Email,Notes\n\na@b.co,\"one\ntwo, \"\"three\"\"\"\n , \nb@b.co\n\"c@b.co\",last";
        let cells = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        let expected = vec![
            (1, cells(&["Email", "Notes"]), None),
            (3, cells(&["a@b.co", "one\ntwo, \"three\""]), None),
            (6, cells(&["b@b.co"]), None),
            (7, cells(&["c@b.co", "last"]), None),
        ];
        for size in [1, 2, 5, 1000] {
            assert_eq!(read(text, ',', size), expected, "pieces of {size}");
        }
    }

    #[test]
    fn excels_declaration_is_no_row() {
        for size in [1, 3, 100] {
            let all = read("sep=;\nEmail;Name\na@b.co;Ann\n", ';', size);
            assert_eq!(all.iter().map(|row| row.0).collect::<Vec<_>>(), [2, 3]);
        }
        assert_eq!(read("a", ',', 1).len(), 1);
    }

    #[test]
    fn damaged_rows_are_told_and_the_next_is_read() {
        let long = format!(
            "Email\n\"{}\"\nb@b.co\nc\0@b.co\n{}\nd@b.co\n",
            "x".repeat(1_100_000),
            ",".repeat(2_100) + "x"
        );
        let all: Vec<(i64, Option<Damage>)> =
            read(&long, ',', 70_000).into_iter().map(|row| (row.0, row.2)).collect();
        assert_eq!(
            all,
            [
                (1, None),
                (2, Some(Damage::TooLong)),
                (3, None),
                (4, Some(Damage::Nul)),
                (5, Some(Damage::TooWide)),
                (6, None)
            ]
        );
    }
}
