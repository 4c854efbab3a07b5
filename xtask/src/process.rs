//! Child processes that end in good order.

use std::{
    fs::{self, File},
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process, test_kill_process};

use crate::{endings, guard::Guard};

/// How long a child may take to end before it is killed. An open page keeps a connection to the server for as long as
/// the server lives, so waiting longer for it gains nothing.
const GRACE: Duration = Duration::from_secs(8);

/// A long-running child. Dropping it stops it.
pub struct Service {
    name: &'static str,
    child: Child,
    grace: Duration,
    log: Option<PathBuf>,
}

impl Service {
    /// Starts the command in a process group of its own, so that Ctrl-C reaches it through us and in our order.
    /// Its output goes to the log, or to the terminal without one.
    ///
    /// # Errors
    /// When the command cannot be started.
    pub fn start(
        name: &'static str,
        mut command: Command,
        log: Option<&Path>,
        guard: &mut Guard,
    ) -> Result<Self> {
        command.process_group(0).stdin(Stdio::null());
        if let Some(log) = log {
            if let Some(folder) = log.parent() {
                fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
            }
            let file = File::create(log).with_context(|| format!("cannot write {}", log.display()))?;
            command.stdout(file.try_clone()?).stderr(file);
        }
        let child = command.spawn().with_context(|| format!("cannot start the {name}"))?;
        guard.process(child.id());
        Ok(Self { name, child, grace: GRACE, log: log.map(Path::to_path_buf) })
    }

    /// The same with more time to end in good order.
    #[must_use]
    pub fn with_grace(mut self, grace: Duration) -> Self {
        self.grace = grace;
        self
    }

    /// # Errors
    /// When the child has ended by itself; the end of its log is in the message.
    pub fn check(&mut self) -> Result<()> {
        let Some(status) = self.child.try_wait()? else {
            return Ok(());
        };
        let log = self.log.as_ref().map(|log| format!("\n{}", tail(log, 20))).unwrap_or_default();
        bail!("the {} ended by itself ({status}){log}", self.name)
    }

    /// Asks the child to end without waiting for it.
    pub fn ask_to_end(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            signal(self.child.id(), Signal::TERM);
        }
    }

    /// Asks the child to end, and ends it when it has not after the grace period.
    fn stop(&mut self) {
        self.ask_to_end();
        if !endings::within(self.grace, || !matches!(self.child.try_wait(), Ok(None))) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Runs a command to its end with its output on the terminal. When this process is asked to end, so is the command.
///
/// # Errors
/// When it cannot be started or fails.
pub fn finish(command: &mut Command) -> Result<()> {
    let name = name_of(command);
    let mut child = command.spawn().with_context(|| format!("cannot start {name}"))?;
    let mut asked = false;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if endings::requested() && !asked {
            signal(child.id(), Signal::TERM);
            asked = true;
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    endings::check()?;
    if !status.success() {
        bail!("{name} failed ({status})");
    }
    Ok(())
}

/// Runs a command to its end without showing its output.
///
/// # Errors
/// When it cannot be started or fails; the end of its output is in the message.
pub fn quietly(command: &mut Command) -> Result<String> {
    let name = name_of(command);
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("cannot start {name}"))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() {
        let all = format!("{text}{}", String::from_utf8_lossy(&output.stderr));
        bail!("{name} failed ({})\n{}", output.status, last_lines(&all, 30));
    }
    Ok(text)
}

fn name_of(command: &Command) -> String {
    let program = Path::new(command.get_program());
    program.file_name().unwrap_or(program.as_os_str()).to_string_lossy().into_owned()
}

/// Sends a signal; a process that is gone is no error.
pub fn signal(id: u32, signal: Signal) {
    if let Some(pid) = i32::try_from(id).ok().and_then(Pid::from_raw) {
        let _ = kill_process(pid, signal);
    }
}

/// Whether a process with this number exists.
#[must_use]
pub fn exists(id: u32) -> bool {
    i32::try_from(id).ok().and_then(Pid::from_raw).is_some_and(|pid| test_kill_process(pid).is_ok())
}

/// The last lines of a file, or nothing.
#[must_use]
pub fn tail(file: &Path, lines: usize) -> String {
    fs::read(file).map(|bytes| last_lines(&String::from_utf8_lossy(&bytes), lines)).unwrap_or_default()
}

fn last_lines(text: &str, count: usize) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(count)..].join("\n")
}
