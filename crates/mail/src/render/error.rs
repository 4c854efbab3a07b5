use std::path::PathBuf;

/// Why a mail can't be written. The text is for the people who run the brand.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RenderError {
    /// No such file.
    #[error("there is no template \u{201c}{key}\u{201d} for the brand {brand}")]
    UnknownTemplate {
        /// The brand's slug.
        brand: String,
        /// The template's key.
        key: String,
    },
    /// The template is faulty: bad syntax, an unknown variable, a missing part, endless work.
    #[error("the template \u{201c}{key}\u{201d} is faulty: {reason}")]
    Template {
        /// The template's key.
        key: String,
        /// What is wrong, with the file and line where known.
        reason: String,
        /// Line of the template itself, from 1; `None` when unknown, or when it is another file's.
        line: Option<u32>,
    },
    /// The subject written in the settings is faulty.
    #[error("the subject is faulty: {reason}")]
    Subject {
        /// What is wrong with it.
        reason: String,
    },
    /// The mail came out, but isn't fit to be sent.
    #[error("the mail from template \u{201c}{key}\u{201d} is not fit to be sent: {reason}")]
    Unfit {
        /// The template's key.
        key: String,
        /// What is wrong with it.
        reason: String,
    },
}

/// The folder of templates can't be used.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Missing or unreadable.
    #[error("the templates in {} can't be read: {source}", path.display())]
    Unreadable {
        /// The folder or file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Two files of one brand have the same key, so that it is unclear which is meant.
    #[error("the brand {brand} has two templates named \u{201c}{key}\u{201d}: {first} and {second}")]
    DuplicateKey {
        /// The brand's slug.
        brand: String,
        /// The key.
        key: String,
        /// Path of the first.
        first: String,
        /// Path of the second.
        second: String,
    },
}

impl RenderError {
    /// Line of the template where it goes wrong, from 1.
    pub const fn line(&self) -> Option<u32> {
        match self {
            Self::Template { line, .. } => *line,
            Self::UnknownTemplate { .. } | Self::Subject { .. } | Self::Unfit { .. } => None,
        }
    }
}

/// The line at which an engine error happened in the template with this name.
pub(super) fn line_in(error: &minijinja::Error, name: &str) -> Option<u32> {
    let here = error.line().filter(|_| error.name() == Some(name));
    here.and_then(|line| u32::try_from(line).ok()).or_else(|| {
        let cause = std::error::Error::source(error)?.downcast_ref::<minijinja::Error>()?;
        line_in(cause, name)
    })
}

/// An engine error in one line: what, and where in which file.
pub(super) fn describe(error: &minijinja::Error) -> String {
    let mut reason = match error.detail() {
        Some(detail) => format!("{}: {detail}", error.kind()),
        None => error.kind().to_string(),
    };
    if let (Some(source), Some(range)) = (error.template_source(), error.range())
        && let Some(expression) = source.get(range)
        && expression.len() <= 80
    {
        reason = format!("{reason} at \u{201c}{}\u{201d}", expression.trim());
    }
    if let (Some(name), Some(line)) = (error.name(), error.line()) {
        let file = super::edited::file_of(name);
        reason = format!("{reason} ({file}, line {line})");
    }
    if let Some(cause) =
        std::error::Error::source(error).and_then(|cause| cause.downcast_ref::<minijinja::Error>())
    {
        reason = format!("{reason}: {}", describe(cause));
    }
    reason
}
