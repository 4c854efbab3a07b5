//! The pieces of work, in the order in which one leaves the data fit for the next.

mod autopilot;
mod board;
mod hits;
mod import;
mod parse;

use anyhow::{Result, ensure};

use crate::report::Report;
use crate::stage::Stage;

const NAMES: [&str; 11] =
    ["board", "column", "move", "search", "pixel", "click", "scan", "tick", "send", "parse", "import"];

/// Measures everything, or what was asked for.
///
/// # Errors
/// When a name is unknown or a piece of work fails.
pub async fn all(stage: &Stage, only: &[String], report: &mut Report) -> Result<()> {
    for name in only {
        ensure!(NAMES.contains(&name.as_str()), "there is no {name}; there are {}", NAMES.join(", "));
    }
    let wanted = |name: &str| only.is_empty() || only.iter().any(|asked| asked == name);
    if wanted("board") {
        board::page(stage, report).await?;
    }
    if wanted("column") {
        board::column(stage, report).await?;
    }
    if wanted("move") {
        board::moves(stage, report).await?;
    }
    if wanted("search") {
        board::search(stage, report).await?;
    }
    if wanted("pixel") {
        hits::pixel(stage, report).await?;
    }
    if wanted("click") {
        hits::click(stage, report).await?;
    }
    if wanted("scan") {
        autopilot::scan(stage, report).await?;
    }
    if wanted("tick") || wanted("send") {
        autopilot::tick(stage, report).await?;
    }
    if wanted("send") {
        autopilot::send(stage, report).await?;
    }
    if wanted("parse") {
        parse::corpus(report)?;
    }
    if wanted("import") {
        import::csv(stage, report).await?;
    }
    Ok(())
}
