//! Encryption and sign-in against a real server, written by others.

use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use mail::deliver::{DeliveryError, SmtpSettings, SmtpTransport, TlsMode, Transport};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use serde::Deserialize;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use crate::{PATIENT, mail};

/// The servers of `end2end/smtp/secure.mjs`, with a certificate for `localhost` from an authority made for this test.
struct Servers {
    ports: Ports,
    authority: Vec<u8>,
    _process: Child,
    _files: tempfile::TempDir,
}

#[derive(Deserialize)]
struct Ports {
    starttls: u16,
    tls: u16,
    bare: u16,
}

/// `None` where `OVERTURE_TEST_SMTP_SECURE` names no script: `cargo xtask test` sets it when Node.js is there.
async fn servers() -> Result<Option<Servers>> {
    let Ok(script) = std::env::var("OVERTURE_TEST_SMTP_SECURE") else {
        return Ok(None);
    };
    let mut authority = CertificateParams::new(Vec::new())?;
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority_key = KeyPair::generate()?;
    let root = authority.self_signed(&authority_key)?;
    let issuer = Issuer::new(authority, authority_key);
    let key = KeyPair::generate()?;
    let certificate = CertificateParams::new(vec!["localhost".to_owned()])?.signed_by(&key, &issuer)?;

    let files = tempfile::tempdir()?;
    let (key_file, certificate_file) = (files.path().join("key.pem"), files.path().join("certificate.pem"));
    std::fs::write(&key_file, key.serialize_pem())?;
    std::fs::write(&certificate_file, certificate.pem())?;
    let mut process = Command::new("node")
        .arg(script)
        .args([&key_file, &certificate_file])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .context("Node.js can't be started")?;
    let output = process.stdout.take().context("its output is piped")?;
    let line = tokio::time::timeout(Duration::from_secs(60), BufReader::new(output).lines().next_line())
        .await??
        .context("the servers ended at once")?;
    let ports = serde_json::from_str(&line)?;
    Ok(Some(Servers { ports, authority: root.pem().into_bytes(), _process: process, _files: files }))
}

fn settings(host: &str, port: u16, tls: TlsMode, password: &str) -> SmtpSettings {
    SmtpSettings { host: host.into(), port, tls, username: "asha".into(), password: password.into() }
}

#[tokio::test]
async fn mail_goes_out_encrypted_and_signed_in() -> Result<()> {
    let Some(servers) = servers().await? else { return Ok(()) };
    for (port, tls) in [(servers.ports.starttls, TlsMode::StartTls), (servers.ports.tls, TlsMode::Tls)] {
        let settings = settings("localhost", port, tls, "secret");
        let transport = SmtpTransport::trusting(settings, PATIENT, &servers.authority)?;
        transport.test_connection().await?;
        for id in ["one", "two"] {
            let accepted = transport.deliver(&mail(id)).await?;
            let words = &accepted.provider_id;
            ensure!(words.contains("encrypted true") && words.contains("user asha"), "{tls:?}: {words}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_certificate_nobody_vouches_for_or_of_another_name_is_refused() -> Result<()> {
    let Some(servers) = servers().await? else { return Ok(()) };
    for (port, tls) in [(servers.ports.starttls, TlsMode::StartTls), (servers.ports.tls, TlsMode::Tls)] {
        let unknown = SmtpTransport::with_timeouts(settings("localhost", port, tls, "secret"), PATIENT);
        let named = settings("127.0.0.1", port, tls, "secret");
        let misnamed = SmtpTransport::trusting(named, PATIENT, &servers.authority)?;
        for transport in [unknown, misnamed] {
            let refused = transport.deliver(&mail("one")).await.err().context("it was taken")?;
            ensure!(matches!(refused, DeliveryError::NotConfigured { .. }), "{tls:?}: {refused:?}");
            ensure!(refused.reason().contains("certificate"), "{refused}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn the_connection_test_names_what_is_wrong() -> Result<()> {
    let Some(servers) = servers().await? else { return Ok(()) };
    let Ports { starttls, tls, bare } = servers.ports;
    for (port, mode, password, words) in [
        (starttls, TlsMode::StartTls, "wrong", "535"),
        (tls, TlsMode::Tls, "wrong", "535"),
        (bare, TlsMode::StartTls, "secret", "offers no encryption on port"),
        (bare, TlsMode::None, "secret", "no sign-in on this port"),
        (starttls, TlsMode::Tls, "secret", "choose STARTTLS"),
    ] {
        let settings = settings("localhost", port, mode, password);
        let transport = SmtpTransport::trusting(settings, PATIENT, &servers.authority)?;
        let refused = transport.test_connection().await.err().context("it connected")?;
        ensure!(matches!(refused, DeliveryError::NotConfigured { .. }), "{mode:?}: {refused:?}");
        ensure!(refused.reason().contains(words), "{mode:?} {words}: {refused}");
    }
    Ok(())
}
