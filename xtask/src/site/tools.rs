//! Build tools that exist as npm packages only.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result};

use crate::{node, workspace::Workspace};

/// A tool of `xtask/tools/package.json`, installed when it is missing; none without Node.js.
///
/// # Errors
/// When npm fails.
pub fn find(workspace: &Workspace, name: &str) -> Result<Option<PathBuf>> {
    if node::npm().is_none() {
        return Ok(None);
    }
    let folder = workspace.state().join("tools");
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    for file in ["package.json", "package-lock.json"] {
        let source = workspace.path("xtask/tools").join(file);
        fs::copy(&source, folder.join(file)).with_context(|| format!("cannot copy {}", source.display()))?;
    }
    node::install(&folder)?;
    Ok(Some(folder.join("node_modules/.bin").join(name)))
}
