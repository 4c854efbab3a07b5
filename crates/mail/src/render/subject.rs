use minijinja::value::Serde;
use minijinja::{Environment, Value};

use super::MailContext;
use super::error::describe;

/// Inboxes show far less; a longer one is a template gone wrong.
const LONGEST: usize = 200;
/// A subject as typed may hold conditions, so it may be longer than what comes out.
const LONGEST_TEMPLATE: usize = 1_000;

/// Renders a subject typed into the settings. `environment` has no files: it can't include any.
pub(super) fn render(
    environment: &Environment<'_>,
    template: &str,
    context: &MailContext,
) -> Result<String, String> {
    if template.chars().count() > LONGEST_TEMPLATE {
        return Err(format!("it is longer than {LONGEST_TEMPLATE} characters"));
    }
    let rendered = environment
        .render_named_str("subject", template, Value::from(Serde(context)))
        .map_err(|error| describe(&error))?;
    checked(&rendered)
}

/// The subject as one line, or why it can't be one.
pub(super) fn checked(text: &str) -> Result<String, String> {
    let subject = one_line(text);
    if subject.is_empty() {
        return Err("the subject is empty".to_owned());
    }
    if subject.chars().count() > LONGEST {
        return Err(format!("the subject is longer than {LONGEST} characters"));
    }
    if let Some(reason) = super::check::leftover(&subject) {
        return Err(format!("the subject {reason}"));
    }
    Ok(subject)
}

/// Folds white space and drops control characters: a company name with a line break must not become a header.
pub(super) fn one_line(text: &str) -> String {
    let visible = text.replace(|c: char| c.is_whitespace(), " ").replace(char::is_control, "");
    visible.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
