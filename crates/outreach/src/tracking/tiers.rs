use std::collections::{BTreeMap, BTreeSet};

use domain::{BrandId, DealId};

use crate::{Environment, Refused};

/// Deals whose engagement has changed, by brand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Touched(BTreeMap<BrandId, BTreeSet<DealId>>);

impl Touched {
    pub(super) fn add(&mut self, brand: BrandId, deal: Option<DealId>) {
        if let Some(deal) = deal {
            self.0.entry(brand).or_default().insert(deal);
        }
    }

    /// Whether there is nothing to refresh.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Works the tiers of deals out again, a transaction for each brand.
///
/// # Errors
/// When the database fails. The daily scan catches up with what was missed.
pub async fn refresh(environment: &Environment, touched: &Touched) -> Result<(), Refused> {
    for (brand, deals) in &touched.0 {
        let deals: Vec<DealId> = deals.iter().copied().collect();
        let mut scope = environment.database().brand(*brand).await?;
        crate::engagement::refresh_deals(&mut scope, &deals, environment.clock().now()).await?;
        scope.commit().await?;
    }
    Ok(())
}
