//! `cargo xtask db`.

use std::time::Duration;

use anyhow::Result;

use super::Postgres;
use crate::{endings, guard::Guard, progress, workspace::Workspace};

/// Starts the private cluster and keeps it until Ctrl-C.
///
/// # Errors
/// When the cluster does not start.
pub fn serve(workspace: &Workspace) -> Result<()> {
    endings::listen()?;
    let mut guard = Guard::post()?;
    let postgres = Postgres::ready(workspace, &mut guard)?;
    println!("DATABASE_URL={}", postgres.urls.owner);
    if let Some(application) = &postgres.urls.application {
        println!("APP_DATABASE_URL={application}");
    }
    progress::note("Ctrl-C stops it, unless `cargo xtask run` uses it.");
    while !endings::requested() {
        std::thread::sleep(Duration::from_millis(100));
    }
    Ok(())
}
