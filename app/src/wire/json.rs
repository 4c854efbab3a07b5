//! JSON into a tree.
//!
//! What the server writes is valid JSON without fractions. The reader relies on it and is a tenth of serde_json's.

use super::tree::Unreadable;

/// A value of JSON.
pub(super) enum Tree {
    Null,
    Bool(bool),
    Number(i64),
    Text(String),
    List(Vec<Tree>),
    Record(Vec<(String, Tree)>),
}

/// The tree of a whole text.
pub(super) fn parse(text: &[u8]) -> Result<Tree, Unreadable> {
    let mut reader = Reader(text);
    let tree = reader.value()?;
    reader.skip_space();
    if reader.0.is_empty() { Ok(tree) } else { Err(Unreadable) }
}

/// The rest of a text.
struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn value(&mut self) -> Result<Tree, Unreadable> {
        self.skip_space();
        match self.0.first() {
            Some(b'"') => self.text().map(Tree::Text),
            Some(b'[') => {
                let mut list = Vec::new();
                self.members(b']', |reader| {
                    list.push(reader.value()?);
                    Ok(())
                })?;
                Ok(Tree::List(list))
            }
            Some(b'{') => {
                let mut record = Vec::new();
                self.members(b'}', |reader| {
                    let name = reader.text()?;
                    reader.skip_space();
                    reader.expect(b":")?;
                    record.push((name, reader.value()?));
                    Ok(())
                })?;
                Ok(Tree::Record(record))
            }
            Some(b'n') => self.expect(b"null").map(|()| Tree::Null),
            Some(b't') => self.expect(b"true").map(|()| Tree::Bool(true)),
            Some(b'f') => self.expect(b"false").map(|()| Tree::Bool(false)),
            _ => self.number().map(Tree::Number),
        }
    }

    /// What stands between brackets, with commas between. The opening one is next.
    fn members(
        &mut self,
        end: u8,
        mut member: impl FnMut(&mut Self) -> Result<(), Unreadable>,
    ) -> Result<(), Unreadable> {
        self.next()?;
        self.skip_space();
        if self.0.first() == Some(&end) {
            return self.next().map(|_| ());
        }
        loop {
            self.skip_space();
            member(self)?;
            self.skip_space();
            match self.next()? {
                b',' => {}
                byte if byte == end => return Ok(()),
                _ => return Err(Unreadable),
            }
        }
    }

    fn text(&mut self) -> Result<String, Unreadable> {
        self.expect(b"\"")?;
        let mut text = Vec::new();
        loop {
            match self.next()? {
                b'"' => return String::from_utf8(text).map_err(|_| Unreadable),
                b'\\' => {
                    let char = self.escaped()?;
                    text.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes());
                }
                byte => text.push(byte),
            }
        }
    }

    /// The character after a backslash.
    fn escaped(&mut self) -> Result<char, Unreadable> {
        Ok(match self.next()? {
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let mut unit = self.unit()?;
                // Two of them for what lies beyond sixteen bits.
                if (0xd800..0xdc00).contains(&unit) {
                    self.expect(b"\\u")?;
                    let low =
                        self.unit()?.checked_sub(0xdc00).filter(|low| *low < 0x400).ok_or(Unreadable)?;
                    unit = 0x1_0000 + ((unit - 0xd800) << 10) + low;
                }
                char::from_u32(unit).ok_or(Unreadable)?
            }
            byte @ (b'"' | b'\\' | b'/') => char::from(byte),
            _ => return Err(Unreadable),
        })
    }

    /// Four hexadecimal digits.
    fn unit(&mut self) -> Result<u32, Unreadable> {
        let mut unit = 0;
        for _ in 0..4 {
            unit = unit * 16 + char::from(self.next()?).to_digit(16).ok_or(Unreadable)?;
        }
        Ok(unit)
    }

    fn number(&mut self) -> Result<i64, Unreadable> {
        let length = self.0.iter().take_while(|byte| matches!(byte, b'-' | b'0'..=b'9')).count();
        let (digits, rest) = self.0.split_at(length);
        self.0 = rest;
        str::from_utf8(digits).ok().and_then(|digits| digits.parse().ok()).ok_or(Unreadable)
    }

    fn next(&mut self) -> Result<u8, Unreadable> {
        let (first, rest) = self.0.split_first().ok_or(Unreadable)?;
        self.0 = rest;
        Ok(*first)
    }

    fn expect(&mut self, word: &[u8]) -> Result<(), Unreadable> {
        self.0 = self.0.strip_prefix(word).ok_or(Unreadable)?;
        Ok(())
    }

    fn skip_space(&mut self) {
        self.0 = self.0.trim_ascii_start();
    }
}

#[cfg(test)]
mod tests {
    use super::{Tree, parse};

    fn text(json: &str) -> Option<String> {
        match parse(json.as_bytes()) {
            Ok(Tree::Text(text)) => Some(text),
            _ => None,
        }
    }

    #[test]
    fn texts_lose_their_escapes() {
        assert_eq!(text(r#""a\"\\\/\b\f\n\r\t""#).as_deref(), Some("a\"\\/\u{8}\u{c}\n\r\t"));
        assert_eq!(text(r#""Caf\u00e9 ☕ \ud83d\ude00""#).as_deref(), Some("Café ☕ 😀"));
        for broken in [r#""\ud83d""#, r#""\ud83d\u0041""#, r#""\x""#, r#""\u12"#, "\"a"] {
            assert_eq!(text(broken), None, "{broken}");
        }
    }

    #[test]
    fn what_is_no_json_is_refused() {
        for broken in [
            "",
            "nul",
            "[1,]",
            "[1 2]",
            "{\"a\" 1}",
            "{a:1}",
            "[1",
            "1.5",
            "-",
            "7 7",
            "99999999999999999999",
        ] {
            assert!(parse(broken.as_bytes()).is_err(), "{broken}");
        }
        for whole in [" [ ] ", "{ }", "[1 , -2]", "{ \"a\" : [ { } , null , true ] }"] {
            assert!(parse(whole.as_bytes()).is_ok(), "{whole}");
        }
    }
}
