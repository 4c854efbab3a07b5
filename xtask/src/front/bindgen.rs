//! wasm-bindgen, as a library.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use super::{Front, Profile, snip, split};
use crate::{progress, site::fingerprint};

/// Writes the module and its JavaScript to the folder, unless they are there already.
pub(super) fn bind(compiled: &Path, folder: PathBuf, profile: Profile) -> Result<Front> {
    let bytes = fs::read(compiled).with_context(|| format!("cannot read {}", compiled.display()))?;
    let print = fingerprint::of(&[&bytes]);
    let stamp = folder.join("stamp");
    if fs::read_to_string(&stamp).is_ok_and(|stamp| stamp == print) {
        return Ok(Front { folder });
    }
    progress::step("Binding it to JavaScript", || {
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        let main = split::split(&snip::snip(&bytes)?, &folder)?;
        Bindgen::new()
            .input_bytes("overture", main)
            .out_name("overture")
            .web(true)?
            .typescript(false)
            .demangle(false)
            // The parts import the stack pointer and its like from the main module.
            .keep_lld_exports(true)
            .omit_default_module_path(true)
            .remove_name_section(profile == Profile::Release)
            .remove_producers_section(true)
            .generate(&folder)?;
        // Leptos's hydration script asks for this name.
        let main = folder.join("overture_bg.wasm");
        fs::write(folder.join("overture.wasm"), split::finish(&fs::read(&main)?)?)?;
        fs::remove_file(main)?;
        fs::write(&stamp, print)?;
        Ok(())
    })?;
    Ok(Front { folder })
}
