//! Whose fault a refused mail is, from enhanced status codes (RFC 3463) and SMTP reply codes.

mod words;

use crate::closed_set;

closed_set! {
    /// What a refusal says about the address.
    pub enum BounceKind {
        /// The address does not exist or accepts nothing, for good.
        Hard = "hard", "Hard bounce";
        /// Full, busy or unreachable for now.
        Soft = "soft", "Temporary bounce";
        /// Refused because of us (sender, content, size, policy, reputation): says nothing about the address.
        Policy = "policy", "Refused by policy";
    }
}

/// A code of the form class.subject.detail (RFC 3463).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EnhancedStatus {
    /// 2 success, 4 temporary, 5 permanent.
    pub class: u8,
    /// 0–7.
    pub subject: u8,
    /// 0–999.
    pub detail: u16,
}

/// The kind of refusal, from a report's `Status` (if any) and the server's words.
///
/// `None` when neither carries a code or a phrase that means something; treat that as temporary.
pub fn bounce_kind(status: Option<&str>, diagnostic: &str) -> Option<BounceKind> {
    let words = diagnostic.to_ascii_lowercase();
    let reported = status.and_then(enhanced_status).filter(|code| code.class != 2);
    let quoted = enhanced_status(diagnostic).filter(|code| code.class != 2);
    // X.0.0 is what mail servers write when they know nothing better: the server's own words come first.
    for code in [reported, quoted].into_iter().flatten() {
        if let Some(kind) = by_status(code, &words) {
            return Some(kind);
        }
    }
    if let Some(code) = smtp_code(diagnostic) {
        return Some(by_smtp_code(code, &words));
    }
    let undefined = reported.or(quoted).map(|code| code.class);
    match undefined {
        Some(4) => Some(BounceKind::Soft),
        _ => by_words(&words).or(undefined.map(|_| BounceKind::Hard)),
    }
}

fn by_status(code: EnhancedStatus, words: &str) -> Option<BounceKind> {
    if code.class == 4 {
        return (code.subject != 0).then_some(BounceKind::Soft);
    }
    match (code.subject, code.detail) {
        (0, _) => None,
        // Bad sender address, sender's domain: ours.
        (1, 7 | 8) => Some(BounceKind::Policy),
        (1, _) => Some(if blames_sender(words) { BounceKind::Policy } else { BounceKind::Hard }),
        (2, 1) => Some(BounceKind::Hard),
        (2, 3) => Some(BounceKind::Policy),
        (2, _) => Some(BounceKind::Soft),
        // Too big for the system: ours. Anything else of the receiving system may pass.
        (3, 4) => Some(BounceKind::Policy),
        (3, 0) if names_unknown(words) => Some(BounceKind::Hard),
        (3, _) => Some(BounceKind::Soft),
        // Microsoft answers 5.4.1 for a recipient it does not know; 5.4.4 is a domain without a route, 5.4.310 one that
        // does not exist.
        (4, 1 | 4 | 310) => Some(BounceKind::Hard),
        (4, _) => Some(BounceKind::Soft),
        // "Mailbox unavailable" and "user unknown" stand under these two as well.
        (5, 0) | (7, 1) if names_unknown(words) => Some(BounceKind::Hard),
        (5..=7, _) => Some(BounceKind::Policy),
        _ => None,
    }
}

fn by_smtp_code(code: u16, words: &str) -> BounceKind {
    match code {
        400..=499 => BounceKind::Soft,
        550 | 551 | 553 => match by_words(words) {
            Some(kind) => kind,
            None => BounceKind::Hard,
        },
        552 => BounceKind::Soft,
        // 554 and the command errors say that the transaction failed, not that the address is wrong.
        _ => by_words(words).unwrap_or(BounceKind::Policy),
    }
}

fn by_words(words: &str) -> Option<BounceKind> {
    let says = |phrases: &[&str]| phrases.iter().any(|phrase| words.contains(phrase));
    if blames_sender(words) {
        Some(BounceKind::Policy)
    } else if says(words::FULL) {
        Some(BounceKind::Soft)
    } else if says(words::UNKNOWN) {
        Some(BounceKind::Hard)
    } else if says(words::POLICY) {
        Some(BounceKind::Policy)
    } else {
        None
    }
}

/// The server says that there is no such recipient, and blames nobody else.
fn names_unknown(words: &str) -> bool {
    by_words(words) == Some(BounceKind::Hard)
}

/// "Invalid email address" about the sender must not condemn the recipient.
fn blames_sender(words: &str) -> bool {
    ["sender address", "from address", "mail from", "return path", "envelope sender"]
        .iter()
        .any(|phrase| words.contains(phrase))
}

/// The first enhanced status code that stands by itself: never a part of an IP address, a version or a longer number.
pub fn enhanced_status(text: &str) -> Option<EnhancedStatus> {
    let bytes = text.as_bytes();
    (0..bytes.len()).find_map(|start| {
        let class = bytes[start];
        let before = start.checked_sub(1).map(|index| bytes[index]);
        if !matches!(class, b'2' | b'4' | b'5')
            || before.is_some_and(|b| b.is_ascii_alphanumeric() || b == b'.')
        {
            return None;
        }
        let (subject, at) = number(bytes, start + 1)?;
        let (detail, end) = number(bytes, at)?;
        let joined = match bytes.get(end) {
            Some(b'.') => bytes.get(end + 1).is_some_and(u8::is_ascii_digit),
            Some(b) => b.is_ascii_alphanumeric(),
            None => false,
        };
        (!joined && subject <= 7).then(|| EnhancedStatus {
            class: class - b'0',
            subject: subject as u8,
            detail,
        })
    })
}

/// A dot and one to three digits at `at`: their value and where they end.
fn number(bytes: &[u8], at: usize) -> Option<(u16, usize)> {
    if bytes.get(at) != Some(&b'.') {
        return None;
    }
    let digits = bytes[at + 1..].iter().take_while(|b| b.is_ascii_digit()).count();
    if !(1..=3).contains(&digits) {
        return None;
    }
    let value =
        bytes[at + 1..at + 1 + digits].iter().fold(0_u16, |sum, digit| sum * 10 + u16::from(digit - b'0'));
    Some((value, at + 1 + digits))
}

/// The SMTP reply code: three digits where a server writes one, that is at the start of a line or after a colon,
/// a semicolon, a bracket, `#` or a word that announces it. "550" elsewhere is a size, a street or an order number.
pub fn smtp_code(text: &str) -> Option<u16> {
    text.lines().find_map(|line| {
        let bytes = line.as_bytes();
        (0..bytes.len()).find_map(|start| {
            let digits = bytes.get(start..start + 3)?;
            let plausible = matches!(digits[0], b'4' | b'5')
                && digits[1] <= b'5'
                && digits.iter().all(u8::is_ascii_digit);
            let ends = match bytes.get(start + 3) {
                None | Some(b' ' | b'-' | b')' | b']' | b':' | b'#' | b',') => true,
                Some(_) => false,
            };
            (plausible && ends && announced(&line[..start]))
                .then(|| digits.iter().fold(0, |sum, digit| sum * 10 + u16::from(digit - b'0')))
        })
    })
}

fn announced(before: &str) -> bool {
    if before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '$' | '/')) {
        return false;
    }
    let before = before.trim_end();
    before.is_empty()
        || before.ends_with([':', ';', '(', '[', '#', '<', '"', '\''])
        || ["error", "code", "status", "smtp", "reply", "response", "said", "with"].contains(
            &before
                .rsplit(|c: char| !c.is_ascii_alphanumeric())
                .next()
                .unwrap_or("")
                .to_ascii_lowercase()
                .as_str(),
        )
}

#[cfg(test)]
mod tests;
