//! Which crate may depend on which: arrows point down only (docs/ARCHITECTURE.md).

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::{process, workspace::Workspace};

/// The crates of each height; a crate depends only on crates of lower rows.
const HEIGHTS: [&[&str]; 6] = [
    &["domain"],
    &["database", "mail", "ai"],
    &["outreach"],
    &["app", "worker"],
    &["server", "frontend"],
    &["bench"],
];
/// For tests alone: may use all but the top, and nothing may use it outside tests.
const TEST_SUPPORT: &str = "test_support";
/// Stands beside the product.
const APART: &str = "xtask";

/// # Errors
/// When a crate depends on one that it may not know.
pub(super) fn check(workspace: &Workspace) -> Result<()> {
    let text = process::quietly(workspace.cargo().args([
        "metadata",
        "--format-version",
        "1",
        "--no-deps",
        "--locked",
    ]))?;
    let metadata: Value = serde_json::from_str(&text).context("cargo metadata is not JSON")?;
    for (from, to) in arrows(&metadata) {
        if !allowed(&from, &to) {
            bail!(
                "{from} must not depend on {to}: arrows point down only, see xtask/src/test/structure/arrows.rs"
            );
        }
    }
    let worker = process::quietly(workspace.cargo().args([
        "tree",
        "--package",
        "worker",
        "--edges",
        "normal",
        "--prefix",
        "none",
    ]))?;
    if let Some(web) = worker.lines().find(|line| line.starts_with("leptos") || line.starts_with("axum ")) {
        bail!("worker must not depend on the web crates, and does on {web}");
    }
    Ok(())
}

/// Arrows between the workspace's crates, those of tests left out.
fn arrows(metadata: &Value) -> Vec<(String, String)> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let packages = list(&metadata["packages"]);
    let name = |value: &Value| value["name"].as_str().unwrap_or_default().to_owned();
    packages
        .iter()
        .flat_map(|package| {
            list(&package["dependencies"])
                .into_iter()
                .filter(|dependency| dependency["path"].is_string() && dependency["kind"] != "dev")
                .map(|dependency| (name(package), name(&dependency)))
                .collect::<Vec<_>>()
        })
        .collect()
}

fn allowed(from: &str, to: &str) -> bool {
    let height = |name: &str| HEIGHTS.iter().position(|row| row.contains(&name));
    if from == APART || to == APART || to == TEST_SUPPORT {
        return false;
    }
    match (height(from), height(to)) {
        (Some(from), Some(to)) => to < from,
        (None, Some(to)) if from == TEST_SUPPORT => to < HEIGHTS.len() - 2,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::allowed;

    #[test]
    fn arrows_point_down() {
        assert!(allowed("server", "app"));
        assert!(allowed("app", "domain"));
        assert!(allowed("test_support", "database"));
        assert!(!allowed("domain", "database"));
        assert!(!allowed("database", "mail"));
        assert!(!allowed("worker", "app"));
        assert!(!allowed("outreach", "test_support"));
    }

    #[test]
    fn a_crate_nobody_has_placed_is_refused() {
        assert!(!allowed("server", "brand_new"));
    }
}
