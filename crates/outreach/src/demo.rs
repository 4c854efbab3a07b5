//! The demo's data: people, contacts and ninety days of history that end now, the same for the same moment.

mod case;
mod cast;
mod dice;
mod habits;
mod history;
mod leads;
mod letters;
mod life;
mod names;
mod past_imports;
mod places;
mod runs;
mod store;
mod team;
mod texts;
mod words;
mod writing;

use chrono::{DateTime, TimeDelta, Utc};
use database::brand::Brand;
use domain::pipeline::PipelineMode;

use self::cast::Cast;
use self::dice::Dice;
use self::history::History;
use self::life::Life;
use self::team::Team;
use crate::autopilot::{Plan, Plans};
use crate::{Environment, Refused};

pub use self::team::PASSWORD;

/// Of all that could have happened.
const SEED: u64 = 0x000D_E510_F1F7;

/// A pipeline in which a person approves what the autopilot proposes.
const SUGGESTING: (&str, &str) = ("codeteki", "partnership");

/// One brand with its history.
struct Told {
    brand: Brand,
    history: History,
    kept_slots: Vec<domain::DealId>,
}

/// Loads the demo's data, once: when they are there already, nothing changes.
///
/// # Errors
/// [`Refused::Invalid`] outside the demo or before the brands are loaded. Nothing is stored then.
pub async fn load(environment: &Environment) -> Result<String, Refused> {
    if !environment.is_demo() {
        return Err(Refused::Invalid("Demo data are for the demo only: set OVERTURE_DEMO=1.".to_owned()));
    }
    let brands = {
        let mut connection = environment.database().unscoped().await.map_err(anyhow::Error::from)?;
        if store::is_loaded(&mut connection).await? {
            return Ok("The demo data are loaded already; nothing changed.".to_owned());
        }
        environment.clock().refresh(&mut connection).await?;
        database::brand::all(&mut connection).await?
    };
    let ours = |brand: &Brand| store::ADDRESSES.iter().any(|(slug, _)| brand.slug == *slug);
    let brands: Vec<Brand> = brands.into_iter().filter(ours).collect();
    if brands.len() != store::ADDRESSES.len() {
        return Err(Refused::Invalid("The brands aren't there yet: run `server seed` first.".to_owned()));
    }
    let now = environment.clock().now();
    let mut dice = Dice::new(SEED);
    let team = Team::hire(&mut dice, now - TimeDelta::days(cast::DAYS + 1)).await?;
    let mut cast = Cast::new(&mut dice);
    let mut told = Vec::new();
    let mut turns = runs::Turns::default();
    for brand in brands {
        let brand = store::with_address(brand);
        let mut plans = plans_of(environment, &brand).await?;
        plans.sort_by_key(|plan| plan.pipeline.position);
        let (story, brand_turns) = tell(environment, brand, &plans, &team, &mut cast, now, &mut dice)?;
        turns.add(brand_turns);
        told.push(story);
    }
    let job_runs = turns.runs(now, &told.iter().map(|story| &story.history).collect::<Vec<_>>(), &mut dice);
    store::store(environment, &team, &told, &job_runs).await
}

async fn plans_of(environment: &Environment, brand: &Brand) -> Result<Vec<Plan>, Refused> {
    let mut transaction = environment.database().brand(brand.id).await?;
    let mut plans = Plans::load(&mut transaction).await?.into_vec();
    for plan in &mut plans {
        if (brand.slug.as_str(), plan.pipeline.key.as_str()) == SUGGESTING {
            plan.pipeline.mode = PipelineMode::Suggest;
        }
    }
    Ok(plans)
}

/// When each turn of the autopilot was, and what it did.
type Turns = Vec<(DateTime<Utc>, crate::autopilot::Summary)>;

/// Lives a brand's history through and writes its mails.
fn tell(
    environment: &Environment,
    brand: Brand,
    plans: &[Plan],
    team: &Team,
    cast: &mut Cast,
    now: DateTime<Utc>,
    dice: &mut Dice,
) -> anyhow::Result<(Told, Turns)> {
    let from = now - TimeDelta::days(cast::DAYS);
    let mut life = Life::new(environment, &brand, plans, team, (from, now), dice.split());
    cast.enter(&mut life, &brand, plans, team, now, dice);
    life.run();
    let kept_slots = life.kept_slots();
    let turns = std::mem::take(&mut life.turns);
    let mut history = writing::write(life, environment, &brand, plans)?;
    past_imports::remember(&mut history, &brand, plans, team, dice);
    Ok((Told { brand, history, kept_slots }, turns))
}
