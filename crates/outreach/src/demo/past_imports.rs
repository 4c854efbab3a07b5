//! The files that the imported leads came in.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use database::brand::Brand;
use database::import::{Import, ImportError};
use domain::contact::ConsentBasis;
use domain::import::{DuplicateMode, Field, ImportStatus};
use domain::{ImportId, PipelineId};

use super::dice::Dice;
use super::history::History;
use super::team::Team;
use crate::autopilot::Plan;
use crate::imports::{FileEncoding, Layout, Options};

const COLUMNS: &[(&str, Field)] = &[
    ("First Name", Field::FirstName),
    ("Last Name", Field::LastName),
    ("Email Address", Field::Email),
    ("Business Name", Field::Company),
    ("Website", Field::Website),
    ("Phone", Field::Phone),
    ("Job Title", Field::Role),
    ("State", Field::State),
];

/// What was wrong with a few rows.
#[rustfmt::skip]
const FAULTS: &[(&str, &str)] = &[
    ("Email Address", "“info@” is no e-mail address"),
    ("Email Address", "The address is missing"),
    ("Email Address", "“priya at sweets.example” is no e-mail address"),
    ("Website", "“n/a” is no web address"),
];

/// A file, found again by its pipeline and its moment.
type Batch = (PipelineId, DateTime<Utc>);

/// Adds an import for every batch of deals that an import made.
pub(super) fn remember(history: &mut History, brand: &Brand, plans: &[Plan], team: &Team, dice: &mut Dice) {
    let made =
        history.stage_events.iter().filter(|event| event.from_stage_id.is_none() && event.actor == "import");
    let mut batches: BTreeMap<Batch, i64> = BTreeMap::new();
    for event in made {
        let deal = history.deals.iter().find(|deal| deal.id == event.deal_id);
        if let Some(deal) = deal.filter(|_| event.user_id.is_some()) {
            *batches.entry((deal.pipeline_id, event.at)).or_default() += 1;
        }
    }
    let Ok(encoding) = FileEncoding::try_from("UTF-8".to_owned()) else {
        return;
    };
    for ((pipeline, at), deals) in batches {
        let Some(plan) = plans.iter().find(|plan| plan.pipeline.id == pipeline) else {
            continue;
        };
        let id = ImportId(dice.id(at));
        let errors = errors(dice, deals);
        let faulty = i64::try_from(errors.len()).unwrap_or(0);
        let skipped = dice.between(0, 6);
        let rows = deals + faulty + skipped;
        history.imports.push(Import {
            id,
            brand_id: brand.id,
            pipeline_id: Some(pipeline),
            file_name: format!("{}-{}.csv", plan.pipeline.key, at.format("%Y-%m-%d")),
            status: ImportStatus::Done,
            options: options(encoding),
            total_rows: rows,
            done_rows: rows,
            created_count: deals,
            updated_count: 0,
            skipped_count: skipped,
            suppressed_count: 0,
            error_count: faulty,
            deal_count: deals,
            failure: None,
            created_by: Some(team.colleague(&brand.slug, dice).id),
            created_at: at,
            finished_at: Some(at + chrono::TimeDelta::milliseconds(dice.between(300, 1_400))),
        });
        history.import_errors.push((id, errors));
    }
}

fn options(encoding: FileEncoding) -> serde_json::Value {
    let options = Options {
        layout: Layout { encoding, delimiter: ',', has_header: true },
        columns: COLUMNS.iter().map(|(name, _)| (*name).to_owned()).collect(),
        mapping: COLUMNS.iter().map(|(_, field)| *field).collect(),
        duplicates: DuplicateMode::Skip,
        consent: Some(ConsentBasis::Published),
        evidence: "Contact page of each business".to_owned(),
        source: "CSV import".to_owned(),
        tags: Vec::new(),
        remembered: false,
    };
    serde_json::to_value(options).unwrap_or_default()
}

fn errors(dice: &mut Dice, rows: i64) -> Vec<ImportError> {
    let mut found: Vec<ImportError> = (0..dice.between(0, 4))
        .map(|_| {
            let (column, reason) = *dice.pick(FAULTS);
            ImportError {
                row_number: dice.between(2, rows + 8),
                column_name: column.to_owned(),
                reason: reason.to_owned(),
            }
        })
        .collect();
    found.sort_by_key(|error| error.row_number);
    found.dedup_by_key(|error| error.row_number);
    found
}
