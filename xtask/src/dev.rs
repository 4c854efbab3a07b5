//! `cargo xtask dev`.

mod changes;

use std::{thread, time::Instant};

use anyhow::Result;

use crate::{
    compile,
    demo::Demo,
    endings,
    front::{self, Profile},
    guard::Guard,
    postgres::Postgres,
    progress, run, site,
    workspace::Workspace,
};
use changes::{Change, POLL, Watch};

/// As [`run::run`], and after each change builds again and, when that worked, restarts.
///
/// # Errors
/// When a prerequisite is missing or the first build fails; later failures are shown and waited out.
pub fn dev(workspace: &Workspace) -> Result<()> {
    let start = Instant::now();
    endings::listen()?;
    let _only = run::only_one(workspace)?;
    let mut guard = Guard::post()?;
    let postgres = Postgres::ready(workspace, &mut guard)?;
    let mut watch = Watch::new(workspace);
    compile::quick(workspace)?;
    let demo = run::demo_of(workspace, &postgres)?.on_terminal();
    demo.prepare()?;
    let mut running = Some(demo.start(&mut guard)?);
    run::greet(workspace, &demo, start);
    while !endings::requested() {
        thread::sleep(POLL);
        if let Some(Err(error)) = running.as_mut().map(|running| running.check()) {
            progress::failure(&format!("{error:#}; waiting for a change"));
            running = None;
        }
        let done = match watch.settled() {
            None => continue,
            Some(Change::Static) => refresh(workspace),
            Some(Change::Code) => compile::quick(workspace).and_then(|()| {
                running = None;
                restart(&demo, &mut guard).map(|started| running = Some(started))
            }),
        };
        match done {
            Ok(()) => progress::note("up to date; reload the page"),
            Err(error) => progress::failure(&format!("{error:#}")),
        }
    }
    Ok(())
}

fn refresh(workspace: &Workspace) -> Result<()> {
    site::assemble(workspace, &front::bind(workspace, Profile::Quick)?)
}

fn restart(demo: &Demo, guard: &mut Guard) -> Result<crate::demo::Running> {
    demo.migrate()?;
    demo.start(guard)
}
