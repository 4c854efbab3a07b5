//! The first page: what needs a person, what the autopilot plans, how the day goes.

mod greeting;
mod sections;

use chrono::{DateTime, TimeDelta, Utc};
use database::listing::today as queries;
use domain::calendar::start_of_day;
use domain::view::today::{DayFigures, DeafBrand, TodayView};
use domain::{BrandId, NoteId, Role};

use crate::board::Reader;
use crate::listings::{plain_when, reader};
use crate::office::Office;
use crate::people::CurrentUser;
use crate::{Environment, Refused};

/// Lines of a section.
const LINES: i64 = 5;
/// A mailbox that fails for shorter than this is most likely only restarting.
const DEAF: TimeDelta = TimeDelta::hours(1);

/// Everything on the page, for the brands `brand` names (`all` or a slug).
///
/// # Errors
/// [`Refused::NotFound`] for a brand that isn't theirs.
pub async fn today(environment: &Environment, user: &CurrentUser, brand: &str) -> Result<TodayView, Refused> {
    let brands = user.brands(brand).ok_or(Refused::NotFound)?;
    let now = environment.clock().now();
    let zone = user.zone();
    let mut scope = environment.database().scoped(&brands).await?;
    let reader = reader(&mut scope, user, &brands, now).await?;
    let midnight = start_of_day(now.with_timezone(&zone).date_naive(), zone);
    let tomorrow = start_of_day(now.with_timezone(&zone).date_naive() + TimeDelta::days(1), zone);
    let yesterday = start_of_day(now.with_timezone(&zone).date_naive() - TimeDelta::days(1), zone);

    let replies = sections::replies(queries::waiting_replies(&mut scope, LINES).await?, &reader);
    let proposals = sections::proposals(queries::waiting_proposals(&mut scope, LINES).await?, &reader);
    let blocked = sections::blocked(queries::blocked_deals(&mut scope, LINES).await?, &reader);
    let overdue =
        sections::stuck(queries::overdue_deals(&mut scope, reader.overdue_before, LINES).await?, &reader);
    let by_hand = sections::stuck(queries::deals_by_hand(&mut scope, now, LINES).await?, &reader);
    let tasks = sections::tasks(queries::due_tasks(&mut scope, tomorrow, LINES).await?, &reader);
    let planned = sections::planned(queries::planned_work(&mut scope, tomorrow).await?, &reader);
    let deaf = deaf(&mut scope, user, &reader).await?;
    let next_run = next_run(&mut scope, &brands, now).await?;
    Ok(TodayView {
        greeting: greeting::greeting(user.name(), now, zone),
        waiting: replies.total
            + proposals.total
            + blocked.total
            + overdue.total
            + by_hand.total
            + tasks.total,
        deaf,
        replies,
        proposals,
        blocked,
        overdue,
        by_hand,
        tasks,
        planned,
        next_run: plain_when(next_run, &reader),
        today: figures(queries::day_figures(&mut scope, midnight, tomorrow).await?),
        yesterday: figures(queries::day_figures(&mut scope, yesterday, midnight).await?),
    })
}

/// Brands that no reply reaches.
async fn deaf(
    connection: &mut database::Connection,
    user: &CurrentUser,
    reader: &Reader,
) -> Result<Vec<DeafBrand>, Refused> {
    let failing = database::mailboxes::failing(connection, reader.now - DEAF).await?;
    let named = failing.into_iter().filter_map(|(id, since)| {
        let brand = user.memberships().iter().find(|brand| brand.id == id)?;
        Some(DeafBrand {
            slug: brand.slug.clone(),
            name: brand.name.clone(),
            since: plain_when(since, reader),
            may_edit: brand.role < Role::Member,
        })
    });
    Ok(named.collect())
}

/// Marks a task as done.
///
/// # Errors
/// [`Refused::NotFound`] for a task that isn't theirs, or is done already.
pub async fn finish_task(environment: &Environment, user: &CurrentUser, task: NoteId) -> Result<(), Refused> {
    let mut scope = environment.database().scoped(&user.all_brands()).await?;
    if !queries::finish_task(&mut scope, task, environment.clock().now()).await? {
        return Err(Refused::NotFound);
    }
    scope.commit().await?;
    Ok(())
}

/// The next full hour at which the autopilot looks and one of the brands is at work.
async fn next_run(
    connection: &mut database::Connection,
    brands: &[BrandId],
    now: DateTime<Utc>,
) -> Result<DateTime<Utc>, Refused> {
    let hour = TimeDelta::hours(1);
    let full_hour = now + hour - TimeDelta::seconds(now.timestamp().rem_euclid(hour.num_seconds()));
    let offices: Vec<Office> = database::brand::all(connection)
        .await?
        .iter()
        .filter(|brand| brands.contains(&brand.id))
        .map(Office::of)
        .collect();
    let next = offices.iter().map(|office| office.next_open(full_hour));
    Ok(next.min().unwrap_or(full_hour))
}

fn figures(row: queries::DayFigures) -> DayFigures {
    DayFigures {
        sent: row.sent,
        opened: row.opened,
        clicked: row.clicked,
        replies: row.replies,
        unsubscribed: row.unsubscribed,
        won: row.won,
    }
}
