//! Tiers of deals, kept up to date from what came back for their mails.

use chrono::{DateTime, Utc};
use database::Connection;
use database::engagement::{self, Counted, NewTier};
use domain::DealId;
use domain::engagement::tier_of;
use futures::TryStreamExt;
use serde::{Deserialize, Serialize};

use crate::{Environment, Refused};

/// Tiers written at a time.
const CHUNK: usize = 20_000;

/// What a scan did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scanned {
    /// Active deals looked at.
    pub deals: u64,
    /// Deals whose tier changed.
    pub changed: u64,
}

/// Brings the tiers of these deals up to date, in two statements. Returns those that changed.
///
/// # Errors
/// When the database fails.
pub async fn refresh_deals(
    connection: &mut Connection,
    ids: &[DealId],
    now: DateTime<Utc>,
) -> Result<Vec<NewTier>, Refused> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let counted = engagement::counts_of(connection, ids, now).await?;
    let changed: Vec<NewTier> = counted.iter().filter_map(|row| change(row, now)).collect();
    engagement::store_tiers(connection, &changed).await?;
    Ok(changed)
}

/// The job autopilot_engagement_scan: brings every active deal's tier up to date. One statement reads a brand's deals,
/// whatever their number, and one more writes every twenty thousand that changed.
///
/// # Errors
/// When the database fails. What was written before stays.
pub async fn scan(environment: &Environment) -> Result<Scanned, Refused> {
    let brands = {
        let mut connection = environment.database().unscoped().await.map_err(anyhow::Error::from)?;
        database::brand::all(&mut connection).await?
    };
    let mut scanned = Scanned::default();
    for brand in brands {
        let found = scan_brand(environment, brand.id).await?;
        scanned.deals += found.deals;
        scanned.changed += found.changed;
    }
    Ok(scanned)
}

/// The same for one brand.
///
/// # Errors
/// As [`scan`].
pub async fn scan_brand(environment: &Environment, brand: domain::BrandId) -> Result<Scanned, Refused> {
    let now = environment.clock().now();
    let mut reading = environment.database().brand(brand).await?;
    let mut rows = engagement::counts_of_active(&mut reading, brand, now).await?;
    let (mut scanned, mut changed) = (Scanned::default(), Vec::new());
    while let Some(row) = rows.try_next().await? {
        scanned.deals += 1;
        changed.extend(change(&row, now));
        if changed.len() == CHUNK {
            scanned.changed += store(environment, brand, &mut changed).await?;
        }
    }
    scanned.changed += store(environment, brand, &mut changed).await?;
    Ok(scanned)
}

async fn store(
    environment: &Environment,
    brand: domain::BrandId,
    changed: &mut Vec<NewTier>,
) -> Result<u64, Refused> {
    if changed.is_empty() {
        return Ok(0);
    }
    let mut writing = environment.database().brand(brand).await?;
    engagement::store_tiers(&mut writing, changed).await?;
    writing.commit().await?;
    let count = changed.len() as u64;
    changed.clear();
    Ok(count)
}

fn change(row: &Counted, now: DateTime<Utc>) -> Option<NewTier> {
    let assessment = tier_of(&row.counts, now);
    let differs = assessment.tier != row.tier || assessment.unverified != row.tier_unverified;
    differs.then_some(NewTier { deal: row.deal, tier: assessment.tier, unverified: assessment.unverified })
}
