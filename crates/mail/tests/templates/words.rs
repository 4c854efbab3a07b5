//! What a mail says, apart from what surrounds it.

use mail::render::Rendered;

/// The text without the footer.
pub fn body(mail: &Rendered) -> &str {
    mail.text.split_once("\n\n-- \n").map_or("", |(body, _)| body)
}

/// Why the reader gets it.
pub fn reason(mail: &Rendered) -> &str {
    mail.text.lines().find(|line| line.starts_with("You are receiving this")).unwrap_or_default()
}

/// Words of the message: without greeting, signature and addresses.
pub fn count(mail: &Rendered, salutation: &str) -> usize {
    let closings = ["Kind regards,", "Warm regards,", "With warm wishes,", "Welcome aboard,"];
    let message = body(mail);
    let end = closings.iter().filter_map(|closing| message.find(closing)).min().unwrap_or(message.len());
    let message = message[..end].replacen(salutation, "", 1);
    let words = message.split_whitespace().filter(|word| !word.contains("://") && !word.contains('@'));
    words.filter(|word| word.chars().any(char::is_alphabetic)).count()
}
