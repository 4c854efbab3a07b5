//! The version of its template that a deal's next mail uses.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use chrono::TimeDelta;
use database::deal::{Actor, Deal, StageMove, record_move};
use database::message::Message;
use domain::autopilot::DecisionOutcome;
use domain::pipeline::DealStatus;
use mail::render::TemplateStore;
use outreach::autopilot;
use outreach::outbox::{preview_next, send_now};

use crate::people::manager;
use crate::world::World;

const EMAIL: &str = "priya@sharma-sweets.example";

/// Which files were used and what the rows say of them, oldest first.
fn versions(mails: &[Message]) -> Vec<(&str, &str)> {
    mails
        .iter()
        .map(|mail| (mail.template_key.as_deref().unwrap_or_default(), mail.variant.as_str()))
        .collect()
}

/// Every stage's experiment ended, so that the plain mails say `A`.
async fn without_experiments(world: &World) -> Result<()> {
    for brand in [world.codeteki(), world.desifirms()] {
        world.sql(brand, "UPDATE stages SET subject_b = NULL").await?;
    }
    Ok(())
}

/// A deal that has been sent two mails and opened neither.
async fn gone_cold(world: &World) -> Result<Deal> {
    let deal = world.deal(world.desifirms(), "business", EMAIL).await?;
    for _ in 0..2 {
        world.run_until_mailed(&deal, 100).await?;
    }
    Ok(deal)
}

/// The same, in suggest mode, once the next mail has been proposed.
async fn proposed(world: &World) -> Result<(Deal, domain::DecisionId)> {
    let deal = gone_cold(world).await?;
    world.sql(world.desifirms(), "UPDATE pipelines SET mode = 'suggest'").await?;
    world.run(world.desifirms(), 100).await?;
    let mut scope = world.test.database.brand(deal.brand_id).await?;
    let receipts = database::decision::of_deal(&mut scope, deal.id).await?;
    let open = receipts.iter().find(|receipt| receipt.outcome == DecisionOutcome::Proposed);
    Ok((deal, open.context("a proposal")?.id))
}

#[tokio::test(flavor = "multi_thread")]
async fn cold_deals_get_the_short_version_in_both_brands() -> Result<()> {
    let world = World::new().await?;
    without_experiments(&world).await?;
    let cases = [
        (world.codeteki(), "sales", ["services_intro", "sales_followup1", "sales_followup2_short"]),
        (
            world.desifirms(),
            "business",
            ["business_invitation", "business_followup1", "business_followup2_short"],
        ),
    ];
    let mut deals = Vec::new();
    for (brand, pipeline, _) in cases {
        deals.push(world.deal(brand, pipeline, EMAIL).await?);
    }
    for ((brand, pipeline, keys), deal) in cases.iter().zip(&deals) {
        world.run(*brand, 200).await?;
        let mails = world.mails(deal).await?;
        let expected = [(keys[0], "A"), (keys[1], "A"), (keys[2], "short")];
        ensure!(versions(&mails) == expected, "{pipeline}: {:?}", versions(&mails));
        ensure!(world.look(deal).await?.template_variant.is_none(), "{pipeline}: it has served");
        let rules = world.rules(deal).await?;
        ensure!(rules.iter().filter(|rule| *rule == "new_approach").count() == 1, "{pipeline}: {rules:?}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn lurkers_get_the_version_that_is_useful_first_in_both_brands() -> Result<()> {
    let world = World::new().await?;
    without_experiments(&world).await?;
    for (brand, pipeline, key) in [
        (world.codeteki(), "partnership", "partnership_followup1_value"),
        (world.desifirms(), "events", "events_followup1_value"),
    ] {
        let deal = world.deal(brand, pipeline, EMAIL).await?;
        world.run_until_mailed(&deal, 100).await?;
        world.open_mails(&deal).await?;
        // Opened once, and quiet for three weeks since.
        world.sql(brand, "UPDATE deals SET next_action_at = next_action_at + interval '21 days'").await?;
        world.run_until_mailed(&deal, 100).await?;
        let mails = world.mails(&deal).await?;
        ensure!(versions(&mails)[1] == (key, "value"), "{:?}", versions(&mails));
        let sent = world.provider.accepted_for(EMAIL);
        ensure!(sent.last().context("sent")?.subject == mails[1].subject);
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_that_does_not_exist_leaves_the_plain_mail() -> Result<()> {
    let folder = tempfile::tempdir()?;
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../email_templates"), folder.path())?;
    std::fs::remove_file(folder.path().join("desifirms/business/business_followup2_short.html"))?;
    let world = World::with_templates(TemplateStore::open(folder.path())?).await?;
    without_experiments(&world).await?;
    let deal = gone_cold(&world).await?;
    world.run_until_mailed(&deal, 100).await?;
    let mails = world.mails(&deal).await?;
    ensure!(versions(&mails)[2] == ("business_followup2", "A"), "{:?}", versions(&mails));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_that_does_not_render_leaves_the_plain_mail() -> Result<()> {
    let folder = tempfile::tempdir()?;
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../email_templates"), folder.path())?;
    std::fs::write(folder.path().join("desifirms/business/business_followup2_short.html"), "{{ nobody }}")?;
    let world = World::with_templates(TemplateStore::open(folder.path())?).await?;
    without_experiments(&world).await?;
    let user = manager(&world).await?;
    let deal = gone_cold(&world).await?;
    // Longer than the gap between two mails to one contact, shorter than the wait.
    world.pass(TimeDelta::days(3));
    let preview = preview_next(&world.environment, &user, deal.id).await?;
    ensure!(preview.blocked.is_none() && !preview.html.is_empty(), "{:?}", preview.blocked);
    world.run_until_mailed(&deal, 100).await?;
    let mails = world.mails(&deal).await?;
    ensure!(versions(&mails)[2] == ("business_followup2", "A"), "{:?}", versions(&mails));
    ensure!(mails[2].subject == preview.subject);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_approach_a_person_approves_is_sent_whatever_the_tier_is_by_then() -> Result<()> {
    let world = World::new().await?;
    let bystander = world.bystander().await?;
    let user = manager(&world).await?;
    let (deal, proposal) = proposed(&world).await?;
    ensure!(world.look(&deal).await?.template_variant.as_deref() == Some("short"));
    world.open_mails(&deal).await?;
    autopilot::approve_decision(&world.environment, &user, proposal).await?;
    world.deliver().await?;
    let mails = world.mails(&deal).await?;
    ensure!(versions(&mails)[2] == ("business_followup2_short", "short"), "{:?}", versions(&mails));
    ensure!(world.look(&deal).await?.template_variant.is_none());
    world.assert_bystander(&bystander).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dismissed_proposal_takes_its_approach_with_it() -> Result<()> {
    let world = World::new().await?;
    let user = manager(&world).await?;
    let (deal, proposal) = proposed(&world).await?;
    autopilot::dismiss_decision(&world.environment, &user, proposal).await?;
    ensure!(world.look(&deal).await?.template_variant.is_none());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approach_belongs_to_the_stage_it_was_decided_in() -> Result<()> {
    let world = World::new().await?;
    let (deal, _) = proposed(&world).await?;
    let mut scope = world.test.database.brand(deal.brand_id).await?;
    let stages = database::pipeline::stages_of(&mut scope, deal.pipeline_id).await?;
    let to = stages.iter().find(|stage| stage.key == "business_found").context("stored")?.id;
    let locked = database::deal::lock(&mut scope, deal.id).await?;
    let step = |to_stage| StageMove {
        event_id: world.test.clock.new_id(),
        to_stage,
        status: DealStatus::Active,
        lost_reason: None,
        next_action_at: None,
        next_reason: String::new(),
        actor: Actor::Demo,
        reason: String::new(),
        at: world.now(),
    };
    let same = record_move(&mut scope, &locked, &step(locked.stage_id)).await?;
    ensure!(same.template_variant.as_deref() == Some("short"));
    ensure!(record_move(&mut scope, &same, &step(to)).await?.template_variant.is_none());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_sends_the_version_that_the_preview_shows() -> Result<()> {
    let world = World::new().await?;
    without_experiments(&world).await?;
    let user = manager(&world).await?;
    let deal = gone_cold(&world).await?;
    // Longer than the gap between two mails to one contact, shorter than the wait.
    world.pass(TimeDelta::days(3));
    let preview = preview_next(&world.environment, &user, deal.id).await?;
    ensure!(preview.blocked.is_none(), "{:?}", preview.blocked);
    send_now(&world.environment, &user, deal.id).await?;
    let mails = world.mails(&deal).await?;
    ensure!(versions(&mails)[2] == ("business_followup2_short", "short"), "{:?}", versions(&mails));
    ensure!(mails[2].subject == preview.subject);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn another_version_keeps_its_own_subject_during_an_experiment() -> Result<()> {
    let world = World::new().await?;
    world.sql(world.desifirms(), "UPDATE stages SET subject_b = 'The other subject'").await?;
    let mut tried = 0;
    for address in ["a@one.example", "b@two.example", "c@three.example", "d@four.example", "e@five.example"] {
        let deal = world.deal(world.desifirms(), "business", address).await?;
        for _ in 0..3 {
            world.run_until_mailed(&deal, 200).await?;
        }
        let mails = world.mails(&deal).await?;
        ensure!(
            mails[2].variant == "short" && mails[2].subject != "The other subject",
            "{:?}",
            mails[2].subject
        );
        tried += mails[..2].iter().filter(|mail| mail.variant == "B").count();
    }
    ensure!(tried > 0, "nobody was in the other half of the experiment");
    Ok(())
}

/// Copies a folder of templates.
fn copy(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
