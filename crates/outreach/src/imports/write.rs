use chrono::{DateTime, Utc};
use database::{Connection, import};
use domain::ImportId;

use super::plan::Plan;
use super::setting::Setting;
use crate::Refused;

/// Why a new deal's first step comes when it comes.
const FIRST_STEP: &str = "Imported: the first step is due in office hours.";

/// Carries a plan out in the caller's transaction, and counts what it really came to.
pub(super) async fn carry_out(
    connection: &mut Connection,
    setting: &Setting,
    id: ImportId,
    plan: &mut Plan,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let (brand, author) = (setting.brand.id, setting.author);
    let stored = import::insert_contacts(connection, brand, &plan.inserts, now).await?;
    plan.keep_only(&stored);
    import::update_contacts(connection, &plan.updates, now).await?;
    import::insert_consents(connection, brand, author, &plan.consents).await?;
    if let Some(target) = &setting.target {
        let (pipeline, stage) = (target.pipeline.id, target.ladder.entry().id);
        let deals =
            import::insert_deals(connection, brand, pipeline, stage, author, FIRST_STEP, &plan.deals, now)
                .await?;
        plan.counts.deals = i64::try_from(deals).unwrap_or(i64::MAX);
    }
    import::insert_notes(connection, brand, author, &plan.notes, now).await?;
    import::insert_errors(connection, brand, id, &plan.errors).await?;
    import::advance(connection, id, &plan.counts).await?;
    Ok(())
}
