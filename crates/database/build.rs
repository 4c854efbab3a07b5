//! Rebuilds the crate when a migration changes, which the embedding macro doesn't notice by itself.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

fn main() -> std::io::Result<()> {
    let folder = Path::new("../../migrations");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut texts = BTreeMap::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path().join("up.sql");
        if path.exists() {
            println!("cargo::rerun-if-changed={}", path.display());
            texts.insert(path.clone(), std::fs::read_to_string(&path)?);
        }
    }
    let mut hasher = DefaultHasher::new();
    texts.hash(&mut hasher);
    println!("cargo::rustc-env=MIGRATIONS_CHECKSUM={:016x}", hasher.finish());
    Ok(())
}
