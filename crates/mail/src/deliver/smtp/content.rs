use std::fmt::{self, Display, Formatter};

/// A message as it follows `DATA`: lines that begin with a dot get another (RFC 5321, 4.5.2), and a line with a dot alone
/// ends it.
///
/// Goes out as a command like any other, in one write. lettre writes content and end one after the other without
/// `TCP_NODELAY`: the second write then waits until the server has acknowledged the first, which it does after 40 ms.
pub(super) struct Content<'a>(pub &'a str);

impl Display for Content<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for line in self.0.split_inclusive('\n') {
            if line.starts_with('.') {
                f.write_str(".")?;
            }
            f.write_str(line)?;
        }
        if !self.0.ends_with("\r\n") {
            f.write_str("\r\n")?;
        }
        f.write_str(".\r\n")
    }
}

#[cfg(test)]
mod tests {
    use super::Content;

    #[test]
    fn dots_at_the_start_of_lines_are_doubled_and_the_end_is_one_dot() {
        for (message, sent) in [
            ("Subject: a\r\n\r\nb\r\n", "Subject: a\r\n\r\nb\r\n.\r\n"),
            ("no end", "no end\r\n.\r\n"),
            (".\r\nb.c\r\n..d\r\n.", "..\r\nb.c\r\n...d\r\n..\r\n.\r\n"),
            ("", "\r\n.\r\n"),
        ] {
            assert_eq!(Content(message).to_string(), sent, "{message:?}");
        }
    }
}
