//! `cargo xtask screenshots`.

use std::net::SocketAddr;

use anyhow::Result;

use crate::{
    compile,
    demo::{self, Demo},
    endings,
    guard::Guard,
    port,
    postgres::Postgres,
    process, progress, secret, test,
    workspace::Workspace,
};

/// Starts a fresh demo and photographs its pages into docs/screenshots.
///
/// # Errors
/// When the demo does not start or a page does not look as expected.
pub fn take(workspace: &Workspace) -> Result<()> {
    endings::listen()?;
    let mut guard = Guard::post()?;
    let mut playwright = test::playwright(workspace)?;
    compile::quick(workspace)?;
    let postgres = Postgres::scratch(workspace, &mut guard)?;
    let address = SocketAddr::from(([127, 0, 0, 1], port::free()?));
    let secret = secret::kept_in(&workspace.state().join("secret"))?;
    let logs = workspace.target().join("screenshots-logs");
    let demo = Demo::new(workspace, postgres.urls.clone(), address, secret, Some(logs));
    demo.prepare()?;
    let running = demo.start(&mut guard)?;
    playwright
        .args(["--config", "playwright.screenshots.config.ts", "--reporter=list"])
        .env("OVERTURE_URL", demo.url())
        .env("OVERTURE_PASSWORD", demo::PASSWORD);
    progress::step("Photographing", || process::finish(&mut playwright))?;
    drop(running);
    progress::note("docs/screenshots is up to date");
    Ok(())
}
