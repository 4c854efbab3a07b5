//! wasm-opt, from the npm package `binaryen`: Debian's is too old for what the compiler writes.

use std::fs;

use anyhow::Result;

use super::Front;
use crate::{
    node, process, progress,
    site::{fingerprint, tools},
    workspace::Workspace,
};

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

/// Makes the module as small as wasm-opt can. Without Node.js a warning, and the module stays as it is.
pub(super) fn shrink(workspace: &Workspace, front: &Front) -> Result<()> {
    let module = front.folder.join("overture.wasm");
    let done = front.folder.join("optimised");
    let before = fs::read(&module)?;
    if fs::read_to_string(&done).is_ok_and(|print| print == fingerprint::of(&[&before])) {
        return Ok(());
    }
    let Some(wasm_opt) = tools::find(workspace, "wasm-opt")? else {
        progress::warning("without Node.js there is no wasm-opt: the browser's half stays a little larger");
        return Ok(());
    };
    let smaller = front.folder.join("overture.smaller.wasm");
    progress::step("Shrinking it with wasm-opt", || {
        process::quietly(
            node::command(&wasm_opt).args(PASSES).args(FEATURES).arg(&module).arg("-o").arg(&smaller),
        )
    })?;
    fs::rename(&smaller, &module)?;
    fs::write(done, fingerprint::of(&[&fs::read(&module)?]))?;
    Ok(())
}
