//! The browser's half: Cargo, wasm-bindgen and, for release, wasm-opt.

mod bindgen;
mod optimise;
mod order;
mod sections;
mod snip;
mod split;
pub mod target;

use std::{path::PathBuf, process::Command};

use anyhow::Result;

use crate::{process, progress, site, workspace::Workspace};
use target::Toolchain;

/// The name of the main module and its script, without their ending.
const MAIN: &str = "overture";

/// How much work goes into small and fast code.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Quick to build, for running and testing.
    Quick,
    /// As small as it gets.
    Release,
}

impl Profile {
    fn name(self) -> &'static str {
        match self {
            Self::Quick => "wasm-dev",
            Self::Release => "wasm-release",
        }
    }
}

/// A built browser half.
pub struct Front {
    /// Holds `overture.js`, `overture.wasm` and the snippets they import, and the parts that pages add.
    pub folder: PathBuf,
}

impl Front {
    /// The script that fetches the parts.
    pub const LOADER: &str = "__wasm_split.js";
    /// Which parts a page needs.
    pub const PARTS: &str = "__wasm_split_manifest.json";

    /// The modules: the main one and the parts.
    fn modules(&self) -> Result<Vec<PathBuf>> {
        let mut files = site::files(&self.folder)?;
        files.retain(|file| file.extension().is_some_and(|ending| ending == "wasm"));
        Ok(files)
    }

    /// The names of the parts, without their ending.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn parts(&self) -> Result<Vec<String>> {
        let modules = self.modules()?;
        let names = modules.iter().filter_map(|module| module.file_stem()?.to_str());
        Ok(names.filter(|name| *name != MAIN).map(str::to_owned).collect())
    }
}

/// Cargo's part of the build, to be run by the caller.
#[must_use]
pub fn cargo_build(workspace: &Workspace, toolchain: &Toolchain, profile: Profile) -> Command {
    let mut cargo = cargo(workspace, toolchain, "build");
    cargo.args(["--lib", "--profile", profile.name()]);
    cargo
}

/// Makes what Cargo compiled loadable by a browser.
///
/// # Errors
/// When wasm-bindgen or wasm-opt fails.
pub fn bind(workspace: &Workspace, profile: Profile) -> Result<Front> {
    let compiled = workspace.front_target().join(target::NAME).join(profile.name()).join("frontend.wasm");
    let folder = workspace.front_target().join("bindgen").join(profile.name());
    let front = bindgen::bind(&compiled, folder, profile)?;
    if profile == Profile::Release {
        optimise::shrink(workspace, &front)?;
    }
    Ok(front)
}

/// Compiles the crate `frontend` alone and makes it loadable by a browser.
///
/// # Errors
/// When the wasm target is missing and cannot be installed, or a tool fails.
pub fn build(workspace: &Workspace, profile: Profile) -> Result<Front> {
    let toolchain = target::ready()?;
    progress::step("Compiling the browser's half", || {
        process::finish(&mut cargo_build(workspace, &toolchain, profile))
    })?;
    bind(workspace, profile)
}

/// A Cargo command on the crate `frontend` for the browser.
#[must_use]
pub fn cargo(workspace: &Workspace, toolchain: &Toolchain, command: &str) -> Command {
    let mut cargo = toolchain.cargo(workspace);
    cargo
        .args([command, "--package", "frontend", "--target", target::NAME, "--target-dir"])
        .arg(workspace.front_target());
    cargo
}
