//! The journey through the pages, in Chromium, against a real server, worker and database.

use std::{fs, net::SocketAddr, process::Command};

use anyhow::{Context, Result};
use serde_json::Value;

use super::{Bench, chromium, tally::Tally};
use crate::{
    compile,
    demo::{self, Demo},
    node, port, progress, secret,
    workspace::Workspace,
};

/// Where the journey and the mail server of the tests are.
pub(super) const FOLDER: &str = "end2end";

/// Builds, starts a fresh demo, and runs Playwright against it.
pub(super) fn run(bench: &mut Bench) -> Result<(Tally, Option<String>)> {
    let workspace = bench.workspace;
    let mut playwright = playwright(workspace)?;
    compile::quick(workspace)?;
    let urls = bench.postgres()?.urls.clone();
    let address = SocketAddr::from(([127, 0, 0, 1], port::free()?));
    let secret = secret::kept_in(&workspace.state().join("secret"))?;
    let logs = workspace.target().join("e2e-logs");
    let demo = Demo::new(workspace, urls, address, secret, Some(logs.clone()));
    demo.prepare()?;
    let running = demo.start(&mut bench.guard)?;
    let report = workspace.target().join("e2e-report.json");
    if report.exists() {
        fs::remove_file(&report)?;
    }
    playwright
        .arg("--reporter=list,json")
        .env("PLAYWRIGHT_JSON_OUTPUT_NAME", &report)
        .env("OVERTURE_URL", demo.url())
        .env("OVERTURE_PASSWORD", demo::PASSWORD);
    let status =
        progress::step("The journey in Chromium", || playwright.status().context("cannot start Playwright"))?;
    drop(running);
    let text = fs::read_to_string(&report).context("Playwright wrote no report")?;
    let tally = count(&serde_json::from_str(&text)?);
    let problem =
        (!status.success()).then(|| format!("the journey in Chromium (logs in {})", logs.display()));
    Ok((tally, problem))
}

/// `playwright test` in `end2end/`, with its packages and a browser installed.
///
/// # Errors
/// When Node.js or Chromium is missing and cannot be installed.
pub fn playwright(workspace: &Workspace) -> Result<Command> {
    let folder = workspace.path(FOLDER);
    node::install(&folder)?;
    let browser = chromium::ready()?;
    let mut playwright = node::command(&folder.join("node_modules/.bin/playwright"));
    playwright.arg("test").current_dir(folder).env("OVERTURE_CHROMIUM", browser);
    Ok(playwright)
}

/// The counts of Playwright's JSON report. A test that passed only when tried again did not pass.
fn count(report: &Value) -> Tally {
    let stat = |name: &str| report["stats"][name].as_u64().unwrap_or_default();
    let broken = report["errors"].as_array().map_or(0, |errors| errors.len() as u64);
    Tally {
        passed: stat("expected"),
        failed: stat("unexpected") + stat("flaky") + broken,
        skipped: stat("skipped"),
    }
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn a_flaky_test_counts_as_failed() {
        let report = serde_json::json!({"stats": {"expected": 7, "unexpected": 1, "flaky": 1, "skipped": 2}, "errors": []});
        assert_eq!(count(&report).to_string(), "7 passed, 2 failed, 2 skipped");
    }
}
