//! Packages that must not be built: a second TLS provider, C database clients, a second database layer.

use anyhow::{Result, bail};

use crate::{node, process, progress, workspace::Workspace};

/// As in deny.toml, for machines without cargo-deny.
const BANNED: [&str; 8] =
    ["openssl", "openssl-sys", "native-tls", "aws-lc-rs", "aws-lc-sys", "pq-sys", "sqlx", "sqlx-core"];

/// # Errors
/// When a banned package is in the build, or cargo-deny, where it is installed, complains.
pub(super) fn check(workspace: &Workspace) -> Result<()> {
    let tree = process::quietly(workspace.cargo().args([
        "tree",
        "--workspace",
        "--edges",
        "normal,build",
        "--prefix",
        "none",
        "--format",
        "{p}",
    ]))?;
    if let Some(found) = banned(&tree) {
        bail!("{found} must not be in the build; `cargo tree --invert {found}` tells who brings it");
    }
    if node::on_path("cargo-deny").is_none() {
        progress::note("cargo-deny is not installed: licences and sources are not checked");
        return Ok(());
    }
    process::quietly(workspace.cargo().args(["deny", "check", "bans", "licenses", "sources"])).map(|_| ())
}

fn banned(tree: &str) -> Option<&'static str> {
    tree.lines()
        .filter_map(|line| line.split_whitespace().next())
        .find_map(|name| BANNED.into_iter().find(|banned| *banned == name))
}

#[cfg(test)]
mod tests {
    use super::banned;

    #[test]
    fn a_banned_package_is_found_by_its_whole_name() {
        assert_eq!(banned("anyhow v1.0.104\nopenssl v0.10.0\n"), Some("openssl"));
        assert_eq!(banned("openssl-probe v0.2.0\nrustls v0.23.46"), None);
    }
}
