//! Counts added up by PostgreSQL against the rule that adds them up one by one.

use anyhow::{Context, Result, ensure};
use chrono::{DateTime, TimeDelta, Utc};
use diesel::sql_types::{BigInt, Nullable, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use domain::engagement::{EngagementCounts, MailActivity, tier_of};
use outreach::engagement::{refresh_deals, scan};

use crate::world::World;

/// A small generator, so that every run tests the same cases.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn mail(&mut self, now: DateTime<Utc>, number: i64) -> MailActivity {
        let sent_at = now - TimeDelta::hours(40 * (number + 1) + i64::try_from(self.roll(30)).unwrap_or(0));
        let after = |hours: u64| sent_at + TimeDelta::hours(i64::try_from(hours).unwrap_or(0));
        let mut event = |odds: u64| (self.roll(odds) == 0).then(|| after(self.roll(200) + 1).min(now));
        MailActivity {
            human_opened_at: event(3),
            machine_opened_at: event(4),
            clicked_at: event(5),
            replied_at: event(12),
            ..MailActivity::unopened(sent_at)
        }
    }
}

async fn store(world: &World, deal: &database::deal::Deal, mail: &MailActivity, number: i64) -> Result<()> {
    let mut scope = world.test.database.brand(deal.brand_id).await?;
    let first = |newest: Option<DateTime<Utc>>| newest.map(|at| (at - TimeDelta::hours(1)).max(mail.sent_at));
    diesel::sql_query(
        "WITH mail AS (
            INSERT INTO email_messages (id, brand_id, contact_id, deal_id, send_key, state, to_email, subject, message_id,
                scheduled_for, sent_at, created_at, opened_at, machine_opened_at, clicked_at, replied_at)
            SELECT gen_random_uuid(), brand_id, contact_id, id, id || ':' || $2, 'sent', 'x@y.example', 'Hello',
                gen_random_uuid()::text, $3, $3, $3, $4, $5, $6, $7 FROM deals WHERE id = $1 RETURNING id, brand_id)
         INSERT INTO email_events (id, brand_id, message_id, deal_id, kind, verdict, reason, at)
         SELECT gen_random_uuid(), brand_id, mail.id, $1, e.kind, 'human', 'test', e.at
         FROM mail, (VALUES ('open', $4), ('open', $8), ('click', $6), ('click', $9)) AS e (kind, at) WHERE e.at IS NOT NULL",
    )
    .bind::<SqlUuid, _>(deal.id)
    .bind::<BigInt, _>(number)
    .bind::<Timestamptz, _>(mail.sent_at)
    .bind::<Nullable<Timestamptz>, _>(first(mail.human_opened_at))
    .bind::<Nullable<Timestamptz>, _>(mail.machine_opened_at)
    .bind::<Nullable<Timestamptz>, _>(first(mail.clicked_at))
    .bind::<Nullable<Timestamptz>, _>(mail.replied_at)
    .bind::<Nullable<Timestamptz>, _>(mail.human_opened_at)
    .bind::<Nullable<Timestamptz>, _>(mail.clicked_at)
    .execute(&mut *scope)
    .await?;
    Ok(scope.commit().await?)
}

#[tokio::test(flavor = "multi_thread")]
async fn postgresql_counts_as_the_rule_does_and_the_scan_stores_the_tiers() -> Result<()> {
    let world = World::new().await?;
    let now = world.now();
    let mut dice = Dice(7);
    let mut cases = Vec::new();
    for number in 0..60_u64 {
        let deal =
            world.deal(world.desifirms(), "business", &format!("lead@company{number}.example")).await?;
        let mails: Vec<MailActivity> =
            (0..i64::try_from(number % 6)?).map(|mail| dice.mail(now, mail)).collect();
        for (place, mail) in (0..).zip(&mails) {
            store(&world, &deal, mail, place).await?;
        }
        cases.push((deal, mails));
    }
    let ids: Vec<_> = cases.iter().map(|(deal, _)| deal.id).collect();
    let mut scope = world.test.database.brand(world.desifirms()).await?;
    let counted = database::engagement::counts_of(&mut scope, &ids, now).await?;
    for (deal, mails) in &cases {
        let expected = EngagementCounts::from_mails(mails, now);
        let found = counted.iter().find(|row| row.deal == deal.id).context("every deal is counted")?;
        ensure!(found.counts == expected, "{mails:#?}\n{:#?}\n{expected:#?}", found.counts);
    }
    drop(scope);

    let scanned = scan(&world.environment).await?;
    ensure!(scanned.deals == 60 && scanned.changed > 10, "{scanned:?}");
    for (deal, mails) in &cases {
        let expected = tier_of(&EngagementCounts::from_mails(mails, now), now);
        let stored = world.look(deal).await?;
        ensure!((stored.tier, stored.tier_unverified) == (expected.tier, expected.unverified));
    }
    ensure!(scan(&world.environment).await?.changed == 0, "a second scan changes nothing");
    let mut scope = world.test.database.brand(world.desifirms()).await?;
    ensure!(refresh_deals(&mut scope, &ids, now).await?.is_empty());
    Ok(())
}
