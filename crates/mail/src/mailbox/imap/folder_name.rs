//! Folder names on the wire: modified UTF-7 (RFC 3501, 5.1.3).

use base64::Engine;
use base64::alphabet::IMAP_MUTF7;
use base64::engine::GeneralPurpose;
use base64::engine::general_purpose::NO_PAD;

const BASE64: GeneralPurpose = GeneralPurpose::new(&IMAP_MUTF7, NO_PAD);

/// A folder's name as servers know it.
pub(super) fn encoded(name: &str) -> String {
    let mut wire = String::new();
    let mut foreign = Vec::new();
    for c in name.chars() {
        if matches!(c, ' '..='~') {
            flush(&mut foreign, &mut wire);
            wire.push(c);
            if c == '&' {
                wire.push('-');
            }
        } else {
            let mut units = [0; 2];
            foreign.extend(c.encode_utf16(&mut units).iter().flat_map(|unit| unit.to_be_bytes()));
        }
    }
    flush(&mut foreign, &mut wire);
    wire
}

fn flush(foreign: &mut Vec<u8>, wire: &mut String) {
    if !foreign.is_empty() {
        wire.push('&');
        wire.push_str(&BASE64.encode(foreign.as_slice()));
        wire.push('-');
        foreign.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::encoded;

    #[test]
    fn names_beyond_ascii_are_encoded_as_the_standard_has_it() {
        for (name, expected) in [
            ("INBOX", "INBOX"),
            ("Sales & more", "Sales &- more"),
            ("Entwürfe", "Entw&APw-rfe"),
            // The standard's own example.
            ("~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"),
            ("Ideas \u{1f4a1}", "Ideas &2D3coQ-"),
        ] {
            assert_eq!(encoded(name), expected);
        }
    }
}
