//! Cuts the compiled module at the pages that are loaded on demand (`app/src/pages/on_demand.rs`).
//!
//! The splitter makes a part for each group of pages, and a file for every set of parts that have something in common:
//! hundreds. Here what parts share goes to the main module, unless it is much and few need it, so that a page is one
//! file more, or two.

use std::{
    collections::{BTreeMap, HashSet},
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, anyhow};
use wasm_split_cli_support::{Options, transform};

use super::{Front, sections};

/// Up to this many parts may have a file in common, when its code is at least so long.
const FEW: usize = 3;
const MUCH: usize = 20_000;

/// The splitter's name for the main module.
const MAIN: &str = "main";

/// Which files each part needs, without their ending.
type Parts = BTreeMap<String, Vec<String>>;

/// The module that every page needs, as wasm-bindgen takes it. The parts that pages add go to the folder, with the
/// script that fetches them.
pub(super) fn split(whole: &[u8], folder: &Path) -> Result<Vec<u8>> {
    let trial = folder.join("trial");
    let mut common = HashSet::new();
    // What has moved brings up a little more that is now shared: four times, as a rule.
    loop {
        let before = common.len();
        let parts = cut(&sections::keep_in_main(whole, &common)?, &trial)?;
        for (file, users) in shared(&parts) {
            let bytes = fs::read(wasm(&trial, &file))?;
            if users > FEW || sections::code_size(&bytes)? < MUCH {
                common.extend(sections::defined_functions(&bytes)?);
            }
        }
        fs::remove_dir_all(&trial)?;
        if common.len() == before {
            break;
        }
    }
    let mut parts = cut(&sections::keep_in_main(whole, &common)?, folder)?;
    let mut main =
        fs::read(wasm(folder, MAIN)).context("the browser's half was split without a main module")?;
    fs::remove_file(wasm(folder, MAIN))?;
    for file in shared(&parts).into_keys() {
        let bytes = fs::read(wasm(folder, &file))?;
        // What is left are texts and tables, which no export keeps in the main module.
        if sections::code_size(&bytes)? == 0 {
            main = sections::add_data(&main, &bytes)?;
            fs::remove_file(wasm(folder, &file))?;
            parts.values_mut().for_each(|files| files.retain(|other| *other != file));
        }
    }
    fs::write(folder.join(Front::PARTS), serde_json::to_vec(&parts)?)?;
    fs::write(folder.join(Front::LOADER), loader(&parts)?)?;
    Ok(main)
}

/// What [`split`] did to the main module for the splitter's sake, undone.
pub(super) fn finish(main: &[u8]) -> Result<Vec<u8>> {
    sections::keep_in_main(main, &HashSet::new())
}

fn cut(whole: &[u8], folder: &Path) -> Result<Parts> {
    let loader = format!("./{}", Front::LOADER);
    let main = wasm(folder, MAIN);
    let mut options = Options::new(whole);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.link_name = &loader;
    let split =
        transform(options).map_err(|report| anyhow!("cannot split the browser's half: {report:#}"))?;
    Ok(split.prefetch_map.into_iter().collect())
}

/// The files that more than one part needs, and how many need them.
fn shared(parts: &Parts) -> BTreeMap<String, usize> {
    let mut users = BTreeMap::new();
    for file in parts.values().flatten() {
        *users.entry(file.clone()).or_default() += 1;
    }
    users.retain(|_, users| *users > 1);
    users
}

/// The script that fetches the parts. The splitter's own knows nothing of what has moved.
fn loader(parts: &Parts) -> Result<String> {
    let mut script = include_str!("loader.js").replace("__FILES__", &serde_json::to_string(parts)?);
    for part in parts.keys() {
        script.push_str(&format!("export const __wasm_split_load_{part} = load(\"{part}\");\n"));
    }
    Ok(script)
}

fn wasm(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.wasm"))
}
