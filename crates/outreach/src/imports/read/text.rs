use encoding_rs::{CoderResult, Decoder};

use super::FileEncoding;

/// Turns bytes into UTF-8 whose lines all end in `\n`, whatever the file's do (also a lone `\r`, as old Excel for Mac
/// writes), so that line numbers mean the same everywhere.
pub(super) struct Text {
    decoder: Decoder,
    after_return: bool,
}

impl Text {
    pub(super) fn new(encoding: FileEncoding) -> Self {
        Self { decoder: encoding.decoder(), after_return: false }
    }

    /// Decodes a piece; `last` says that nothing follows. Bytes that mean nothing become U+FFFD.
    pub(super) fn decode(&mut self, mut piece: &[u8], last: bool) -> String {
        let mut text = String::with_capacity(
            self.decoder.max_utf8_buffer_length(piece.len()).unwrap_or(piece.len()).min(piece.len() * 3 + 16),
        );
        loop {
            let (result, read, _) = self.decoder.decode_to_string(piece, &mut text, last);
            piece = &piece[read..];
            match result {
                CoderResult::InputEmpty => break,
                CoderResult::OutputFull => text.reserve(piece.len() + 64),
            }
        }
        self.unify_line_ends(text)
    }

    fn unify_line_ends(&mut self, text: String) -> String {
        if !(text.contains('\r') || self.after_return && text.starts_with('\n')) {
            self.after_return = self.after_return && text.is_empty();
            return text;
        }
        let mut unified = String::with_capacity(text.len());
        let mut rest = text.as_str();
        if self.after_return {
            rest = rest.strip_prefix('\n').unwrap_or(rest);
        }
        self.after_return = rest.ends_with('\r');
        while let Some((line, after)) = rest.split_once('\r') {
            unified.push_str(line);
            unified.push('\n');
            rest = after.strip_prefix('\n').unwrap_or(after);
        }
        unified.push_str(rest);
        unified
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_end_becomes_one_newline_whatever_the_pieces() -> Result<(), String> {
        for (raw, expected) in [
            ("a\r\nb\r\nc", "a\nb\nc"),
            ("a\rb\rc\r", "a\nb\nc\n"),
            ("a\n\nb", "a\n\nb"),
            ("a\r\r\n\nb", "a\n\n\nb"),
            ("\r\n", "\n"),
            ("Zoë\r\n", "Zoë\n"),
        ] {
            for size in 1..=raw.len() {
                let mut text = Text::new(FileEncoding::try_from("utf-8".to_owned())?);
                let mut all: String =
                    raw.as_bytes().chunks(size).map(|piece| text.decode(piece, false)).collect();
                all.push_str(&text.decode(&[], true));
                assert_eq!(all, expected, "{raw:?} by {size}");
            }
        }
        Ok(())
    }
}
