//! A private cluster: made once, started when needed, stopped when nobody uses it any more.

use std::{
    env,
    fs::{self, File},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, Result, bail};

use super::{account::Account, binaries::Binaries, initialise, place, urls::Urls};
use crate::{endings, port, process, progress, secret, workspace::Workspace};

/// How long recovery after a crash may take.
const PATIENCE: Duration = Duration::from_secs(90);

/// A cluster in a folder of its own. Dropping it stops it unless another xtask uses it.
pub struct Cluster {
    folder: PathBuf,
    account: Account,
    binaries: Binaries,
    in_use: File,
}

impl Cluster {
    /// The cluster of this checkout, made on first use.
    ///
    /// # Errors
    /// When there are no binaries for it, or it cannot be made.
    pub fn private(workspace: &Workspace) -> Result<Self> {
        let place = place::of(workspace, Account::choose()?)?;
        let folder = place.join("postgres");
        match Self::at(&folder) {
            Some(cluster) => Ok(cluster),
            None if data(&folder).join("PG_VERSION").exists() => bail!(
                "the cluster in {} needs PostgreSQL {}: install it, or delete the folder to start afresh",
                folder.display(),
                fs::read_to_string(data(&folder).join("PG_VERSION")).unwrap_or_default().trim()
            ),
            None => {
                let passwords = passwords(&folder)?;
                progress::step("Making a PostgreSQL cluster", || Self::make(folder, &place, Some(&passwords)))
            }
        }
    }

    /// A new cluster in the system's folder for temporary files.
    ///
    /// # Errors
    /// As [`Cluster::private`].
    pub fn scratch(workspace: &Workspace) -> Result<Self> {
        let folder = env::temp_dir().join(format!("overture-scratch-{}", std::process::id()));
        let place = place::of(workspace, Account::choose()?)?;
        progress::step("Making a PostgreSQL cluster for this run alone", || Self::make(folder, &place, None))
    }

    /// The cluster that is already in the folder, if the binaries for it are on the machine.
    #[must_use]
    pub fn at(folder: &Path) -> Option<Self> {
        let wanted: u32 = fs::read_to_string(data(folder).join("PG_VERSION")).ok()?.trim().parse().ok()?;
        let account = Account::of_owner(&data(folder)).ok()?;
        let binaries = Binaries::on_machine(folder.parent()?, account, |major| major == wanted)?;
        Some(Self {
            in_use: lock_file(folder, "in-use").ok()?,
            folder: folder.to_path_buf(),
            account,
            binaries,
        })
    }

    fn make(folder: PathBuf, place: &Path, passwords: Option<&(String, String)>) -> Result<Self> {
        let account = Account::choose()?;
        let binaries = Binaries::find(place, account)?;
        fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o711))?;
        initialise::initialise(&folder, &data(&folder), account, &binaries, passwords)?;
        Ok(Self { in_use: lock_file(&folder, "in-use")?, folder, account, binaries })
    }

    /// Where it is.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Starts the cluster, or joins it when it is running, and says how to reach it.
    ///
    /// # Errors
    /// When it does not come up; the end of its log is in the message.
    pub fn start(&self) -> Result<Urls> {
        let starting = lock_file(&self.folder, "starting")?;
        starting.lock().context("cannot lock the cluster")?;
        self.in_use.lock_shared().context("cannot lock the cluster")?;
        let port = match self.running()? {
            Some(port) => port,
            None => self.start_on(self.choose_port()?)?,
        };
        let passwords =
            self.folder.join("owner.password").exists().then(|| passwords(&self.folder)).transpose()?;
        Ok(Urls::local(port, passwords.as_ref()))
    }

    /// Stops the cluster unless another xtask uses it.
    pub fn stop_unless_shared(&self) {
        let _ = self.in_use.unlock();
        let Ok(starting) = lock_file(&self.folder, "starting") else {
            return;
        };
        if starting.lock().is_err() || self.in_use.try_lock().is_err() {
            return;
        }
        let stop = process::quietly(self.pg_ctl().args(["-m", "fast", "-w", "-t", "60", "stop"]));
        if initialise::is_scratch(&self.folder) {
            let _ = fs::remove_dir_all(&self.folder);
        } else if let Err(error) = stop
            && self.postmaster().is_some_and(|(id, _)| process::exists(id))
        {
            progress::warning(&format!("PostgreSQL did not stop: {error:#}"));
        }
        let _ = self.in_use.unlock();
    }

    /// The port of the running server; a stale postmaster.pid is removed.
    fn running(&self) -> Result<Option<u16>> {
        let Some((id, port)) = self.postmaster() else {
            return Ok(None);
        };
        if !process::exists(id) {
            return Ok(None);
        }
        let ours =
            process::quietly(std::process::Command::new("ps").args(["-o", "args=", "-p", &id.to_string()]))
                .is_ok_and(|command| command.contains(&*data(&self.folder).to_string_lossy()));
        if !ours {
            fs::remove_file(data(&self.folder).join("postmaster.pid"))?;
            return Ok(None);
        }
        if !endings::within(PATIENCE, || port::answers(([127, 0, 0, 1], port).into())) {
            bail!("PostgreSQL (process {id}) runs but does not answer on port {port}{}", self.log_end());
        }
        Ok(Some(port))
    }

    /// Process number and port from postmaster.pid.
    fn postmaster(&self) -> Option<(u32, u16)> {
        let facts = fs::read_to_string(data(&self.folder).join("postmaster.pid")).ok()?;
        let mut lines = facts.lines();
        Some((lines.next()?.trim().parse().ok()?, lines.nth(2)?.trim().parse().ok()?))
    }

    fn choose_port(&self) -> Result<u16> {
        let file = self.folder.join("port");
        let remembered = fs::read_to_string(&file).ok().and_then(|port| port.trim().parse().ok());
        if let Some(port) = remembered.filter(|port| port::is_free(([127, 0, 0, 1], *port).into())) {
            return Ok(port);
        }
        let port = port::free()?;
        fs::write(&file, format!("{port}\n")).with_context(|| format!("cannot write {}", file.display()))?;
        Ok(port)
    }

    fn start_on(&self, port: u16) -> Result<u16> {
        progress::step("Starting PostgreSQL", || {
            let log = self.folder.join("log/postgres.log");
            let patience = PATIENCE.as_secs().to_string();
            process::quietly(self.pg_ctl().arg("-l").arg(&log).args([
                "-o",
                &format!("-p {port}"),
                "-w",
                "-t",
                &patience,
                "start",
            ]))
            .map_err(|_| anyhow::anyhow!("PostgreSQL does not start{}", self.log_end()))
        })?;
        Ok(port)
    }

    fn pg_ctl(&self) -> std::process::Command {
        let mut command = self.account.command(&self.binaries.program("pg_ctl"));
        command.arg("-D").arg(data(&self.folder));
        command
    }

    fn log_end(&self) -> String {
        let log = self.folder.join("log/postgres.log");
        format!("; the end of {}:\n{}", log.display(), process::tail(&log, 12))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.stop_unless_shared();
    }
}

fn data(folder: &Path) -> PathBuf {
    folder.join("data")
}

/// The owner's and the application's password.
fn passwords(folder: &Path) -> Result<(String, String)> {
    Ok((
        secret::kept_in(&folder.join("owner.password"))?,
        secret::kept_in(&folder.join("application.password"))?,
    ))
}

fn lock_file(folder: &Path, name: &str) -> Result<File> {
    let path = folder.join(name);
    File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .with_context(|| format!("cannot open {}", path.display()))
}
