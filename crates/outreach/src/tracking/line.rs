use database::Result;
use database::brand;
use database::event::{self, HitInLine};
use domain::BrandId;

use super::judge::judge;
use super::{HONEYPOT_LINK, Hit, Request, Touched};
use crate::Environment;

/// Most hits judged in one transaction.
const MOST: usize = 2_000;

/// What came of a turn of judging.
pub(super) struct Judged {
    /// Deals whose tiers may have changed.
    pub touched: Touched,
    /// There was more in line than one transaction takes.
    pub more: bool,
}

/// Stores hits for [`judge_line`] and tells where those that name a link lead, in the order of the hits.
///
/// # Errors
/// When the database fails; nothing has been stored then, and the same hits may be tried again.
pub(super) async fn line_up(environment: &Environment, hits: &[HitInLine]) -> Result<Vec<Option<String>>> {
    let mut brands: Vec<BrandId> = hits.iter().map(|hit| hit.brand_id).collect();
    brands.sort_unstable();
    brands.dedup();
    let mut scope = environment.database().scoped_with_kept_plans(&brands).await?;
    let targets = event::line_up(&mut scope, hits).await?;
    scope.commit().await?;
    Ok(targets)
}

/// Judges the oldest hits in line, those that an earlier process left as well, at most [`MOST`]. A hit leaves the line in
/// the transaction that stores its event.
///
/// # Errors
/// When the database fails. What has not been judged stays in line.
pub(super) async fn judge_line(environment: &Environment) -> Result<Judged> {
    let brands = brand::all(&mut *environment.database().unscoped().await?).await?;
    let brands: Vec<BrandId> = brands.iter().map(|brand| brand.id).collect();
    let mut scope = environment.database().scoped(&brands).await?;
    let hits: Vec<Hit> =
        event::take_in_line(&mut scope, MOST as i64).await?.into_iter().map(Hit::from).collect();
    let (_, touched) = judge(&mut scope, &hits, environment.clock().now()).await?;
    scope.commit().await?;
    Ok(Judged { touched, more: hits.len() == MOST })
}

impl From<Hit> for HitInLine {
    fn from(hit: Hit) -> Self {
        Self {
            id: hit.id,
            brand_id: hit.brand,
            message_id: hit.message,
            link: hit.link.map(i32::from),
            at: hit.at,
            method: hit.request.method,
            user_agent: hit.request.user_agent,
            purpose: hit.request.purpose,
            network: hit.request.network,
            origin: hit.origin,
            own_session: hit.request.own_session,
        }
    }
}

impl From<HitInLine> for Hit {
    fn from(hit: HitInLine) -> Self {
        Self {
            id: hit.id,
            brand: hit.brand_id,
            message: hit.message_id,
            // The column holds no other numbers.
            link: hit.link.map(|link| u16::try_from(link).unwrap_or(HONEYPOT_LINK)),
            at: hit.at,
            origin: hit.origin,
            request: Request {
                method: hit.method,
                user_agent: hit.user_agent,
                purpose: hit.purpose,
                network: hit.network,
                own_session: hit.own_session,
            },
        }
    }
}
