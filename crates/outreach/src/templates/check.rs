use database::brand::Brand;
use domain::view::template::TemplateProblem;
use mail::render::{RenderError, Rendered};

use super::addressee::{Addressee, MARKUP, samples};
use crate::Environment;
use crate::compose::inert_context;

/// Longest source, bytes. A designed mail has about two thousand.
const LARGEST: usize = 60_000;

/// Renders a text for one contact.
pub(super) fn render(
    environment: &Environment,
    brand: &Brand,
    key: &str,
    source: &str,
    addressee: &Addressee,
) -> Result<Rendered, TemplateProblem> {
    let context =
        inert_context(environment, brand, addressee.fields.clone(), addressee.previous_subject.clone());
    let rendered = environment.templates().render_source(&brand.slug, key, source, &context);
    let mail = rendered.map_err(|error| problem(&error))?;
    if mail.html.contains(MARKUP) {
        let text = "A name comes out as markup: leave out the filter \u{201c}safe\u{201d}.";
        return Err(TemplateProblem { line: None, text: text.to_owned() });
    }
    Ok(mail)
}

/// What keeps a text from being a template: it has to do for every sample. Empty: it is sound.
pub(super) fn problems(
    environment: &Environment,
    brand: &Brand,
    key: &str,
    source: &str,
) -> Vec<TemplateProblem> {
    if source.len() > LARGEST {
        let text = format!("The text is longer than {} kB.", LARGEST / 1_000);
        return vec![TemplateProblem { line: None, text }];
    }
    let samples = samples();
    let count = samples.len();
    let mut found: Vec<(TemplateProblem, Vec<&'static str>)> = Vec::new();
    for sample in samples {
        let words = sample.words;
        let Err(problem) = render(environment, brand, key, source, &Addressee::from(sample)) else {
            continue;
        };
        match found.iter_mut().find(|(known, _)| *known == problem) {
            Some((_, whom)) => whom.push(words),
            None => found.push((problem, vec![words])),
        }
    }
    let told = |(problem, whom): (TemplateProblem, Vec<&str>)| {
        if whom.len() == count {
            return problem;
        }
        TemplateProblem {
            text: format!("{} (Contact: {}.)", problem.text, whom.join(", ").to_lowercase()),
            ..problem
        }
    };
    found.into_iter().map(told).collect()
}

/// An error of the renderer without the key, which whoever edits the template knows.
fn problem(error: &RenderError) -> TemplateProblem {
    let text = match error {
        RenderError::Template { reason, .. } => reason.clone(),
        RenderError::Unfit { reason, .. } => format!("the mail isn't fit to be sent: {reason}"),
        RenderError::Subject { .. } | RenderError::UnknownTemplate { .. } => error.to_string(),
    };
    TemplateProblem { line: error.line(), text: sentence(&text) }
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().map(|letter| letter.to_uppercase().collect()).unwrap_or_default();
    let end = if text.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{first}{}{end}", letters.as_str())
}

/// The problems in one line, for a refusal.
pub(super) fn in_words(problems: &[TemplateProblem]) -> String {
    let said = |problem: &TemplateProblem| match problem.line {
        Some(line) => format!("Line {line}: {}", problem.text),
        None => problem.text.clone(),
    };
    problems.iter().map(said).collect::<Vec<_>>().join(" ")
}
