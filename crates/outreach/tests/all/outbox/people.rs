use anyhow::{Result, ensure};
use chrono::TimeDelta;
use domain::mailing::{AttemptOutcome, MessageState};
use domain::view::listing::ListQuery;
use mail::deliver::DeliveryError;
use mail::deliver::recording::Outcome;
use outreach::Refused;
use outreach::outbox::{Cancelled, cancel, reschedule};

use crate::people::manager;
use crate::world::World;

const EMAIL: &str = "priya@sharma-sweets.example";

#[tokio::test(flavor = "multi_thread")]
async fn cancelled_mail_is_not_sent_and_not_written_again_by_itself() -> Result<()> {
    let world = World::new().await?;
    let bystander = world.bystander().await?;
    let user = manager(&world).await?;
    let deal = world.deal(world.desifirms(), "business", EMAIL).await?;
    outreach::autopilot::process_pending_deals(&world.environment).await?;
    let mail = world.mails(&deal).await?.remove(0);
    let done = cancel(&world.environment, &user, &[mail.id, mail.id]).await?;
    ensure!(done == Cancelled { cancelled: 1, too_late: 0 });
    for _ in 0..20 {
        world.pass(TimeDelta::hours(3));
        world.tick().await?;
    }
    ensure!(world.provider.attempts() == 0);
    ensure!(world.mails(&deal).await?[0].state == MessageState::Cancelled);
    let held = world.look(&deal).await?;
    ensure!(held.blocked_reason.as_deref().is_some_and(|why| why.contains("Mira Manager cancelled")));
    ensure!(held.stage_id == deal.stage_id && held.mails_sent == 0);
    let again = cancel(&world.environment, &user, &[mail.id]).await?;
    ensure!(again == Cancelled { cancelled: 0, too_late: 1 });
    world.assert_bystander(&bystander).await
}

#[tokio::test(flavor = "multi_thread")]
async fn mails_of_another_brand_are_not_there() -> Result<()> {
    let world = World::new().await?;
    let user = manager(&world).await?;
    let own = world.deal(world.desifirms(), "business", EMAIL).await?;
    let foreign = world.deal(world.codeteki(), "sales", EMAIL).await?;
    outreach::autopilot::process_pending_deals(&world.environment).await?;
    let (own, foreign) = (world.mails(&own).await?[0].id, world.mails(&foreign).await?[0].id);
    let refused = cancel(&world.environment, &user, &[own, foreign]).await;
    ensure!(matches!(refused, Err(Refused::NotFound)), "{refused:?}");
    let moved = reschedule(&world.environment, &user, foreign, "2027-01-01T10:00").await;
    ensure!(matches!(moved, Err(Refused::NotFound)), "{moved:?}");
    world.deliver().await?;
    ensure!(world.provider.accepted().len() == 2, "one of them was cancelled");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn mail_waits_for_the_time_a_person_chose() -> Result<()> {
    let world = World::new().await?;
    let user = manager(&world).await?;
    let deal = world.deal(world.desifirms(), "business", EMAIL).await?;
    outreach::autopilot::process_pending_deals(&world.environment).await?;
    let mail = world.mails(&deal).await?.remove(0);
    for wrong in ["", "soon", "2020-01-01T10:00", "2099-01-01T10:00"] {
        let refused = reschedule(&world.environment, &user, mail.id, wrong).await;
        ensure!(matches!(refused, Err(Refused::Invalid(_))), "{wrong}: {refused:?}");
    }
    let at = world.now() + TimeDelta::hours(2);
    let local = at.with_timezone(&user.zone()).format("%Y-%m-%dT%H:%M").to_string();
    reschedule(&world.environment, &user, mail.id, &local).await?;
    world.deliver().await?;
    ensure!(world.provider.accepted().is_empty(), "too early");
    world.pass(TimeDelta::hours(2));
    world.tick().await?;
    ensure!(world.provider.accepted().len() == 1);
    let late = reschedule(&world.environment, &user, mail.id, "2027-01-01T10:00").await;
    ensure!(matches!(late, Err(Refused::Conflict(_))), "{late:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn page_of_a_mail_shows_its_headers_and_every_attempt() -> Result<()> {
    let world = World::new().await?;
    let user = manager(&world).await?;
    let deal = world.deal(world.desifirms(), "business", EMAIL).await?;
    let reason = "450 4.2.1 try later".to_owned();
    world.provider.script([Outcome::Fail(DeliveryError::Transient { reason, retry_after: None })]);
    world.tick().await?;
    world.pass(TimeDelta::minutes(10));
    world.tick().await?;
    let mail = world.mails(&deal).await?.remove(0);
    let page = outreach::listings::email(&world.environment, &user, mail.id).await?;
    let header = |name: &str| {
        page.headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
            .unwrap_or_default()
    };
    ensure!(header("To").contains(EMAIL) && header("Message-ID") == format!("<{}>", mail.message_id));
    ensure!(header("List-Unsubscribe").contains("/u/") && header("Feedback-ID").contains(":desifirms:"));
    ensure!(header("Auto-Submitted") == "auto-generated" && !header("Date").is_empty(), "{:?}", page.headers);
    let outcomes: Vec<_> = page.tries.iter().map(|attempt| attempt.outcome).collect();
    ensure!(outcomes == [AttemptOutcome::Sent, AttemptOutcome::Again], "{outcomes:?}");
    ensure!(page.tries[1].reason.contains("try later") && !page.waits);
    let hidden = page.html.matches("aria-hidden=\"true\"").count();
    ensure!(hidden > 0 && !page.text.contains("/t/c/"), "the text part has no hidden link");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn mails_are_found_by_what_came_back_template_and_day() -> Result<()> {
    let world = World::new().await?;
    let user = manager(&world).await?;
    let deal = world.deal(world.desifirms(), "business", EMAIL).await?;
    world.deal(world.codeteki(), "sales", EMAIL).await?;
    world.tick().await?;
    world.open_mails(&deal).await?;
    let today = world.now().with_timezone(&user.zone()).date_naive();
    let yesterday = today.pred_opt().unwrap_or(today).to_string();
    let today = today.to_string();
    let found = async |change: &dyn Fn(&mut ListQuery)| -> Result<i64> {
        let mut query = ListQuery::default();
        change(&mut query);
        Ok(outreach::listings::emails(&world.environment, &user, &query).await?.page.total)
    };
    ensure!(found(&|_| ()).await? == 1, "the other brand's is not there");
    ensure!(found(&|query| query.signal = "opened".to_owned()).await? == 1);
    ensure!(found(&|query| query.signal = "nothing".to_owned()).await? == 0);
    ensure!(found(&|query| query.signal = "bounced".to_owned()).await? == 0);
    ensure!(found(&|query| query.template = "business_invitation".to_owned()).await? == 1);
    ensure!(found(&|query| query.template = "business_followup1".to_owned()).await? == 0);
    ensure!(found(&|query| (query.from, query.to) = (today.clone(), today.clone())).await? == 1);
    ensure!(found(&|query| query.to.clone_from(&yesterday)).await? == 0);
    let wrong = ListQuery { from: "yesterday".to_owned(), ..ListQuery::default() };
    let refused = outreach::listings::emails(&world.environment, &user, &wrong).await;
    ensure!(matches!(refused, Err(Refused::Invalid(_))));
    Ok(())
}
