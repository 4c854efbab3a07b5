use std::fs::File;
use std::io::{Read, Write, stdin, stdout};

use anyhow::{Context, bail};
use chrono::NaiveDate;
use clap::Args;
use database::clock::Clock;
use outreach::replies::{Inspection, inspect};
use serde::Serialize;

/// More than the largest mail that is read, so that a larger one is refused rather than cut.
const MOST_BYTES: u64 = 11 * 1024 * 1024;

/// What every line holds, for `--help`.
const KEYS: &str = "\
Prints one JSON object a line, in the order of the files. Keys:
  file                 as given
  kind                 reply, auto_reply, bounce, complaint or other
  intent               interested, not_interested, question, out_of_office, unsubscribe, bounce, complaint, referral
                       or other
  confidence           0 to 1; below 0.6 a person decides
  reason               the header or words that decided
  message_id           its own, without angle brackets; null when it has none
  matched_message_id   the mail it answers or reports on; null when it names none
  related_message_ids  all the mails it may answer or report on, most telling first
  from, subject        decoded
  failed_recipients    of a bounce: address, status (as 5.1.1, or null), hard (true: not to be mailed again),
                       class (hard, soft, policy: our sending was refused, not the address), diagnostic
  return_date          YYYY-MM-DD, the first day back; null when none is named
  referral             the address to write to instead; null when none is named
  visible_text         without quoted history and signature
  needs_review         whether a person reads it
A file that is no mail gives {\"file\": …, \"error\": …}, and the command ends with exit code 1.";

/// The mails, and the day to read them on.
#[derive(Args)]
#[command(after_help = KEYS)]
pub struct InspectMail {
    /// Raw mails (RFC 5322), as "Show original" and "Save as" write them; - reads standard input.
    #[arg(required = true)]
    files: Vec<String>,
    /// The day that "back next Monday" counts from; left out, the day the mail was written.
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<NaiveDate>,
}

#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    #[serde(flatten)]
    found: Found,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Found {
    Mail(Box<Inspection>),
    Error { error: String },
}

impl InspectMail {
    /// Prints a line for each file.
    ///
    /// # Errors
    /// When one of them could not be read; the others are printed all the same.
    pub fn run(self) -> anyhow::Result<()> {
        let otherwise = Clock::system().now().date_naive();
        let mut unreadable = 0;
        let mut output = stdout().lock();
        for file in &self.files {
            let found = match read(file).and_then(|raw| Ok(inspect(&raw, self.today, otherwise)?)) {
                Ok(inspection) => Found::Mail(Box::new(inspection)),
                Err(error) => {
                    unreadable += 1;
                    Found::Error { error: format!("{error:#}") }
                }
            };
            let line = serde_json::to_string(&Line { file, found })?;
            writeln!(output, "{line}").context("the output was closed")?;
        }
        if unreadable > 0 {
            bail!("{unreadable} of {} could not be read", self.files.len());
        }
        Ok(())
    }
}

fn read(file: &str) -> anyhow::Result<Vec<u8>> {
    let mut raw = Vec::new();
    if file == "-" {
        stdin().lock().take(MOST_BYTES).read_to_end(&mut raw)?;
    } else {
        File::open(file)?.take(MOST_BYTES).read_to_end(&mut raw)?;
    }
    Ok(raw)
}
