use anyhow::Result;
use chrono::TimeDelta;
use domain::Role;
use domain::ai::CallOutcome;
use domain::pipeline::StageKind;
use domain::reply::Intent;
use domain::view::ai::AiEdit;
use outreach::ai_accounts::ai_account;
use wiremock::ResponseTemplate;

use super::{OPEN, Readroom, completion};
use crate::mailroom::reply;

#[tokio::test(flavor = "multi_thread")]
async fn a_failing_ai_leaves_the_reply_to_the_rules_and_a_person() -> Result<()> {
    let read = Readroom::new().await?;
    let (room, brand) = (&read.room, read.room.codeteki());
    for (index, answer) in
        [ResponseTemplate::new(401), completion("I'd say interested!"), ResponseTemplate::new(500)]
            .into_iter()
            .enumerate()
    {
        read.responds(answer).await;
        let from = format!("fail{index}@rao.example");
        let mailed = room.mailed(brand, &from, "sales").await?;
        let received = room.take(brand, &reply(&mailed, &from, OPEN)).await?;
        assert_eq!((received.intent, received.needs_review), (Intent::Other, true));
        assert_eq!(room.stage(&mailed).await?.1, StageKind::Replied);
        assert_eq!(read.stored(&from).await?.reason, "no phrase known");
    }
    let calls = read.calls(brand).await?;
    assert_eq!(calls.len(), 3);
    for call in &calls {
        assert_eq!((call.outcome, call.intent), (CallOutcome::Failed, None));
        let words = call.error.clone().unwrap_or_default();
        assert!(!words.is_empty() && !words.contains("interested!") && !words.contains(OPEN), "{words}");
    }
    // The unusable answer was paid for, twice.
    assert_eq!(calls.iter().map(|call| call.tokens_in).sum::<i32>(), 420);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_asks_for_patience_is_left_alone_as_long() -> Result<()> {
    let read = Readroom::new().await?;
    read.responds(ResponseTemplate::new(429).insert_header("Retry-After", "90")).await;
    assert!(read.hears("limit1@rao.example", OPEN).await?.needs_review);
    read.answers("interested", 0.9).await;
    assert!(read.hears("limit2@rao.example", OPEN).await?.needs_review);
    assert!(read.questions().await.is_empty());
    read.room.test.clock.set(read.room.now() + TimeDelta::seconds(91));
    assert!(!read.hears("limit3@rao.example", OPEN).await?.needs_review);
    assert_eq!(read.questions().await.len(), 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_does_not_open_leaves_the_reply_to_the_rules() -> Result<()> {
    let read = Readroom::new().await?;
    let brand = read.room.codeteki();
    read.answers("interested", 0.9).await;
    let mut scope = read.room.test.database.brand(brand).await?;
    let broken = database::ai::AiAccount { key: Some(vec![1, 2, 3]), ..read.account().await? };
    database::ai::store_account(&mut scope, &broken).await?;
    scope.commit().await?;
    assert!(read.hears("broken@rao.example", OPEN).await?.needs_review);
    assert!(read.questions().await.is_empty() && read.calls(brand).await?.is_empty());
    let test = read.test().await?;
    assert!(!test.passed && test.words.contains("enter it again"), "{}", test.words);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_days_calls_are_not_exceeded_and_begin_anew_at_the_brands_midnight() -> Result<()> {
    let read = Readroom::new().await?;
    let brand = read.room.codeteki();
    read.save(AiEdit { daily_calls: "2".into(), ..read.edit() }).await?;
    read.answers("interested", 0.9).await;
    for (index, needs_review) in [false, false, true, true].into_iter().enumerate() {
        let row = read.hears(&format!("budget{index}@rao.example"), OPEN).await?;
        assert_eq!(row.needs_review, needs_review, "reply {index}");
    }
    assert_eq!(read.questions().await.len(), 2);
    let test = read.test().await?;
    assert!(!test.passed && test.words.contains("used up"), "{}", test.words);
    assert_eq!(read.questions().await.len(), 2);
    // One row a day says that replies were left to the rules.
    let over = read.calls(brand).await?;
    assert_eq!(over.iter().filter(|call| call.outcome == CallOutcome::OverBudget).count(), 1);
    let user = read.room.person("codeteki", Role::Manager).await?;
    let page = ai_account(read.environment(), &user, "codeteki").await?;
    let today = page.state.map(|state| state.today);
    assert!(today.is_some_and(|today| today.is_used_up && today.answered == 2 && today.failed == 0));
    // Whoever allows more is heard at once.
    read.save(AiEdit { daily_calls: "3".into(), ..read.edit() }).await?;
    let today = ai_account(read.environment(), &user, "codeteki").await?.state.map(|state| state.today);
    assert!(today.is_some_and(|today| !today.is_used_up));
    assert!(!read.hears("more@rao.example", OPEN).await?.needs_review);
    // Monday 10:30 in Sydney: 13 hours later it is Monday still, 14 hours later Tuesday.
    read.room.test.clock.set(read.room.now() + TimeDelta::hours(13));
    assert!(read.hears("late@rao.example", OPEN).await?.needs_review);
    read.room.test.clock.set(read.room.now() + TimeDelta::hours(1));
    assert!(!read.hears("tuesday@rao.example", OPEN).await?.needs_review);
    assert_eq!(read.questions().await.len(), 4);
    Ok(())
}
