//! Formatting and lints.

use anyhow::{Context, Result};

use super::SELECTIONS;
use crate::{front, process, progress, workspace::Workspace};

/// # Errors
/// When a file is not formatted; the differences are on the terminal.
pub(super) fn format(workspace: &Workspace) -> Result<()> {
    progress::step("Formatting", || process::finish(workspace.cargo().args(["fmt", "--all", "--check"])))
        .context("cargo fmt --all would change files")
}

/// # Errors
/// When clippy has a word to say about the native or the browser's code.
pub(super) fn clippy(workspace: &Workspace) -> Result<()> {
    for selection in SELECTIONS {
        progress::step("Lints of the native code", || {
            let mut cargo = workspace.cargo();
            cargo.arg("clippy").args(selection);
            process::finish(cargo.args(["--all-targets", "--", "-D", "warnings"]))
        })
        .context("clippy complains about the native code")?;
    }
    let toolchain = front::target::ready()?;
    progress::step("Lints of the browser's code", || {
        process::finish(front::cargo(workspace, &toolchain, "clippy").args(["--", "-D", "warnings"]))
    })
    .context("clippy complains about the browser's code")
}
