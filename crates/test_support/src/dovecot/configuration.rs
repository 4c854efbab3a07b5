use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, ensure};

use super::{Dovecot, make_folder};

/// Writes everything the server needs into a folder.
pub(super) fn write(folder: &Path, port: u16, tls_port: u16, users: &[&str]) -> anyhow::Result<()> {
    certificate(folder)?;
    let passwords: String =
        users.iter().map(|user| format!("{user}:{{PLAIN}}{}\n", Dovecot::password(user))).collect();
    std::fs::write(folder.join("users"), passwords)?;
    make_folder(&folder.join("mail"))?;
    std::fs::create_dir_all(folder.join("run"))?;
    // Root needs the package's own unprivileged users; everybody else runs all of it as themselves.
    let me = output("id", &["-un"])?;
    let (login, internal) = if me == "root" { ("dovenull", "dovecot") } else { (me.as_str(), me.as_str()) };
    let group = output("id", &["-gn", internal])?;
    let at = folder.display();
    let text = format!(
        "protocols = imap
listen = 127.0.0.1
base_dir = {at}/run
log_path = {at}/dovecot.log
ssl = yes
ssl_cert = <{at}/cert.pem
ssl_key = <{at}/key.pem
disable_plaintext_auth = no
auth_failure_delay = 0
mail_location = maildir:{at}/mail/%u
mail_fsync = never
first_valid_uid = 1
default_login_user = {login}
default_internal_user = {internal}
default_internal_group = {group}
passdb {{
  driver = passwd-file
  args = {at}/users
}}
userdb {{
  driver = static
  args = uid={internal} gid={group} home={at}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
"
    );
    std::fs::write(folder.join("dovecot.conf"), text)?;
    Ok(())
}

/// A certificate for this machine that signs itself. Dovecot's package needs openssl, so that it is there.
fn certificate(folder: &Path) -> anyhow::Result<()> {
    let settings = folder.join("openssl.conf");
    std::fs::write(
        &settings,
        "[req]
distinguished_name = name
x509_extensions = extensions
prompt = no
[name]
CN = localhost
[extensions]
basicConstraints = critical, CA:FALSE
subjectAltName = DNS:localhost, IP:127.0.0.1
",
    )?;
    let made = Command::new("openssl")
        .args([
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "3650",
        ])
        .args(["-keyout", "key.pem", "-out", "cert.pem", "-config"])
        .arg(&settings)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .context("openssl, which Dovecot's package brings along, is not installed")?;
    ensure!(made.status.success(), "openssl made no certificate: {}", String::from_utf8_lossy(&made.stderr));
    Ok(())
}

fn output(program: &str, arguments: &[&str]) -> anyhow::Result<String> {
    let output =
        Command::new(program).args(arguments).output().with_context(|| format!("running {program}"))?;
    ensure!(output.status.success(), "{program} failed");
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}
