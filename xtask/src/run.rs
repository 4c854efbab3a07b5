//! `cargo xtask run`.

use std::{
    fs::{self, File, TryLockError},
    time::Instant,
};

use anyhow::{Context, Result, bail};

use crate::{
    compile,
    demo::{self, Demo},
    endings,
    guard::Guard,
    postgres::Postgres,
    progress, secret,
    workspace::Workspace,
};

/// Sets everything up, starts it, and keeps it until Ctrl-C or SIGTERM.
///
/// # Errors
/// When a prerequisite is missing, something does not build, or a process ends by itself.
pub fn run(workspace: &Workspace) -> Result<()> {
    let start = Instant::now();
    endings::listen()?;
    let _only = only_one(workspace)?;
    let mut guard = Guard::post()?;
    let postgres = Postgres::ready(workspace, &mut guard)?;
    compile::quick(workspace)?;
    let demo = demo_of(workspace, &postgres)?;
    demo.prepare()?;
    let mut running = demo.start(&mut guard)?;
    greet(workspace, &demo, start);
    running.until_asked_to_end()?;
    eprintln!();
    progress::step("Stopping", || {
        drop(running);
        drop(postgres);
        Ok(())
    })
}

/// The demo of this checkout.
///
/// # Errors
/// When there is no free address or no secret can be kept.
pub fn demo_of(workspace: &Workspace, postgres: &Postgres) -> Result<Demo> {
    let secret = match std::env::var("OVERTURE_SECRET") {
        Ok(secret) => secret,
        Err(_) => secret::kept_in(&workspace.state().join("secret"))?,
    };
    Ok(Demo::new(
        workspace,
        postgres.urls.clone(),
        demo::address()?,
        secret,
        Some(workspace.state().join("log")),
    ))
}

/// Keeps a second run out of this checkout.
///
/// # Errors
/// When one is there already.
pub fn only_one(workspace: &Workspace) -> Result<File> {
    fs::create_dir_all(workspace.state())
        .with_context(|| format!("cannot create {}", workspace.state().display()))?;
    let lock =
        File::options().create(true).truncate(false).write(true).open(workspace.state().join("run.lock"))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => {
            bail!("Overture already runs from this checkout; end that one first (Ctrl-C)")
        }
        Err(TryLockError::Error(error)) => Err(error).context("cannot lock .overture/run.lock"),
    }
}

/// Says where to find the demo and how to sign in.
pub fn greet(workspace: &Workspace, demo: &Demo, start: Instant) {
    println!("\n  Overture is at {}   (ready after {})\n", demo.url(), progress::seconds(start.elapsed()));
    println!("  Sign in with the password {}:", demo::PASSWORD);
    for (address, sight) in demo::SIGN_INS {
        println!("    {address:<26} {sight}");
    }
    println!("\n  Logs are in {}. Ctrl-C stops everything.", workspace.state().join("log").display());
}
