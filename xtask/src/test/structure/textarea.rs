//! Leptos 0.8 does not escape what stands inside `<textarea>`: text from outside would become markup. One component
//! takes care of that, and nothing else may write the element.

use std::fs;

use anyhow::{Result, bail};

use crate::{site, workspace::Workspace};

/// # Errors
/// When more than one file of the application writes the element.
pub(super) fn check(workspace: &Workspace) -> Result<()> {
    let mut places = Vec::new();
    for file in site::files(&workspace.path("app/src"))? {
        let count = fs::read_to_string(&file)?.lines().filter(|line| writes_it(line)).count();
        let shown = file.strip_prefix(&workspace.root).unwrap_or(&file).display().to_string();
        if file.file_stem().is_some_and(|stem| stem == "text_area" || stem == "textarea") {
            continue;
        }
        if count > 0 {
            places.push(shown);
        }
    }
    if places.is_empty() {
        return Ok(());
    }
    bail!("use the TextArea component instead of a bare <textarea in {}", places.join(", "))
}

fn writes_it(line: &str) -> bool {
    line.contains("<textarea") && !line.trim_start().starts_with("//")
}

#[cfg(test)]
mod tests {
    use super::writes_it;

    #[test]
    fn the_element_counts_and_a_comment_about_it_does_not() {
        assert!(writes_it("        <textarea name=\"note\">{text}</textarea>"));
        assert!(!writes_it("/// The only <textarea> of the application."));
        assert!(!writes_it("<TextArea name=\"note\"/>"));
    }
}
