use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;
use clap::builder::PossibleValue;
use domain::contact::ConsentBasis;
use domain::import::DuplicateMode;
use outreach::Refused;
use outreach::config::Config;
use outreach::imports::{ImportFile, Report, import_file};
use serde_json::{Map, Value, json};

/// The file and what to make of it.
#[derive(Args)]
pub struct Import {
    /// A CSV: comma, semicolon, tab or bar; UTF-8, UTF-16 or Windows-1252.
    file: PathBuf,
    /// The brand the contacts belong to.
    #[arg(long)]
    brand: String,
    /// Key of the pipeline that gets a deal for every new contact; left out: contacts only.
    #[arg(long)]
    pipeline: Option<String>,
    /// Why the brand may write to them: express, relationship or published. Left out: held until a person decides.
    #[arg(long)]
    consent: Option<String>,
    /// Where the consent can be checked, as an address or a note.
    #[arg(long, default_value = "")]
    evidence: String,
    /// What happens to addresses the brand knows already.
    #[arg(long, value_enum, default_value = "skip")]
    duplicates: Duplicates,
    /// Only say what would happen; nothing is written.
    #[arg(long)]
    dry_run: bool,
}

/// [`DuplicateMode`] as the command line says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Duplicates(DuplicateMode);

impl clap::ValueEnum for Duplicates {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self(DuplicateMode::Skip), Self(DuplicateMode::FillBlanks), Self(DuplicateMode::Overwrite)]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self.0 {
            DuplicateMode::Skip => PossibleValue::new("skip"),
            DuplicateMode::FillBlanks => PossibleValue::new("fill").alias("fill_blanks"),
            DuplicateMode::Overwrite => PossibleValue::new("overwrite"),
        })
    }
}

impl Import {
    /// Prints one JSON object.
    ///
    /// # Errors
    /// When the file can't be read, or none of its rows can be imported.
    pub async fn run(self, config: &Config) -> anyhow::Result<()> {
        let request = self.request()?;
        let environment = config.environment(4).await?;
        let report = import_file(&environment, &request).await.map_err(|refused| match refused {
            Refused::Failed(cause) => cause.context("the import stopped; the rows before are imported"),
            Refused::NotFound => anyhow::anyhow!("the brand or the pipeline is no longer there"),
            Refused::Invalid(why) | Refused::Conflict(why) => anyhow::anyhow!(why),
        })?;
        println!("{}", serde_json::to_string_pretty(&as_json(&request, &report))?);
        if report.counts.errors == report.counts.rows {
            bail!("no row could be imported; the errors above say why");
        }
        Ok(())
    }

    fn request(self) -> anyhow::Result<ImportFile> {
        let consent = match self.consent.as_deref() {
            None | Some("none") => None,
            Some(basis) => Some(basis.parse::<ConsentBasis>().with_context(|| {
                format!("{basis} is no consent basis; there are express, relationship, published and none")
            })?),
        };
        Ok(ImportFile {
            path: self.file,
            brand: self.brand,
            pipeline: self.pipeline,
            consent,
            evidence: self.evidence,
            duplicates: self.duplicates.0,
            dry_run: self.dry_run,
        })
    }
}

fn as_json(request: &ImportFile, report: &Report) -> Value {
    let mapping: Map<String, Value> =
        report.mapping.iter().map(|(column, field)| (column.clone(), json!(field.as_str()))).collect();
    let errors: Vec<Value> = report
        .errors
        .iter()
        .map(|error| json!({ "row": error.row_number, "column": error.column_name, "reason": error.reason }))
        .collect();
    let counts = &report.counts;
    json!({
        "brand": request.brand,
        "pipeline": request.pipeline,
        "dry_run": request.dry_run,
        "import": report.import,
        "mapping": mapping,
        "counts": {
            "rows": counts.rows,
            "created": counts.created,
            "updated": counts.updated,
            "skipped": counts.skipped,
            "suppressed": counts.suppressed,
            "errors": counts.errors,
            "deals": counts.deals,
        },
        "errors": errors,
    })
}
