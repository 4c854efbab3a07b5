use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use serde::{Deserialize, Serialize};

/// Most bytes the guess of a legacy encoding looks at.
const EVIDENCE: usize = 4 << 20;
/// A file's head, enough to see the zeros of UTF-16.
const HEAD: usize = 4096;

/// A character encoding, stored by its WHATWG name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FileEncoding(&'static Encoding);

impl FileEncoding {
    /// The WHATWG name: "UTF-8", "windows-1252".
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    pub(super) fn decoder(self) -> encoding_rs::Decoder {
        self.0.new_decoder_with_bom_removal()
    }
}

impl TryFrom<String> for FileEncoding {
    type Error = String;
    fn try_from(name: String) -> Result<Self, String> {
        Encoding::for_label(name.as_bytes()).map(Self).ok_or_else(|| format!("{name} is no encoding"))
    }
}

impl From<FileEncoding> for String {
    fn from(encoding: FileEncoding) -> Self {
        encoding.name().to_owned()
    }
}

/// Finds a file's encoding while its bytes pass by: byte order mark, else the zeros of UTF-16, else valid UTF-8, else
/// the likeliest legacy encoding (Windows-1252 in practice).
pub(super) struct Detective {
    head: Vec<u8>,
    detector: EncodingDetector,
    examined: usize,
    is_utf8: bool,
    /// Start of a UTF-8 sequence that the next piece may complete.
    tail: Vec<u8>,
}

impl Detective {
    pub(super) fn new() -> Self {
        Self {
            head: Vec::new(),
            detector: EncodingDetector::new(Iso2022JpDetection::Deny),
            examined: 0,
            is_utf8: true,
            tail: Vec::new(),
        }
    }

    pub(super) fn see(&mut self, piece: &[u8]) {
        let missing = HEAD.saturating_sub(self.head.len()).min(piece.len());
        self.head.extend_from_slice(&piece[..missing]);
        if self.is_utf8 {
            self.tail.extend_from_slice(piece);
            match std::str::from_utf8(&self.tail) {
                Ok(_) => self.tail.clear(),
                Err(error) if error.error_len().is_none() => {
                    let complete = error.valid_up_to();
                    self.tail.drain(..complete);
                }
                Err(error) => {
                    self.is_utf8 = false;
                    // ASCII before the first odd byte says nothing.
                    let odd = std::mem::take(&mut self.tail).split_off(error.valid_up_to());
                    self.examine(&odd);
                }
            }
        } else {
            self.examine(piece);
        }
    }

    fn examine(&mut self, bytes: &[u8]) {
        let wanted = EVIDENCE.saturating_sub(self.examined).min(bytes.len());
        self.detector.feed(&bytes[..wanted], false);
        self.examined += wanted;
    }

    /// The first bytes of the file.
    pub(super) fn head(&self) -> &[u8] {
        &self.head
    }

    pub(super) fn verdict(mut self) -> FileEncoding {
        if let Some((marked, _)) = Encoding::for_bom(&self.head) {
            return FileEncoding(marked);
        }
        if let Some(encoding) = sixteen_bit(&self.head) {
            return FileEncoding(encoding);
        }
        if self.is_utf8 && self.tail.is_empty() {
            return FileEncoding(UTF_8);
        }
        let tail = std::mem::take(&mut self.tail);
        self.examine(&tail);
        self.detector.feed(&[], true);
        FileEncoding(self.detector.guess(Some(b"au"), Utf8Detection::Deny))
    }
}

/// UTF-16 without a mark: Western text has a zero in every other byte.
fn sixteen_bit(head: &[u8]) -> Option<&'static Encoding> {
    let pairs = head.len() / 2;
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    if pairs < 2 {
        None
    } else if second * 10 > pairs * 6 && first * 10 < pairs {
        Some(UTF_16LE)
    } else if first * 10 > pairs * 6 && second * 10 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::Detective;

    fn detect(bytes: &[u8], piece: usize) -> &'static str {
        let mut detective = Detective::new();
        bytes.chunks(piece).for_each(|piece| detective.see(piece));
        detective.verdict().name()
    }

    #[test]
    fn encodings_are_found_whatever_the_pieces() {
        let wide: Vec<u8> =
            "Email\tName\r\nzoë@a.co\tZoë".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked = [&[0xff, 0xfe], wide.as_slice()].concat();
        let big: Vec<u8> = "Email\tName\r\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        let mut late = vec![b'a'; 10_000];
        late.extend("é".as_bytes());
        let cases: [(&[u8], &str); 8] = [
            (b"Email,Name\na@b.co,Ann\n", "UTF-8"),
            ("Email,Name\na@b.co,Zoë Françoise\n".as_bytes(), "UTF-8"),
            (b"\xef\xbb\xbfEmail\n", "UTF-8"),
            (&marked, "UTF-16LE"),
            (&wide, "UTF-16LE"),
            (&big, "UTF-16BE"),
            (b"Email,Name\na@b.co,Zo\xeb Fran\xe7oise \x96 caf\xe9\n", "windows-1252"),
            (&late, "UTF-8"),
        ];
        for (bytes, expected) in cases {
            for piece in [1, 7, 100_000] {
                assert_eq!(
                    detect(bytes, piece),
                    expected,
                    "{:?}",
                    String::from_utf8_lossy(&bytes[..20.min(bytes.len())])
                );
            }
        }
        assert_eq!(detect(b"", 1), "UTF-8");
    }
}
