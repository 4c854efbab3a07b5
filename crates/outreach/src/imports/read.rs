//! Reads a file of contacts piece by piece: bytes → text → records, in constant memory.

mod encoding;
mod inspect;
mod records;
mod source;
mod stream;
mod text;

pub use encoding::FileEncoding;
pub use inspect::{Inspection, NotRead, Unreadable, inspect};
pub use records::{Damage, Record, Records};
pub use source::{Source, store};
pub use stream::stream;

use serde::{Deserialize, Serialize};

/// How a file is written. Found once, then kept with the import, so that every reading sees the same rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    pub encoding: FileEncoding,
    /// `,`, `;`, tab or `|`.
    pub delimiter: char,
    /// The first record names the columns.
    pub has_header: bool,
}

impl Layout {
    /// For people: "semicolon, UTF-8".
    pub fn describe(&self) -> String {
        let delimiter = match self.delimiter {
            ';' => "semicolon",
            '\t' => "tab",
            '|' => "bar",
            _ => "comma",
        };
        format!("{delimiter}, {}", self.encoding.name())
    }
}
