//! The making of a cluster: initdb, settings, roles and the empty database.

use std::{
    env,
    fs::{self, OpenOptions},
    io::Write,
    path::Path,
    process::Stdio,
};

use anyhow::{Context, Result, bail};

use super::{
    account::Account,
    binaries::Binaries,
    urls::{APPLICATION, DATABASE, OWNER},
};
use crate::process;

/// Only over TCP: a socket's path has a length limit that checkouts may pass. No transaction of a demo is worth
/// waiting for the disk, and the cluster stays sound without.
const SETTINGS: &str = "
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
synchronous_commit = off
";

const SCRATCH_SETTINGS: &str = "
max_connections = 300
fsync = off
full_page_writes = off
";

const SCRATCH_MARK: &str = "scratch";

/// Fills the folder's data directory. Without passwords it is a scratch cluster that trusts everybody on this machine.
pub(super) fn initialise(
    folder: &Path,
    data: &Path,
    account: Account,
    binaries: &Binaries,
    passwords: Option<&(String, String)>,
) -> Result<()> {
    // What an interrupted first start left is of no use: PG_VERSION is written early, so the work is done beside
    // and moved into place.
    let unfinished = folder.join("unfinished");
    if unfinished.exists() {
        fs::remove_dir_all(&unfinished).with_context(|| format!("cannot remove {}", unfinished.display()))?;
    }
    for made in [&unfinished, &folder.join("log")] {
        fs::create_dir_all(made).with_context(|| format!("cannot create {}", made.display()))?;
        account.own(made)?;
    }
    let password_file = folder.join("initdb.password");
    let mut initdb = account.command(&binaries.program("initdb"));
    initdb.args(["-U", OWNER, "-E", "UTF8", "--no-sync", "--no-instructions"]).arg("-D").arg(&unfinished);
    initdb.arg(if env::consts::OS == "macos" { "--locale=en_US.UTF-8" } else { "--locale=C.UTF-8" });
    match passwords {
        Some((owner, _)) => {
            write_private(&password_file, owner, account)?;
            initdb.args(["-A", "scram-sha-256"]).arg("--pwfile").arg(&password_file);
        }
        None => {
            fs::write(folder.join(SCRATCH_MARK), "")?;
            initdb.args(["-A", "trust"]);
        }
    }
    let made = process::quietly(&mut initdb);
    let _ = fs::remove_file(&password_file);
    made.context("cannot make a PostgreSQL cluster")?;
    let mut settings = OpenOptions::new().append(true).open(unfinished.join("postgresql.conf"))?;
    settings.write_all(SETTINGS.as_bytes())?;
    if passwords.is_none() {
        settings.write_all(SCRATCH_SETTINGS.as_bytes())?;
    }
    create_roles(&unfinished, account, binaries, passwords.map(|both| both.1.as_str()))?;
    fs::rename(&unfinished, data).with_context(|| format!("cannot move the cluster to {}", data.display()))
}

/// Whether the cluster in the folder may be deleted when it is stopped.
pub(super) fn is_scratch(folder: &Path) -> bool {
    folder.join(SCRATCH_MARK).exists()
}

/// PostgreSQL's single-user mode needs no client program, which the npm package lacks.
fn create_roles(data: &Path, account: Account, binaries: &Binaries, password: Option<&str>) -> Result<()> {
    let password = password.map(|password| format!(" PASSWORD '{password}'")).unwrap_or_default();
    let statements = format!(
        "CREATE ROLE {APPLICATION} LOGIN NOSUPERUSER NOBYPASSRLS{password}\nCREATE DATABASE {DATABASE} OWNER {OWNER}\n"
    );
    let mut child = account
        .command(&binaries.program("postgres"))
        .args(["--single", "-j", "-D"])
        .arg(data)
        .arg("postgres")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .context("cannot start PostgreSQL")?;
    if let Some(mut input) = child.stdin.take() {
        // With -j a statement ends at a semicolon before an empty line.
        input.write_all(statements.replace('\n', ";\n\n").as_bytes())?;
    }
    let output = child.wait_with_output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() || said.contains("ERROR:") {
        bail!("cannot create the database: {said}");
    }
    Ok(())
}

fn write_private(file: &Path, text: &str, account: Account) -> Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    let _ = fs::remove_file(file);
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file)
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .with_context(|| format!("cannot write {}", file.display()))?;
    account.own(file)
}
