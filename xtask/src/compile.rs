//! Compiles the binaries and the browser's half at the same time: each ends in one long crate that keeps only one
//! core busy.

use std::{
    path::PathBuf,
    process::{Command, Stdio},
    thread,
};

use anyhow::{Context, Result, anyhow, bail};

use crate::{
    endings,
    front::{self, Front},
    process, progress, site,
    workspace::Workspace,
};

/// The profile's folder below the target folder.
pub const DEBUG: &str = "debug";

/// Builds what a demo needs, quickly, and puts the static files in place.
///
/// # Errors
/// When something does not compile; the compiler's words are on the terminal.
pub fn quick(workspace: &Workspace) -> Result<()> {
    // The same selection of packages as for the tests, so that Cargo compiles the dependencies once for both.
    let mut native = workspace.cargo();
    native.args(["build", "--bins"]);
    let front = both(workspace, native, front::Profile::Quick)?;
    site::assemble(workspace, &front)
}

/// Builds the optimised server and worker and the browser's half.
///
/// # Errors
/// As [`quick`].
pub fn release(workspace: &Workspace) -> Result<Front> {
    let mut native = workspace.cargo();
    native.args(["build", "--release", "--package", "server", "--package", "worker"]);
    both(workspace, native, front::Profile::Release)
}

fn both(workspace: &Workspace, mut native: Command, profile: front::Profile) -> Result<Front> {
    let toolchain = front::target::ready()?;
    let front = front::cargo_build(workspace, &toolchain, profile);
    thread::scope(|scope| {
        let front = scope.spawn(move || silently(front));
        let native =
            progress::step("Compiling the server, the worker and, beside them, the browser's half", || {
                process::finish(&mut native)
            });
        let front = progress::step("Waiting for the browser's half", || {
            front.join().map_err(|_| anyhow!("the build of the browser's half panicked"))?
        });
        native.and(front)
    })?;
    endings::check()?;
    front::bind(workspace, profile)
}

/// Two progress bars on one terminal would overwrite each other, so this build speaks only when it fails.
fn silently(mut cargo: Command) -> Result<()> {
    let output = cargo.stdin(Stdio::null()).output().context("cannot start cargo")?;
    if output.status.success() {
        return Ok(());
    }
    bail!("the browser's half does not compile\n{}", String::from_utf8_lossy(&output.stderr))
}

/// A binary that [`quick`] built.
#[must_use]
pub fn binary(workspace: &Workspace, name: &str) -> PathBuf {
    workspace.target().join(DEBUG).join(name)
}
