//! Measures Overture against spec/performance.md: `cargo xtask bench`.
//!
//! Everything runs in this one process but PostgreSQL: the server, its clients and the SMTP server share the machine's
//! cores, so the figures are what one machine does for itself.

mod data;
mod floor;
mod http;
mod measure;
mod report;
mod sink;
mod stage;
mod work;

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Parser;

use report::Report;
use stage::Stage;

/// As in the server.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What to measure, and how much of it.
#[derive(Parser)]
#[command(about = "Measures Overture; started by `cargo xtask bench`.")]
struct Options {
    /// Small data, at most three minutes.
    #[arg(long)]
    quick: bool,
    /// Only these, separated by commas: board, column, move, search, pixel, click, scan, tick, send, parse, import.
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// Where to write the figures as JSON.
    #[arg(long)]
    json: Option<PathBuf>,
}

/// How much data and how many requests.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Deals of the pipeline whose board is measured.
    pub board_deals: i64,
    /// Deals of the whole brand.
    pub deals: i64,
    /// Mails, all of them sent.
    pub messages: i64,
    /// Contacts, those of the deals included.
    pub contacts: i64,
    /// Rows of the imported file.
    pub rows: usize,
    /// Requests for a page.
    pub pages: usize,
    /// Requests for a pixel.
    pub hits: usize,
    /// Most mails handed over.
    pub mails: i64,
}

impl Size {
    const QUICK: Self = Self {
        board_deals: 5_000,
        deals: 20_000,
        messages: 100_000,
        contacts: 50_000,
        rows: 50_000,
        pages: 2_000,
        hits: 40_000,
        mails: 2_000,
    };
    const FULL: Self = Self {
        board_deals: 5_000,
        deals: 100_000,
        messages: 500_000,
        contacts: 1_000_000,
        rows: 1_000_000,
        pages: 2_000,
        hits: 200_000,
        mails: 20_000,
    };
}

fn main() -> Result<()> {
    outreach::install_crypto();
    let options = Options::parse();
    let owner = std::env::var("DATABASE_URL").context("DATABASE_URL is not set; run `cargo xtask bench`")?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(run(&options, &owner))
}

async fn run(options: &Options, owner: &str) -> Result<()> {
    let size = if options.quick { Size::QUICK } else { Size::FULL };
    let stage = Stage::set(owner, size).await?;
    let mut report = Report::new(options.quick, size);
    let measured = work::all(&stage, &options.only, &mut report).await;
    stage.clear(owner).await?;
    measured?;
    println!("{}", report.table());
    if let Some(path) = &options.json {
        std::fs::write(path, report.json()?).with_context(|| format!("writing {}", path.display()))?;
    }
    Ok(())
}
