use anyhow::{Result, ensure};
use chrono::TimeDelta;
use database::message::Message;
use domain::mailing::MessageState;

use crate::world::World;

/// Mails that are due at this moment, one for each address, however they came into the outbox.
async fn due(world: &World, emails: &[&str]) -> Result<Vec<Message>> {
    let mut mails = Vec::new();
    for email in emails {
        let deal = world.deal(world.desifirms(), "business", email).await?;
        let mut scope = world.test.database.brand(world.desifirms()).await?;
        let contact = database::contact::find(&mut scope, deal.contact_id).await?;
        let stages = database::pipeline::stages_of(&mut scope, deal.pipeline_id).await?;
        let stage = stages.iter().find(|stage| stage.step == Some(1)).expect("an outreach stage");
        let (state, clock) = (MessageState::Queued, &world.test.clock);
        mails.push(test_support::mail(&mut scope, &deal, &contact, stage, state, None, clock).await?);
        scope.commit().await?;
    }
    world.sql(world.desifirms(), "UPDATE email_messages SET scheduled_for = created_at").await?;
    world.sql(world.desifirms(), "UPDATE brands SET hourly_cap = 120 WHERE slug = 'desifirms'").await?;
    Ok(mails)
}

async fn now(world: &World, mail: &Message) -> Result<Message> {
    let mut scope = world.test.database.brand(mail.brand_id).await?;
    Ok(database::message::find(&mut scope, mail.id).await?)
}

#[tokio::test(flavor = "multi_thread")]
async fn backlog_to_one_company_goes_out_one_by_one_with_its_reason() -> Result<()> {
    let world = World::new().await?;
    let emails = ["priya@sharma.example", "ravi@sharma.example", "asha@sharma.example", "noor@other.example"];
    let mails = due(&world, &emails).await?;
    let summary = world.deliver().await?;
    ensure!((summary.sent, summary.postponed) == (2, 2), "{summary:?}");
    let mut waiting = Vec::new();
    for mail in &mails[..3] {
        waiting.extend(Some(now(&world, mail).await?).filter(|mail| mail.state == MessageState::Queued));
    }
    waiting.sort_by_key(|mail| mail.scheduled_for);
    ensure!(waiting.len() == 2, "the other company's mail waits for nobody");
    for mail in &waiting {
        ensure!(mail.reason.as_deref().is_some_and(|why| why.contains("one company")), "{:?}", mail.reason);
    }
    let between = waiting[1].scheduled_for - waiting[0].scheduled_for;
    ensure!(waiting[0].scheduled_for > world.now() && between == waiting[0].scheduled_for - world.now());
    world.pass(between);
    ensure!(world.deliver().await?.sent == 1);
    world.pass(between);
    ensure!(world.deliver().await?.sent == 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn two_workers_together_keep_the_distance() -> Result<()> {
    let world = World::new().await?;
    let names: Vec<String> = (0..12).map(|n| format!("person{n}@sharma.example")).collect();
    due(&world, &names.iter().map(String::as_str).collect::<Vec<_>>()).await?;
    let (one, two) = tokio::join!(world.deliver(), world.deliver());
    ensure!(one?.sent + two?.sent == 1, "a company got several at once");
    ensure!(world.provider.accepted().len() == 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn public_provider_gets_a_looser_rate() -> Result<()> {
    let world = World::new().await?;
    let mails = due(&world, &["priya@gmail.com", "ravi@gmail.com"]).await?;
    ensure!(world.deliver().await?.sent == 1);
    let (one, two) = (now(&world, &mails[0]).await?, now(&world, &mails[1]).await?);
    let waiting = if one.state == MessageState::Queued { one } else { two };
    ensure!(waiting.scheduled_for - world.now() <= TimeDelta::seconds(30), "{:?}", waiting.scheduled_for);
    ensure!(waiting.reason.as_deref().is_some_and(|why| why.contains("one mailbox provider")));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn contact_with_two_deals_gets_its_second_mail_after_the_gap() -> Result<()> {
    let world = World::new().await?;
    let first = due(&world, &["priya@sharma.example"]).await?.remove(0);
    let second = world.deal(world.desifirms(), "events", "priya@sharma.example").await?;
    let mut scope = world.test.database.brand(world.desifirms()).await?;
    let contact = database::contact::find(&mut scope, second.contact_id).await?;
    let stages = database::pipeline::stages_of(&mut scope, second.pipeline_id).await?;
    let stage = stages.iter().find(|stage| stage.step == Some(1)).expect("an outreach stage");
    let clock = &world.test.clock;
    let other =
        test_support::mail(&mut scope, &second, &contact, stage, MessageState::Queued, None, clock).await?;
    scope.commit().await?;
    world.sql(world.desifirms(), "UPDATE email_messages SET scheduled_for = created_at").await?;
    ensure!(world.deliver().await?.sent == 1);
    let (first, other) = (now(&world, &first).await?, now(&world, &other).await?);
    let waiting = if first.state == MessageState::Queued { first } else { other };
    ensure!(
        waiting.reason.as_deref().is_some_and(|why| why.contains("this contact")),
        "{:?}",
        waiting.reason
    );
    ensure!(waiting.scheduled_for - world.now() == TimeDelta::hours(20));
    Ok(())
}
