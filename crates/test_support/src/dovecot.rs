//! A real IMAP server: Debian's Dovecot, with a configuration and mailboxes of its own in a temporary folder.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use chrono::{DateTime, Utc};
use tempfile::TempDir;

mod configuration;

/// What is said when it isn't there. The tests that need it fail then.
const MISSING: &str =
    "Dovecot 2.3 is not installed, and mailboxes are tested against it: apt-get install dovecot-imapd";

/// Ends with the test.
pub struct Dovecot {
    folder: TempDir,
    program: PathBuf,
    running: Option<Child>,
    /// In the clear, or with STARTTLS.
    pub port: u16,
    /// Encrypted from the start.
    pub tls_port: u16,
    delivered: AtomicU64,
}

impl Dovecot {
    /// Starts it, with a mailbox for each name; each password is the name backwards.
    ///
    /// # Errors
    /// When it isn't installed or doesn't come up; its log is in the message.
    pub fn start(users: &[&str]) -> anyhow::Result<Self> {
        let program = find("dovecot").context(MISSING)?;
        let version = Command::new(&program).arg("--version").output().context(MISSING)?;
        let version = String::from_utf8_lossy(&version.stdout).trim().to_owned();
        ensure!(version.starts_with("2.3."), "{MISSING} (found {version})");
        let folder = tempfile::Builder::new().prefix("dovecot").tempdir()?;
        open_to_all(folder.path())?;
        let mut server = Self {
            program,
            running: None,
            port: free_port()?,
            tls_port: free_port()?,
            delivered: AtomicU64::new(0),
            folder,
        };
        configuration::write(server.folder.path(), server.port, server.tls_port, users)?;
        for user in users {
            for part in ["cur", "new", "tmp"] {
                make_folder(&server.mailbox(user).join(part))?;
            }
        }
        server.resume()?;
        Ok(server)
    }

    /// A user's password.
    pub fn password(user: &str) -> String {
        user.chars().rev().collect()
    }

    /// PEM of the authority that has signed the server's certificate.
    ///
    /// # Errors
    /// When it can't be read.
    pub fn authority(&self) -> anyhow::Result<Vec<u8>> {
        Ok(std::fs::read(self.folder.path().join("cert.pem"))?)
    }

    /// Puts a mail into a user's inbox, as if it had come at a moment.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn deliver(&self, user: &str, raw: &str, at: DateTime<Utc>) -> anyhow::Result<()> {
        let number = self.delivered.fetch_add(1, Ordering::SeqCst);
        let name = format!("{}.M{number}.test", 1_700_000_000 + number);
        let written = self.mailbox(user).join("tmp").join(&name);
        std::fs::write(&written, raw.replace('\n', "\r\n"))?;
        std::fs::File::options().write(true).open(&written)?.set_modified(at.into())?;
        open_to_all(&written)?;
        std::fs::rename(&written, self.mailbox(user).join("new").join(name))?;
        Ok(())
    }

    /// Names of the mails of a user that some program has marked as seen.
    ///
    /// # Errors
    /// When the mailbox can't be read.
    pub fn seen(&self, user: &str) -> anyhow::Result<usize> {
        let mails = std::fs::read_dir(self.mailbox(user).join("cur"))?;
        let flagged = |name: &str| name.rsplit_once(":2,").is_some_and(|(_, flags)| flags.contains('S'));
        Ok(mails
            .filter(|mail| mail.as_ref().is_ok_and(|mail| flagged(&mail.file_name().to_string_lossy())))
            .count())
    }

    /// Numbers a user's mails anew under another UIDVALIDITY, as a mailbox that was moved or restored does.
    ///
    /// # Errors
    /// When the files can't be written.
    pub fn renumber(&self, user: &str, validity: u32) -> anyhow::Result<()> {
        let mailbox = self.mailbox(user);
        for entry in std::fs::read_dir(&mailbox)? {
            let entry = entry?;
            if entry.file_type()?.is_file() && entry.file_name().to_string_lossy().starts_with("dovecot") {
                std::fs::remove_file(entry.path())?;
            }
        }
        let list = mailbox.join("dovecot-uidlist");
        std::fs::write(&list, format!("3 V{validity} N1 G0123456789abcdef0123456789abcdef\n"))?;
        open_to_all(&list)
    }

    /// Ends the server; the mails stay.
    pub fn stop(&mut self) {
        let Some(mut child) = self.running.take() else { return };
        // SIGTERM, so that its own children end too.
        let asked = Command::new("kill").arg(child.id().to_string()).status();
        if !asked.is_ok_and(|status| status.success()) {
            let _ = child.kill();
        }
        let _ = child.wait();
    }

    /// Starts it again, on the same ports.
    ///
    /// # Errors
    /// When it doesn't come up.
    pub fn resume(&mut self) -> anyhow::Result<()> {
        let configuration = self.folder.path().join("dovecot.conf");
        let child = Command::new(&self.program)
            .arg("-F")
            .arg("-c")
            .arg(configuration)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("starting dovecot")?;
        self.running = Some(child);
        let start = Instant::now();
        while std::net::TcpStream::connect(("127.0.0.1", self.tls_port)).is_err() {
            let ended = self.running.as_mut().is_some_and(|child| !matches!(child.try_wait(), Ok(None)));
            if ended || start.elapsed() > Duration::from_secs(20) {
                let log = std::fs::read_to_string(self.folder.path().join("dovecot.log")).unwrap_or_default();
                bail!("dovecot doesn't come up: {log}");
            }
            std::thread::yield_now();
        }
        Ok(())
    }

    fn mailbox(&self, user: &str) -> PathBuf {
        self.folder.path().join("mail").join(user)
    }
}

impl Drop for Dovecot {
    fn drop(&mut self) {
        self.stop();
    }
}

fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    // Not on everybody's path.
    let further = ["/usr/sbin", "/usr/local/sbin"].map(PathBuf::from);
    std::env::split_paths(&path).chain(further).map(|folder| folder.join(program)).find(|file| file.is_file())
}

fn free_port() -> anyhow::Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

fn make_folder(folder: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder)?;
    for made in folder.ancestors().take(3) {
        open_to_all(made)?;
    }
    Ok(())
}

/// Started by root, Dovecot reads mail as a user of its own.
fn open_to_all(path: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o777))
        .with_context(|| format!("opening {} to all", path.display()))
}
