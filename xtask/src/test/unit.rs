//! Unit and integration tests.

use std::{
    io::{BufRead, BufReader, Write},
    net::SocketAddr,
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::{Context, Result};

use super::{Bench, SELECTIONS, browser, dovecot, tally::Tally};
use crate::{endings, node, port, process::Service, progress};

/// Runs `cargo test` against the cluster of this run.
pub(super) fn run(bench: &mut Bench) -> Result<(Tally, Option<String>)> {
    let database = bench.postgres()?.urls.database("postgres").owner;
    let mail_server = mail_server(bench)?;
    // Without it the tests that need it fail and say so; the others are worth running.
    if let Err(missing) = dovecot::ready() {
        progress::warning(&format!("{missing:#}"));
    }
    let mut total = Tally::default();
    let mut problem = None;
    for selection in SELECTIONS {
        let mut cargo = bench.workspace.cargo();
        cargo
            .arg("test")
            .args(selection)
            .args(["--no-fail-fast", "--tests"])
            .env("OVERTURE_TEST_DATABASE_URL", &database)
            .envs(mail_server.iter().map(|(_, address)| ("OVERTURE_TEST_SMTP", address)))
            // The tests make its certificates, so that they start it themselves.
            .envs(mail_server.iter().map(|_| {
                let script = bench.workspace.path(browser::FOLDER).join("smtp/secure.mjs");
                ("OVERTURE_TEST_SMTP_SECURE", script)
            }))
            .env_remove("DATABASE_URL")
            .env_remove("APP_DATABASE_URL");
        let (tally, all_well) = progress::step("Unit and integration tests", || counted(&mut cargo))?;
        total += tally;
        if !all_well {
            problem = Some("unit and integration tests".to_owned());
        }
    }
    Ok((total, problem))
}

/// Runs the command with its output on the terminal; the counts in it, and whether it succeeded.
fn counted(cargo: &mut Command) -> Result<(Tally, bool)> {
    let mut child =
        cargo.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().context("cannot start cargo")?;
    let mut tally = Tally::default();
    let mut terminal = std::io::stdout().lock();
    for line in child.stdout.take().into_iter().flat_map(|output| BufReader::new(output).lines()) {
        let line = line?;
        tally.add_line(&line);
        writeln!(terminal, "{line}")?;
    }
    Ok((tally, child.wait()?.success()))
}

/// A real SMTP server, written by others, and its address; none without Node.js.
fn mail_server(bench: &mut Bench) -> Result<Option<(Service, String)>> {
    let Some(program) = node::on_path("node").filter(|_| node::npm().is_some()) else {
        progress::warning("without Node.js no mail is delivered to a real SMTP server");
        return Ok(None);
    };
    let folder = bench.workspace.path(browser::FOLDER);
    node::install(&folder)?;
    let address = SocketAddr::from(([127, 0, 0, 1], port::free()?));
    let mut command = Command::new(program);
    command.arg(folder.join("smtp/sink.mjs")).arg(address.port().to_string());
    let log = bench.workspace.target().join("e2e-logs/smtp.log");
    let mut service = Service::start("mail server", command, Some(&log), &mut bench.guard)?;
    let up = endings::within(Duration::from_secs(20), || service.check().is_err() || port::answers(address));
    service.check()?;
    anyhow::ensure!(up, "the mail server of the tests does not answer on {address}");
    Ok(Some((service, address.to_string())))
}
