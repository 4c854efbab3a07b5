//! Where things are in this checkout.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// This checkout.
pub struct Workspace {
    /// The top folder.
    pub root: PathBuf,
}

impl Workspace {
    /// The checkout that Cargo started this in, else the one that it was built from.
    #[must_use]
    pub fn find() -> Self {
        let manifest =
            std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let manifest = Path::new(&manifest);
        Self { root: manifest.parent().unwrap_or(manifest).to_path_buf() }
    }

    /// A path below the top folder.
    #[must_use]
    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// Where Cargo puts native artefacts.
    #[must_use]
    pub fn target(&self) -> PathBuf {
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| self.path("target"), |dir| self.root.join(dir))
    }

    /// Where Cargo puts the browser's artefacts: apart, so that neither build invalidates the other.
    #[must_use]
    pub fn front_target(&self) -> PathBuf {
        self.target().join("front")
    }

    /// What the server serves as static files.
    #[must_use]
    pub fn site(&self) -> PathBuf {
        self.target().join("site")
    }

    /// What a run keeps between starts: the cluster, the secret, logs, downloaded tools.
    #[must_use]
    pub fn state(&self) -> PathBuf {
        self.path(".overture")
    }

    /// Cargo, started in the top folder.
    #[must_use]
    pub fn cargo(&self) -> Command {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.current_dir(&self.root);
        cargo
    }
}
