//! Copies of the static files that a browser can take without the server compressing them each time.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    thread,
};

use anyhow::{Context, Result};
use flate2::{Compression, write::GzEncoder};

use super::files;

/// Below this a compressed copy saves no packet.
const WORTHWHILE: usize = 1024;

/// Writes `.br` and `.gz` beside every text and wasm file, and returns the files with their sizes in bytes:
/// plain, gzip, brotli.
///
/// # Errors
/// When a file can be neither read nor written.
pub fn all(site: &Path) -> Result<Vec<(PathBuf, [usize; 3])>> {
    let wanted: Vec<PathBuf> = files(site)?.into_iter().filter(|file| is_compressible(file)).collect();
    thread::scope(|scope| {
        let works: Vec<_> = wanted.iter().map(|file| scope.spawn(move || one(file))).collect();
        let mut sizes = Vec::new();
        for (file, work) in wanted.iter().zip(works) {
            let size =
                work.join().map_err(|_| anyhow::anyhow!("compressing {} panicked", file.display()))??;
            sizes.extend(size.map(|size| (file.clone(), size)));
        }
        Ok(sizes)
    })
}

fn one(file: &Path) -> Result<Option<[usize; 3]>> {
    let plain = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    if plain.len() < WORTHWHILE {
        return Ok(None);
    }
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(&plain)?;
    let gzip = gzip.finish()?;
    let mut brotli = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 24, ..Default::default() };
    brotli::BrotliCompress(&mut plain.as_slice(), &mut brotli, &parameters)?;
    for (ending, bytes) in [("gz", &gzip), ("br", &brotli)] {
        let mut name = file.as_os_str().to_owned();
        name.push(format!(".{ending}"));
        fs::write(&name, bytes)?;
    }
    Ok(Some([plain.len(), gzip.len(), brotli.len()]))
}

fn is_compressible(file: &Path) -> bool {
    let ending = file.extension().and_then(|ending| ending.to_str());
    matches!(ending, Some("js" | "wasm" | "css" | "svg" | "json" | "webmanifest" | "txt" | "html"))
        && file.file_name().is_some_and(|name| name != "hash.txt")
}
