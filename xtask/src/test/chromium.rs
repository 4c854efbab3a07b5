//! The browser of the tests.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Result, bail};

use crate::{node, process, progress};

/// Chromium or Chrome: `OVERTURE_CHROMIUM`, else one on this machine, else Debian's package when this is root.
///
/// # Errors
/// When there is none and it cannot be installed.
pub(super) fn ready() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os("OVERTURE_CHROMIUM") {
        return Ok(named.into());
    }
    if let Some(found) = on_machine() {
        return Ok(found);
    }
    if rustix::process::geteuid().is_root() && Path::new("/usr/bin/apt-get").exists() {
        progress::step("Installing Chromium", || {
            process::quietly(Command::new("apt-get").arg("update"))?;
            process::quietly(
                Command::new("apt-get")
                    .env("DEBIAN_FRONTEND", "noninteractive")
                    .args(["install", "-y", "chromium"]),
            )
        })?;
        if let Some(found) = on_machine() {
            return Ok(found);
        }
    }
    bail!(
        "Chromium is missing: install it (Debian: apt-get install chromium), or set OVERTURE_CHROMIUM to its path"
    )
}

fn on_machine() -> Option<PathBuf> {
    let mac = PathBuf::from("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
    ["chromium", "chromium-browser", "google-chrome"]
        .iter()
        .find_map(|name| node::on_path(name))
        .or_else(|| mac.exists().then_some(mac))
}
