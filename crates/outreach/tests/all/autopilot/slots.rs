use anyhow::{Result, ensure};
use chrono::TimeDelta;
use domain::mailing::MessageState;

use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn more_deals_than_the_day_s_cap_keep_their_places_and_all_get_their_mail_in_order() -> Result<()> {
    let world = World::new().await?;
    world
        .sql(world.desifirms(), "UPDATE brands SET hourly_cap = 4, daily_cap = 10 WHERE slug = 'desifirms'")
        .await?;
    let mut deals = Vec::new();
    for number in 0..25 {
        deals
            .push(world.deal(world.desifirms(), "business", &format!("lead@company{number}.example")).await?);
        world.pass(TimeDelta::seconds(1));
    }
    let start = world.now();
    for _ in 0..400 {
        let sent = world.provider.accepted().len();
        if sent == 25 {
            break;
        }
        world.step(world.desifirms()).await?;
        let mut scope = world.test.database.brand(world.desifirms()).await?;
        let hour = world.now() - TimeDelta::hours(1);
        let lately = database::message::handed_over(&mut scope, world.desifirms(), hour, hour).await?;
        ensure!(lately.hour <= 4, "{} mails in an hour", lately.hour);
    }
    let mut days = std::collections::BTreeMap::new();
    for mail in world.provider.accepted() {
        *days.entry(mail.date.with_timezone(&outreach::schedule::ZONE).date_naive()).or_insert(0) += 1;
    }
    ensure!(days.values().all(|count| *count <= 10) && days.values().sum::<i32>() == 25, "{days:?}");
    ensure!(world.now() - start < TimeDelta::days(3), "no capacity was wasted: {days:?}");
    // Everybody was decided on once for the wait and once for the mail, not every hour.
    for deal in &deals {
        ensure!(world.rules(deal).await?.len() <= 3, "{:?}", world.rules(deal).await?);
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contact_abroad_is_mailed_in_their_own_office_hours() -> Result<()> {
    let world = World::new().await?;
    let deal = world.deal(world.desifirms(), "business", "priya@london.example").await?;
    world.sql(world.desifirms(), "UPDATE contacts SET time_zone = 'Europe/London'").await?;
    world.run_until_mailed(&deal, 60).await?;
    let mails = world.mails(&deal).await?;
    let local =
        mails[0].sent_at.map(|at| at.with_timezone(&chrono_tz::Europe::London).format("%a %H").to_string());
    ensure!(mails[0].state == MessageState::Sent && local.as_deref() == Some("Mon 09"), "{local:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_goes_out_on_a_public_holiday_or_at_night() -> Result<()> {
    let world = World::new().await?;
    // Thursday 24 December 2026, 16:59 in Sydney: no slot is left before Christmas.
    world.test.clock.set("2026-12-24T05:59:30Z".parse()?);
    let first = world.deal(world.desifirms(), "business", "first@one.example").await?;
    world.tick().await?;
    world.test.clock.set("2026-12-24T06:00:30Z".parse()?);
    let second = world.deal(world.desifirms(), "business", "second@two.example").await?;
    world.tick().await?;
    ensure!(world.look(&first).await?.mails_sent == 1 && world.look(&second).await?.mails_sent == 0);
    world.run_until_mailed(&second, 60).await?;
    let at = world.look(&second).await?.last_mailed_at.map(|at| at.with_timezone(&outreach::schedule::ZONE));
    // Friday and Monday are Christmas and the day for Boxing Day.
    ensure!(at.map(|at| at.format("%a %-d %b %H").to_string()).as_deref() == Some("Tue 29 Dec 09"), "{at:?}");
    Ok(())
}
