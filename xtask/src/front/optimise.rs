//! wasm-opt, from the npm package `binaryen` (Debian's is too old for what the compiler writes), and our own order.

use std::fs;

use anyhow::Result;

use super::{Front, order};
use crate::{node, process, progress, site::tools, workspace::Workspace};

/// What counts is the size on the wire. Inlining and shared sub-expressions make the module shorter, but less alike in
/// itself: measured with brotli, the module with them is a tenth larger, and larger than without wasm-opt.
const PASSES: [&str; 3] = ["-Oz", "--skip-pass=inlining-optimizing", "--skip-pass=local-cse"];

/// What the compiler uses today and every current browser has.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Makes the modules as small as they get. Without Node.js there is a warning, and only their order changes.
pub(super) fn shrink(workspace: &Workspace, front: &Front) -> Result<()> {
    let done = front.folder.join("optimised");
    if done.exists() {
        return Ok(());
    }
    let wasm_opt = tools::find(workspace, "wasm-opt")?;
    if wasm_opt.is_none() {
        progress::warning("without Node.js there is no wasm-opt: the browser's half stays a little larger");
    }
    progress::step("Shrinking it", || {
        for module in front.modules()? {
            if let Some(wasm_opt) = &wasm_opt {
                let smaller = module.with_extension("smaller");
                process::quietly(
                    node::command(wasm_opt).args(PASSES).args(FEATURES).arg(&module).arg("-o").arg(&smaller),
                )?;
                fs::rename(&smaller, &module)?;
            }
            fs::write(&module, order::by_likeness(&fs::read(&module)?)?)?;
        }
        Ok(fs::write(done, "")?)
    })
}
