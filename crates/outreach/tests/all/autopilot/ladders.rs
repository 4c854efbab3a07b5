use anyhow::{Context, Result, ensure};
use chrono::TimeDelta;
use database::deal::{Actor, Deal, StageMove, record_move};
use domain::mailing::MessageState;
use domain::pipeline::catalogue::{self, CataloguePipeline};
use domain::pipeline::{DealStatus, LostReason, PipelineType, StageKind};

use crate::world::World;

fn brand_of(world: &World, pipeline: &CataloguePipeline) -> domain::BrandId {
    if pipeline.brand == "codeteki" { world.codeteki() } else { world.desifirms() }
}

/// The templates of the outreach steps in order.
fn templates(pipeline: &CataloguePipeline) -> Vec<&'static str> {
    let outreach = pipeline.stages.iter().filter(|stage| stage.kind == StageKind::Outreach);
    outreach.filter_map(|stage| stage.template_key).collect()
}

/// Each mail greets, says something, has its own subject, can be answered and opted out of, and threads on the one
/// before.
fn check_mails(
    world: &World,
    email: &str,
    templates: &[&str],
    rows: &[database::message::Message],
) -> Result<()> {
    let mails = world.provider.accepted_for(email);
    ensure!(mails.len() == templates.len(), "{email}: {} mails instead of {}", mails.len(), templates.len());
    let mut subjects: Vec<&str> = mails.iter().map(|mail| mail.subject.as_str()).collect();
    subjects.sort_unstable();
    subjects.dedup();
    ensure!(subjects.len() == mails.len(), "{email}: a subject is repeated: {subjects:?}");
    for (index, mail) in mails.iter().enumerate() {
        let row =
            rows.iter().find(|row| row.message_id == mail.message_id).context("each mail has its row")?;
        ensure!(row.template_key.as_deref() == Some(templates[index]), "{email}: {:?}", row.template_key);
        ensure!(row.state == MessageState::Sent && row.sent_at.is_some() && row.provider_id.is_some());
        ensure!(
            mail.text.contains("Hi ") && mail.html.contains("Hi "),
            "{email}: no greeting in {}",
            row.subject
        );
        ensure!(mail.text.len() > 300, "{email}: {} says nothing", row.subject);
        ensure!(!mail.html.contains("{{") && !mail.text.contains("{{"));
        ensure!(mail.html.contains("/t/c/") && mail.html.contains("/t/o/"), "{email}: not tracked");
        ensure!(mail.text.contains("/u/") && mail.list_unsubscribe_url.is_some());
        let before: Vec<String> = mails[..index].iter().map(|earlier| earlier.message_id.clone()).collect();
        ensure!(
            mail.references == before && mail.in_reply_to == before.last().cloned(),
            "{email}: thread broken"
        );
    }
    Ok(())
}

/// Reads every mail until the brand has nothing left to do.
async fn walk(world: &World, deals: &[Deal], reads: bool) -> Result<()> {
    let brand = deals[0].brand_id;
    for _ in 0..2_000 {
        if !world.step(brand).await? {
            return Ok(());
        }
        if reads {
            world.pass(TimeDelta::seconds(30));
            for deal in deals {
                world.open_mails(deal).await?;
            }
        }
    }
    anyhow::bail!("the walk doesn't end")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_ladder_sends_each_of_its_mails_once_and_then_closes() -> Result<()> {
    let world = World::new().await?;
    for brand in ["codeteki", "desifirms"] {
        let ladders: Vec<&CataloguePipeline> =
            catalogue::all().filter(|p| p.brand == brand && !templates(p).is_empty()).collect();
        let mut deals = Vec::new();
        for pipeline in &ladders {
            let email = format!("reader@{}-{brand}.example", pipeline.key.replace('_', "-"));
            deals.push(world.deal(brand_of(&world, pipeline), pipeline.key, &email).await?);
        }
        walk(&world, &deals, true).await?;
        for (pipeline, deal) in ladders.iter().zip(&deals) {
            let email = format!("reader@{}-{brand}.example", pipeline.key.replace('_', "-"));
            let rows = world.mails(deal).await?;
            check_mails(&world, &email, &templates(pipeline), &rows)
                .with_context(|| format!("{brand}/{}", pipeline.key))?;
            let ended = world.look(deal).await?;
            ensure!(ended.status == DealStatus::Lost && ended.lost_reason == Some(LostReason::NoResponse));
            ensure!(ended.next_action_at.is_none() && usize::try_from(ended.mails_sent)? == rows.len());
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn silence_ends_every_ladder_after_three_unopened_mails_or_its_last() -> Result<()> {
    let world = World::new().await?;
    let mut deals = Vec::new();
    for pipeline in catalogue::all().filter(|p| p.brand == "desifirms" && !templates(p).is_empty()) {
        let email = format!("silent@{}.example", pipeline.key.replace('_', "-"));
        deals.push((pipeline, world.deal(world.desifirms(), pipeline.key, &email).await?));
    }
    let rows: Vec<Deal> = deals.iter().map(|(_, deal)| deal.clone()).collect();
    walk(&world, &rows, false).await?;
    for (pipeline, deal) in deals {
        let ended = world.look(&deal).await?;
        ensure!(ended.lost_reason == Some(LostReason::NoResponse), "{}: {ended:?}", pipeline.key);
        ensure!(world.mails(&deal).await?.len() == templates(pipeline).len().min(3), "{}", pipeline.key);
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn found_sends_the_invitation_once_and_moves_on() -> Result<()> {
    let world = World::new().await?;
    let bystander = world.bystander().await?;
    let deal = world.deal(world.desifirms(), "business", "priya@sharma-sweets.example").await?;
    world.tick().await?;
    ensure!(world.stage(&deal).await? == "invited");
    for _ in 0..5 {
        world.pass(TimeDelta::hours(1));
        world.tick().await?;
    }
    let mails = world.provider.accepted();
    ensure!(mails.len() == 1 && mails[0].to.address == "priya@sharma-sweets.example");
    ensure!(mails[0].text.contains("Hi Priya,"), "{}", mails[0].text);
    let invited = world.look(&deal).await?;
    ensure!(invited.mails_sent == 1 && invited.stage_visit == 2 && invited.blocked_reason.is_none());
    // Four days after Monday 10:30, and no earlier.
    ensure!(invited.next_action_at == Some("2026-11-26T23:30:00Z".parse()?), "{:?}", invited.next_action_at);
    world.assert_bystander(&bystander).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_follow_up_is_sent_and_gets_its_own_wait_before_the_deal_closes() -> Result<()> {
    let world = World::new().await?;
    let deal = world.deal(world.desifirms(), "business", "reader@sharma-sweets.example").await?;
    for _ in 0..200 {
        if world.stage(&deal).await? == "follow_up_3" {
            break;
        }
        world.step(world.desifirms()).await?;
        world.open_mails(&deal).await?;
    }
    let last = world.look(&deal).await?;
    ensure!(last.mails_sent == 4 && last.status == DealStatus::Active);
    let sent_at = last.last_mailed_at.context("sent")?;
    world.run(world.desifirms(), 50).await?;
    let closed = world.look(&deal).await?;
    ensure!(closed.lost_reason == Some(LostReason::NoResponse) && closed.mails_sent == 4);
    ensure!(closed.stage_entered_at - sent_at >= TimeDelta::days(7), "closed {}", closed.stage_entered_at);
    ensure!(world.rules(&deal).await?.last().map(String::as_str) == Some("final_follow_up"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn agents_get_the_mail_of_each_stage_once_and_then_a_person_is_asked() -> Result<()> {
    let world = World::new().await?;
    let pipeline = catalogue::find("desifirms", "agents").context("in the catalogue")?;
    ensure!(pipeline.kind == PipelineType::RegisteredUsers);
    let deal = world.deal(world.desifirms(), "agents", "agent@harbour-homes.example").await?;
    let progress: Vec<_> = pipeline.stages.iter().filter(|stage| stage.kind == StageKind::Progress).collect();
    for (index, stage) in progress.iter().enumerate() {
        world.run(world.desifirms(), 100).await?;
        let now = world.look(&deal).await?;
        ensure!(
            world.stage(&deal).await? == stage.key && now.mails_sent == i32::try_from(index)? + 1,
            "{}",
            stage.key
        );
        ensure!(now.next_action_at.is_none() && now.blocked_reason.is_some(), "{now:?}");
        let Some(next) = progress.get(index + 1) else {
            break;
        };
        let mut scope = world.test.database.brand(deal.brand_id).await?;
        let stages = database::pipeline::stages_of(&mut scope, deal.pipeline_id).await?;
        let to = stages.iter().find(|stage| stage.key == next.key).context("stored")?;
        let locked = database::deal::lock(&mut scope, deal.id).await?;
        let step = StageMove {
            event_id: world.test.clock.new_id(),
            to_stage: to.id,
            status: DealStatus::Active,
            lost_reason: None,
            next_action_at: Some(world.now()),
            next_reason: String::new(),
            actor: Actor::Demo,
            reason: "the platform says so".to_owned(),
            at: world.now(),
        };
        record_move(&mut scope, &locked, &step).await?;
        scope.commit().await?;
    }
    let keys: Vec<Option<String>> =
        world.mails(&deal).await?.into_iter().map(|mail| mail.template_key).collect();
    let expected: Vec<Option<String>> =
        progress.iter().map(|stage| stage.template_key.map(str::to_owned)).collect();
    ensure!(keys == expected, "{keys:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn nine_oclock_stays_nine_oclock_when_sydneys_clocks_change() -> Result<()> {
    let world = World::new().await?;
    // Wednesday 30 September 2026, 9:00 in Sydney; the clocks go forward on Sunday 4 October, Monday is Labour Day.
    world.test.clock.set("2026-09-29T23:00:00Z".parse()?);
    let deal = world.deal(world.desifirms(), "business", "reader@sharma-sweets.example").await?;
    world.tick().await?;
    let invited = world.look(&deal).await?;
    // Four days are Sunday; the next open office is Tuesday at nine, now an hour earlier in UTC.
    ensure!(invited.next_action_at == Some("2026-10-05T22:00:00Z".parse()?), "{:?}", invited.next_action_at);
    world.step(world.desifirms()).await?;
    ensure!(world.now() == "2026-10-05T22:00:00Z".parse::<chrono::DateTime<chrono::Utc>>()?);
    ensure!(world.stage(&deal).await? == "follow_up_1");
    Ok(())
}
