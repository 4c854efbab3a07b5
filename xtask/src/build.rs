//! `cargo xtask build`.

use std::fs;

use anyhow::Result;

use crate::{
    compile,
    front::Front,
    progress,
    site::{self, compress, first_load},
    workspace::Workspace,
};

/// Builds everything optimised and prints the sizes.
///
/// # Errors
/// When something does not build.
pub fn build(workspace: &Workspace) -> Result<()> {
    static_files(workspace, &compile::release(workspace)?)?;
    println!();
    for name in ["server", "worker"] {
        let binary = workspace.target().join("release").join(name);
        let size = kilobytes(fs::metadata(&binary)?.len() as usize);
        println!("  {:<48} {size:>10}", binary.display().to_string());
    }
    Ok(())
}

/// Puts the optimised static files and their compressed copies in place and prints the sizes.
///
/// # Errors
/// When a file can be neither read nor written.
pub fn static_files(workspace: &Workspace, front: &Front) -> Result<()> {
    site::assemble_small(workspace, front)?;
    let sizes = progress::step("Compressing the static files", || compress::all(&workspace.site()))?;
    println!("\n  {:<48} {:>10} {:>10} {:>10}", "static file, kB", "plain", "gzip", "brotli");
    for (file, bytes) in &sizes {
        let name = file.strip_prefix(workspace.site()).unwrap_or(file).display().to_string();
        let [plain, gzip, brotli] = bytes.map(kilobytes);
        println!("  {name:<48} {plain:>10} {gzip:>10} {brotli:>10}");
    }
    println!("\n  {:<48} {:>32}", "wasm of a first page, kB", "brotli");
    for (part, bytes) in first_load::sizes(&workspace.site())? {
        println!("  {part:<48} {:>32}", kilobytes(usize::try_from(bytes)?));
    }
    Ok(())
}

fn kilobytes(bytes: usize) -> String {
    format!("{}.{}", bytes / 1000, bytes % 1000 / 100)
}
