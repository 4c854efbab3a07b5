//! Earlier mails below the answer.

use super::is_blank;

// Outlook writes the head of the mail it answers in its own language.
const FROM: &[&str] = &["from", "von", "de", "da", "van", "från", "fra", "od"];
#[rustfmt::skip]
const SENT: &[&str] = &[
    "sent", "date", "gesendet", "datum", "envoyé", "enviado", "enviada", "fecha", "inviato", "data", "verzonden", "skickat", "sendt",
];
const TO: &[&str] = &["to", "an", "à", "para", "a", "aan", "till", "til", "do"];
#[rustfmt::skip]
const SUBJECT: &[&str] = &["subject", "betreff", "objet", "asunto", "assunto", "oggetto", "onderwerp", "ämne", "emne", "temat"];

/// From here on everything is an earlier mail: Outlook's header block, "Original Message", a forwarded mail.
pub(super) fn starts_history(lines: &[&str]) -> bool {
    let Some(line) = lines.first().map(|line| line.trim_matches(is_blank)) else {
        return false;
    };
    let lower = line.to_lowercase();
    let words = lower.trim_matches(|c: char| matches!(c, '-' | '_' | '=' | '*' | ' '));
    let ruled = lower.starts_with("--") || lower.starts_with("__") || lower.starts_with("==");
    if matches!(words, "begin forwarded message:" | "anfang der weitergeleiteten nachricht:") {
        return true;
    }
    if ruled
        && (words.starts_with("original message")
            || words.starts_with("original appointment")
            || words.starts_with("ursprüngliche nachricht")
            || words.starts_with("message d'origine")
            || words.starts_with("message original")
            || words.starts_with("mensaje original")
            || words.starts_with("messaggio originale")
            || words.starts_with("oorspronkelijk bericht")
            // A server returns our mail.
            || words.starts_with("below this line is a copy")
            || words.starts_with("this is a copy of the message")
            || words.starts_with("forwarded message")
            || words.starts_with("reply above this line")
            || (words.starts_with("on ") && words.ends_with("wrote")))
    {
        return true;
    }
    // Outlook on the web draws a line of underscores above the block.
    if words.is_empty() && line.len() >= 10 {
        return lines[1..]
            .iter()
            .find(|next| !next.trim_matches(is_blank).is_empty())
            .is_some_and(|next| field(next, FROM));
    }
    field(line, FROM) && {
        let below: Vec<&&str> =
            lines[1..].iter().filter(|next| !next.trim_matches(is_blank).is_empty()).take(4).collect();
        let has = |names: &[&str]| below.iter().any(|next| field(next, names));
        has(SENT) && (has(TO) || has(SUBJECT))
    }
}

/// `From: …`, also in bold as `*From:* …` and in French with a blank before the colon.
fn field(line: &str, names: &[&str]) -> bool {
    let line = line.trim_matches(is_blank).trim_start_matches('*').to_lowercase();
    names.iter().any(|name| {
        line.strip_prefix(name)
            .is_some_and(|rest| rest.trim_start_matches('*').trim_start_matches(is_blank).starts_with(':'))
    })
}
