use std::fmt::Write as _;
use std::time::Instant;

use super::support::{World, sales};

/// A list in which one row in ten thousand has no address.
fn list(rows: usize) -> String {
    let mut text = "First Name,Last Name,Email,Company,Phone,State\n".to_owned();
    for number in 0..rows {
        let at = if number % 10_000 == 9_999 { "" } else { "@" };
        let _ = writeln!(
            text,
            "Priya,Sharma {number},priya{number}{at}bulk.com.au,Bulk {number} Pty Ltd,0412 555 014,NSW"
        );
    }
    text
}

#[tokio::test(flavor = "multi_thread")]
async fn hundred_thousand_rows_all_arrive() -> anyhow::Result<()> {
    const ROWS: usize = 100_000;
    let world = World::new().await?;
    let path = world.file("bulk.csv", list(ROWS))?;
    let started = Instant::now();
    let counts = world.import(&sales(path)).await?.counts;
    let seconds = started.elapsed().as_secs_f64();
    println!("{ROWS} rows with deals in {seconds:.1} s: {:.0} rows/s", ROWS as f64 / seconds);
    assert_eq!((counts.rows, counts.created, counts.errors, counts.deals), (100_000, 99_990, 10, 99_990));
    assert_eq!(world.rows(world.codeteki()).await?[..4], [99_990; 4]);
    Ok(())
}
