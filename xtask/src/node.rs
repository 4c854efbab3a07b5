//! Node.js and npm, for the tools that only exist there.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::{process, progress};

/// npm, if this machine has it.
#[must_use]
pub fn npm() -> Option<PathBuf> {
    on_path("npm")
}

/// A program on the PATH.
#[must_use]
pub fn on_path(name: &str) -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}

/// A command that downloads no browser and says nothing about newer versions.
#[must_use]
pub fn command(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1").env("npm_config_update_notifier", "false");
    command
}

/// Installs what the folder's lock file names, unless that is there already.
///
/// # Errors
/// When there is no npm, or it fails.
pub fn install(folder: &Path) -> Result<()> {
    let lock = folder.join("package-lock.json");
    let wanted = fs::read(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
    let installed = folder.join("node_modules/.installed-lock.json");
    if fs::read(&installed).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    let npm = npm().context("Node.js with npm is needed: install it (Debian: nodejs npm)")?;
    progress::step(&format!("Installing the npm packages of {}", folder.display()), || {
        process::quietly(command(&npm).args(["ci", "--no-audit", "--no-fund"]).current_dir(folder))
    })?;
    fs::write(&installed, wanted).with_context(|| format!("cannot write {}", installed.display()))
}
