//! The style sheet: the files that `style/main.css` imports, joined in its order.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};

use super::tools;
use crate::{node, process, progress, workspace::Workspace};

/// One style sheet out of all.
pub(super) fn joined(workspace: &Workspace) -> Result<String> {
    let mut css = String::new();
    join(&workspace.path("style/main.css"), &mut css)?;
    Ok(css)
}

/// One minified style sheet; without Node.js it is only joined.
pub(super) fn minified(workspace: &Workspace) -> Result<String> {
    let css = joined(workspace)?;
    let Some(lightningcss) = tools::find(workspace, "lightningcss")? else {
        return Ok(css);
    };
    progress::step("Minifying the style sheet", || {
        let whole = workspace.target().join("overture.css");
        fs::write(&whole, css)?;
        process::quietly(node::command(&lightningcss).arg("--minify").arg(&whole))
    })
}

fn join(file: &Path, css: &mut String) -> Result<()> {
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    for line in text.lines() {
        let Some((name, layer)) = import(line) else {
            css.push_str(line);
            css.push('\n');
            continue;
        };
        let Some(folder) = file.parent() else { bail!("{} is in no folder", file.display()) };
        if let Some(layer) = layer {
            css.push_str(&format!("@layer {layer} {{\n"));
        }
        join(&folder.join(name), css)?;
        if layer.is_some() {
            css.push_str("}\n");
        }
    }
    Ok(())
}

/// The file and the layer of `@import "board.css" layer(board);` or `@import url("board.css");`.
fn import(line: &str) -> Option<(&str, Option<&str>)> {
    let rest = line.trim().strip_prefix("@import")?.trim_start().trim_start_matches("url(");
    let quote = rest.chars().next().filter(|first| matches!(first, '"' | '\''))?;
    let (name, rest) = rest[1..].split_once(quote)?;
    let layer = rest.split_once("layer(").and_then(|(_, rest)| rest.split_once(')')).map(|(layer, _)| layer);
    (!name.contains("://")).then_some((name, layer))
}

#[cfg(test)]
mod tests {
    use super::import;

    #[test]
    fn imports_name_a_file_and_perhaps_a_layer() {
        assert_eq!(import("@import \"board.css\";"), Some(("board.css", None)));
        assert_eq!(import("  @import url('a/b.css') layer(pages);"), Some(("a/b.css", Some("pages"))));
        assert_eq!(import("@import url(\"https://fonts.test/x.css\");"), None);
        assert_eq!(import(".import { color: red }"), None);
    }
}
