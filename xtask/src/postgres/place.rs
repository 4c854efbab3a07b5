//! Where the private cluster lives.

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    os::unix::fs::MetadataExt,
    path::PathBuf,
};

use anyhow::{Context, Result, bail};

use super::account::Account;
use crate::{progress, workspace::Workspace};

/// `.overture`, or a folder of /var/tmp when the account of PostgreSQL may not enter this checkout (below /root, say).
///
/// # Errors
/// When neither can be made.
pub fn of(workspace: &Workspace, account: Account) -> Result<PathBuf> {
    let inside = workspace.state();
    fs::create_dir_all(&inside).with_context(|| format!("cannot create {}", inside.display()))?;
    if account.reaches(&inside) {
        return Ok(inside);
    }
    let mut hasher = DefaultHasher::new();
    workspace.root.hash(&mut hasher);
    let outside = PathBuf::from(format!("/var/tmp/overture-{:016x}", hasher.finish()));
    fs::create_dir_all(&outside).with_context(|| format!("cannot create {}", outside.display()))?;
    if fs::metadata(&outside)?.uid() != rustix::process::geteuid().as_raw() {
        bail!(
            "{} belongs to somebody else: move this checkout to a folder that others may enter",
            outside.display()
        );
    }
    progress::note(&format!(
        "PostgreSQL may not enter {}, so its cluster is in {}",
        workspace.root.display(),
        outside.display()
    ));
    Ok(outside)
}
