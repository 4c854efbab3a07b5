//! The wasm target: rustup's, else Debian's compiler for the web.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Result, bail};

use crate::{node, process, progress, workspace::Workspace};

/// The target's name.
pub const NAME: &str = "wasm32-unknown-unknown";

const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_PACKAGES: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "lld-22"];
const DEBIAN_LINKER: &str = "/usr/lib/llvm-22/bin/wasm-ld";

/// A compiler that can compile for the browser.
pub enum Toolchain {
    /// The one this xtask was built with.
    Ordinary,
    /// Debian's, which brings the standard library as source and builds it too.
    Debian,
}

impl Toolchain {
    /// Cargo, started in the top folder.
    pub fn cargo(&self, workspace: &Workspace) -> Command {
        match self {
            Self::Ordinary => workspace.cargo(),
            Self::Debian => {
                let mut cargo = Command::new(DEBIAN_CARGO);
                cargo
                    .current_dir(&workspace.root)
                    .env("RUSTC", DEBIAN_RUSTC)
                    .env("RUSTC_BOOTSTRAP", "1")
                    .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", DEBIAN_LINKER)
                    .arg("-Zbuild-std=std,panic_abort");
                cargo
            }
        }
    }
}

/// A compiler for the target, installed when it is missing.
///
/// # Errors
/// When it is missing and can be installed in no way; the message says what to do.
pub fn ready() -> Result<Toolchain> {
    if is_installed() {
        return Ok(Toolchain::Ordinary);
    }
    if node::on_path("rustup").is_some() {
        let added = progress::step("Installing the wasm target", || {
            process::quietly(Command::new("rustup").args(["target", "add", NAME]))
        });
        match added {
            Ok(_) if is_installed() => return Ok(Toolchain::Ordinary),
            Ok(_) => progress::warning("rustup added the target for another toolchain than the one in use"),
            Err(error) => progress::warning(&format!("{error:#}")),
        }
    }
    if !has_debian_toolchain()
        && rustix::process::geteuid().is_root()
        && Path::new("/usr/bin/apt-get").exists()
    {
        let _ = progress::step("Installing Debian's Rust compiler for the web", install_debian_toolchain)
            .inspect_err(|error| progress::warning(&format!("{error:#}")));
    }
    if has_debian_toolchain() {
        progress::note(
            "using Debian's Rust compiler for the browser's half; its standard library is built first",
        );
        return Ok(Toolchain::Debian);
    }
    bail!(
        "the Rust target {NAME} is missing: `rustup target add {NAME}`, or on Debian `apt-get install {}`",
        DEBIAN_PACKAGES.join(" ")
    )
}

fn is_installed() -> bool {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let Ok(folder) =
        process::quietly(Command::new(rustc).args(["--print", "target-libdir", "--target", NAME]))
    else {
        return false;
    };
    std::fs::read_dir(PathBuf::from(folder.trim())).is_ok_and(|files| {
        files.flatten().any(|file| file.file_name().to_string_lossy().starts_with("libcore-"))
    })
}

fn has_debian_toolchain() -> bool {
    [DEBIAN_RUSTC, DEBIAN_CARGO, DEBIAN_LINKER].iter().all(|file| Path::new(file).exists())
}

fn install_debian_toolchain() -> Result<()> {
    process::quietly(Command::new("apt-get").arg("update"))?;
    process::quietly(
        Command::new("apt-get")
            .env("DEBIAN_FRONTEND", "noninteractive")
            .args(["install", "-y", "--no-install-recommends"])
            .args(DEBIAN_PACKAGES),
    )?;
    Ok(())
}
