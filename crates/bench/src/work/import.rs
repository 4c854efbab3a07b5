use std::fmt::Write as _;
use std::io::Write as _;
use std::pin::pin;
use std::time::Instant;

use anyhow::{Result, ensure};
use axum::body::Bytes;
use domain::contact::ConsentBasis;
use domain::import::DuplicateMode;
use futures::SinkExt;
use outreach::imports::{ImportFile, import_file};
use tokio_postgres::NoTls;

use crate::measure::peak_memory_mb;
use crate::report::Report;
use crate::stage::Stage;

/// A file of new contacts; PostgreSQL's floor is `COPY` of the same rows into a table with the same indexes.
pub async fn csv(stage: &Stage, report: &mut Report) -> Result<()> {
    let rows = stage.size.rows;
    let file = tempfile::Builder::new().suffix(".csv").tempfile()?;
    let mut writer = std::io::BufWriter::new(file.as_file());
    writeln!(writer, "First Name,Last Name,Company Name,E-mail Address,Phone")?;
    for row in 0..rows {
        writeln!(
            writer,
            "Asha,Rao{row},Rao {row} Pty Ltd,asha{row}@rao{row}.example,02 9000 {:04}",
            row % 10_000
        )?;
    }
    writer.flush()?;
    drop(writer);

    let before = peak_memory_mb();
    let begun = Instant::now();
    let request = ImportFile {
        path: file.path().to_owned(),
        brand: stage.brand.slug.clone(),
        pipeline: None,
        consent: Some(ConsentBasis::Published),
        evidence: "https://directory.example".to_owned(),
        duplicates: DuplicateMode::Skip,
        dry_run: false,
    };
    let done = import_file(&stage.environment, &request).await?;
    let took = begun.elapsed().as_secs_f64();
    let created = done.counts.created;
    ensure!(usize::try_from(created)? == rows, "{created} of {rows} rows were imported");
    if let (Some(before), Some(after)) = (before, peak_memory_mb()) {
        eprintln!("  the import raised the process's peak memory by {:.0} MB", after - before);
    }
    let alone = copy(stage, rows).await?;
    report.rate(
        "CSV import (floor: `COPY` of the same rows)",
        "rows",
        rows as f64 / took,
        rows as f64 / alone,
        "≥ 20,000/s, memory flat",
    );
    Ok(())
}

/// Seconds that `COPY` takes.
async fn copy(stage: &Stage, rows: usize) -> Result<f64> {
    let (client, connection) = tokio_postgres::connect(&stage.url, NoTls).await?;
    tokio::spawn(connection);
    client.batch_execute("CREATE TABLE floor_contacts (LIKE contacts INCLUDING ALL)").await?;
    let begun = Instant::now();
    let columns = "id, brand_id, email, name, company, phone, created_at, updated_at";
    let sink = client.copy_in(&format!("COPY floor_contacts ({columns}) FROM STDIN")).await?;
    let mut sink = pin!(sink);
    let (brand, now) = (stage.brand.id, stage.clock.now().to_rfc3339());
    let mut text = String::new();
    for row in 0..rows {
        let id = stage.clock.new_id();
        writeln!(
            text,
            "{id}\t{brand}\tasha{row}@rao{row}.example\tAsha Rao{row}\tRao {row} Pty Ltd\t02 9000 {:04}\t{now}\t{now}",
            row % 10_000
        )?;
        if text.len() > 60_000 {
            sink.send(Bytes::from(std::mem::take(&mut text))).await?;
        }
    }
    sink.send(Bytes::from(text)).await?;
    sink.finish().await?;
    Ok(begun.elapsed().as_secs_f64())
}
