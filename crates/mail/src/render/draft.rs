use serde::Serialize;

/// The template that wraps a [`Draft`] in its brand's design; every brand has one.
pub const GENERIC: &str = "generic";

/// A mail written for one contact, by a person or an engine, without greeting and signature: the wrapper has both.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// One line, plain text.
    pub subject: String,
    /// What the inbox shows beside the subject; one line, plain text.
    pub preheader: String,
    /// Plain text, never markup. A blank line ends a paragraph.
    pub body: String,
    /// The call to action.
    pub button: Option<DraftButton>,
}

/// The one thing to press.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DraftButton {
    /// What it says.
    pub label: String,
    /// Where it leads: `https:` or `mailto:`.
    pub url: String,
}

/// A draft as the wrapper reads it.
#[derive(Debug, Serialize)]
pub(super) struct Wrapped {
    subject: String,
    preheader: String,
    paragraphs: Vec<Vec<String>>,
    button: Option<DraftButton>,
}

impl Draft {
    /// # Errors
    /// The button leads somewhere a mail must not.
    pub(super) fn wrapped(&self) -> Result<Wrapped, String> {
        let safe = |url: &str| url.starts_with("https://") || url.starts_with("mailto:");
        if self.button.as_ref().is_some_and(|button| !safe(&button.url)) {
            return Err("the button leads to an address that is neither https: nor mailto:".to_owned());
        }
        Ok(Wrapped {
            subject: self.subject.clone(),
            preheader: self.preheader.clone(),
            paragraphs: paragraphs(&self.body),
            button: self.button.clone(),
        })
    }
}

fn paragraphs(body: &str) -> Vec<Vec<String>> {
    let mut paragraphs = vec![Vec::new()];
    for line in body.lines().map(str::trim) {
        match paragraphs.last_mut() {
            Some(last) if !line.is_empty() => last.push(line.to_owned()),
            Some(_) | None => paragraphs.push(Vec::new()),
        }
    }
    paragraphs.retain(|lines| !lines.is_empty());
    paragraphs
}
