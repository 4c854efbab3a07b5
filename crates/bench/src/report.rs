//! Figures as a table for people and as JSON for whoever compares runs.

use std::fmt::Write as _;

use anyhow::Result;
use serde_json::{Value, json};

use crate::Size;
use crate::measure::{Latencies, peak_memory_mb};

/// One line of the table.
struct Line {
    work: &'static str,
    figure: String,
    floor: String,
    reach: &'static str,
    json: Value,
}

/// All figures of a run.
pub struct Report {
    quick: bool,
    size: Size,
    lines: Vec<Line>,
}

impl Report {
    pub const fn new(quick: bool, size: Size) -> Self {
        Self { quick, size, lines: Vec::new() }
    }

    /// Latencies beside those of the floor.
    pub fn latencies(
        &mut self,
        work: &'static str,
        found: &Latencies,
        floor: &Latencies,
        reach: &'static str,
    ) {
        eprintln!("  {work}: {}", words(found));
        self.lines.push(Line {
            work,
            figure: words(found),
            floor: words(floor),
            reach,
            json: json!({ "work": work, "reach": reach, "figure": figures(found), "floor": figures(floor) }),
        });
    }

    /// A rate in units a second beside that of the floor.
    pub fn rate(&mut self, work: &'static str, unit: &str, found: f64, floor: f64, reach: &'static str) {
        eprintln!("  {work}: {found:.0} {unit}/s");
        self.lines.push(Line {
            work,
            figure: format!("{} {unit}/s", grouped(found)),
            floor: format!("{} {unit}/s", grouped(floor)),
            reach,
            json: json!({ "work": work, "reach": reach, "per_second": found, "floor_per_second": floor, "unit": unit }),
        });
    }

    /// The table, in Markdown.
    pub fn table(&self) -> String {
        let mut text =
            String::from("| work | reached | floor in the same run | to reach |\n|---|---|---|---|\n");
        for line in &self.lines {
            // Writing to a string can't fail.
            let _ = writeln!(text, "| {} | {} | {} | {} |", line.work, line.figure, line.floor, line.reach);
        }
        if let Some(peak) = peak_memory_mb() {
            let _ = writeln!(text, "\nMost memory of the whole run, clients included: {peak:.0} MB.");
        }
        text
    }

    /// # Errors
    /// Never for figures of this kind.
    pub fn json(&self) -> Result<String> {
        let lines: Vec<&Value> = self.lines.iter().map(|line| &line.json).collect();
        Ok(serde_json::to_string_pretty(&json!({
            "quick": self.quick,
            "size": {
                "board_deals": self.size.board_deals,
                "deals": self.size.deals,
                "messages": self.size.messages,
                "contacts": self.size.contacts,
                "import_rows": self.size.rows,
            },
            "peak_memory_mb": peak_memory_mb(),
            "figures": lines,
        }))?)
    }
}

fn words(found: &Latencies) -> String {
    let [p50, p95, p99] = [0.5, 0.95, 0.99].map(|share| found.quantile_ms(share));
    format!("p50 {p50:.1} · p95 {p95:.1} · p99 {p99:.1} ms, {}/s", grouped(found.rate()))
}

fn figures(found: &Latencies) -> Value {
    let [p50, p95, p99] = [0.5, 0.95, 0.99].map(|share| found.quantile_ms(share));
    json!({ "p50_ms": p50, "p95_ms": p95, "p99_ms": p99, "per_second": found.rate() })
}

fn grouped(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn thousands_are_grouped() {
        for (number, words) in [(0.4, "0"), (999.0, "999"), (1_000.0, "1,000"), (1_234_567.0, "1,234,567")] {
            assert_eq!(super::grouped(number), words);
        }
    }
}
