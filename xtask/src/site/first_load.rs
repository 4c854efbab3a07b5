//! How much wasm a browser fetches for its first page.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use super::files;
use crate::front::Front;

/// Bytes of brotli for a page of each part, the least first. Nothing before `cargo xtask build` has compressed the files.
///
/// # Errors
/// When a file cannot be read.
pub fn sizes(site: &Path) -> Result<Vec<(String, u64)>> {
    let package = site.join("pkg");
    if !package.is_dir() {
        return Ok(Vec::new());
    }
    let all = files(&package)?;
    let (Some(main), Some(parts)) =
        (find(&all, "overture.", ".wasm.br"), find(&all, stem(Front::PARTS), ".json"))
    else {
        return Ok(Vec::new());
    };
    let parts: BTreeMap<String, Vec<String>> = serde_json::from_slice(&fs::read(parts)?)?;
    let mut sizes = Vec::new();
    for (part, files) in parts {
        let mut bytes = size(main)?;
        for file in files {
            let compressed = package.join(format!("{file}.wasm.br"));
            // What is not worth compressing has no compressed copy.
            let sent = if compressed.exists() { compressed } else { compressed.with_extension("") };
            bytes += size(&sent)?;
        }
        sizes.push((part, bytes));
    }
    sizes.sort_by_key(|(_, bytes)| *bytes);
    Ok(sizes)
}

fn stem(name: &str) -> &str {
    name.split_once('.').map_or(name, |(stem, _)| stem)
}

fn find<'a>(all: &'a [PathBuf], start: &str, end: &str) -> Option<&'a PathBuf> {
    all.iter().find(|file| {
        file.file_name()
            .and_then(|name| name.to_str())
            .is_some_and(|name| name.starts_with(start) && name.ends_with(end))
    })
}

fn size(file: &Path) -> Result<u64> {
    Ok(fs::metadata(file).with_context(|| format!("cannot read {}", file.display()))?.len())
}
