//! The static files that the server serves: the browser's half, the style sheet and what is in `public/`.

pub mod compress;
pub mod fingerprint;
pub mod first_load;
mod package;
mod style;
pub mod tools;

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use crate::{front::Front, workspace::Workspace};

/// Fills `target/site`. File names in `pkg` carry a fingerprint, which the server reads from `hash.txt`.
///
/// # Errors
/// When a file can be neither read nor written.
pub fn assemble(workspace: &Workspace, front: &Front) -> Result<()> {
    write(workspace, front, style::joined(workspace)?)
}

/// As [`assemble`], with a minified style sheet where there is Node.js.
///
/// # Errors
/// As [`assemble`], and when the minifier refuses the style sheet.
pub fn assemble_small(workspace: &Workspace, front: &Front) -> Result<()> {
    write(workspace, front, style::minified(workspace)?)
}

fn write(workspace: &Workspace, front: &Front, css: String) -> Result<()> {
    let site = workspace.site();
    // Beside and then swapped in, so that a running server always finds a whole set of files.
    let next = workspace.target().join("site.next");
    let previous = workspace.target().join("site.previous");
    remove(&next)?;
    copy(&workspace.path("public"), &next)?;
    let package = next.join("pkg");
    fs::create_dir_all(&package)?;
    let hashes = package::fill(&package, front, css)?;
    fs::write(next.join("hash.txt"), hashes)?;
    remove(&previous)?;
    if site.exists() {
        fs::rename(&site, &previous)?;
    }
    fs::rename(&next, &site).with_context(|| format!("cannot write {}", site.display()))?;
    remove(&previous)
}

/// Every file below the folder.
///
/// # Errors
/// When a folder cannot be read.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("cannot create {}", to.display()))?;
    for file in files(from)? {
        let target = to.join(file.strip_prefix(from)?);
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::copy(&file, &target).with_context(|| format!("cannot write {}", target.display()))?;
    }
    Ok(())
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    Ok(())
}
