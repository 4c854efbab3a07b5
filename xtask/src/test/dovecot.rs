//! The IMAP server of the tests.

use std::{path::Path, process::Command};

use anyhow::Result;

use crate::{node, process, progress};

/// Sees to it that Dovecot is on this machine: Debian's package, when this is root. Where it can't be had, the tests that
/// read mailboxes fail, each with what to install.
///
/// # Errors
/// When it is not there and cannot be installed.
pub(super) fn ready() -> Result<()> {
    let usual = ["/usr/sbin/dovecot", "/usr/local/sbin/dovecot"];
    if node::on_path("dovecot").is_some() || usual.iter().any(|place| Path::new(place).exists()) {
        return Ok(());
    }
    if rustix::process::geteuid().is_root() && Path::new("/usr/bin/apt-get").exists() {
        return progress::step("Installing Dovecot", || {
            process::quietly(Command::new("apt-get").arg("update"))?;
            process::quietly(Command::new("apt-get").env("DEBIAN_FRONTEND", "noninteractive").args([
                "install",
                "-y",
                "--no-install-recommends",
                "dovecot-imapd",
            ]))
            .map(|_| ())
        });
    }
    anyhow::bail!("Dovecot is missing, and mailboxes are tested against it: apt-get install dovecot-imapd")
}
