//! A second process that outlives a killed `xtask` just long enough to stop what it started.
//!
//! `xtask` writes what it starts into the guard's standard input. When that input ends without the word `done`,
//! `xtask` was killed, and the guard stops the processes and then the clusters nobody else uses.

use std::{
    io::{BufRead, Write},
    os::unix::process::CommandExt,
    path::Path,
    process::{ChildStdin, Command, Stdio},
    time::Duration,
};

use anyhow::{Context, Result};
use rustix::process::Signal;

use crate::{endings, postgres::cluster::Cluster, process};

/// The line to the guard of this process.
pub struct Guard {
    line: Option<ChildStdin>,
}

impl Guard {
    /// Starts the guard in a process group of its own, out of reach of Ctrl-C.
    ///
    /// # Errors
    /// When this program cannot start itself.
    pub fn post() -> Result<Self> {
        let program = std::env::current_exe().context("cannot find this program")?;
        let mut child = Command::new(program)
            .arg("guard")
            .process_group(0)
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("cannot start the guard")?;
        Ok(Self { line: child.stdin.take() })
    }

    /// Tells of a started process.
    pub fn process(&mut self, id: u32) {
        self.say(&format!("process {id}"));
    }

    /// Tells of a cluster in use.
    pub fn cluster(&mut self, folder: &Path) {
        self.say(&format!("cluster {}", folder.display()));
    }

    fn say(&mut self, words: &str) {
        if let Some(line) = &mut self.line {
            let _ = writeln!(line, "{words}");
        }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.say("done");
    }
}

/// The guard's own life: reads until the input ends.
///
/// # Errors
/// When the input cannot be read.
pub fn watch() -> Result<()> {
    // Its starter may be killed by a signal to the terminal's session; the guard has to live on.
    endings::listen()?;
    let mut processes = Vec::new();
    let mut clusters = Vec::new();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        match line.split_once(' ') {
            Some(("process", id)) => processes.extend(id.parse::<u32>()),
            Some(("cluster", folder)) => clusters.push(folder.to_owned()),
            _ if line == "done" => return Ok(()),
            _ => {}
        }
    }
    for id in &processes {
        process::signal(*id, Signal::TERM);
    }
    let _ = endings::within(Duration::from_secs(30), || !processes.iter().any(|id| process::exists(*id)));
    for id in processes.into_iter().filter(|id| process::exists(*id)) {
        process::signal(id, Signal::KILL);
    }
    for folder in clusters {
        if let Some(cluster) = Cluster::at(Path::new(&folder)) {
            cluster.stop_unless_shared();
        }
    }
    Ok(())
}
