//! What only the web server reads from its environment.

use std::net::SocketAddr;

use anyhow::Context;
use leptos::config::LeptosOptions;

/// Where to listen and where the browser's files are.
#[derive(Debug, Clone)]
pub struct WebConfig {
    /// `OVERTURE_ADDR`.
    pub address: SocketAddr,
    /// `OVERTURE_SITE_ROOT`: what `cargo xtask` built for the browser.
    pub site_root: String,
}

impl WebConfig {
    /// # Errors
    /// When `OVERTURE_ADDR` is no address.
    pub fn from_environment() -> anyhow::Result<Self> {
        let address = std::env::var("OVERTURE_ADDR").unwrap_or_else(|_| "127.0.0.1:3000".to_owned());
        Ok(Self {
            address: address
                .parse()
                .with_context(|| format!("OVERTURE_ADDR={address} is no address like 127.0.0.1:3000"))?,
            site_root: std::env::var("OVERTURE_SITE_ROOT").unwrap_or_else(|_| "target/site".to_owned()),
        })
    }

    /// The same for Leptos. File names carry hashes when `hash.txt` is there.
    ///
    /// # Errors
    /// When the working directory is gone.
    pub fn leptos(&self) -> anyhow::Result<LeptosOptions> {
        let hashes = std::path::absolute(&self.site_root)?.join("hash.txt");
        Ok(LeptosOptions::builder()
            .output_name("overture")
            .site_root(self.site_root.clone())
            .site_pkg_dir("pkg")
            .site_addr(self.address)
            .hash_files(hashes.exists())
            .hash_file(hashes.to_string_lossy().into())
            .build())
    }
}
