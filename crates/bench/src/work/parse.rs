use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use chrono::NaiveDate;
use outreach::replies::inspect;

use crate::report::Report;

/// Mails read.
const COUNT: usize = 5_000;

/// Reading incoming mail, as `server inspect-mail` does: MIME, quotation, headers, lexicon. The mails are the tests' corpus.
pub fn corpus(report: &mut Report) -> Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../mail/tests/fixtures/corpus");
    let mut mails = Vec::new();
    for entry in std::fs::read_dir(&folder).with_context(|| format!("reading {}", folder.display()))? {
        mails.push(std::fs::read(entry?.path())?);
    }
    ensure!(!mails.is_empty(), "the corpus is empty");
    let today = NaiveDate::from_ymd_opt(2026, 11, 24).context("a day")?;
    let begun = Instant::now();
    for raw in mails.iter().cycle().take(COUNT) {
        std::hint::black_box(inspect(raw, Some(today), today)?);
    }
    let took = begun.elapsed().as_secs_f64();
    let begun = Instant::now();
    for raw in mails.iter().cycle().take(COUNT) {
        std::hint::black_box(std::str::from_utf8(raw).is_ok());
    }
    let alone = begun.elapsed().as_secs_f64();
    report.rate(
        "reading incoming mails, one core (floor: checking their bytes for UTF-8)",
        "mails",
        COUNT as f64 / took,
        COUNT as f64 / alone,
        "≥ 500/s",
    );
    Ok(())
}
