use anyhow::{Context, Result};
use chrono::TimeDelta;
use database::ai as accounts;
use domain::Role;
use domain::view::ai::AiEdit;
use outreach::Refused;
use outreach::ai_accounts::{ai_account, save_ai_account, test_ai};
use wiremock::ResponseTemplate;

use super::{KEY, OPEN, Readroom};

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_sealed_shown_to_nobody_and_opens_for_its_brand_alone() -> Result<()> {
    let read = Readroom::new().await?;
    let stored = read.account().await?;
    let sealed = stored.key.clone().unwrap_or_default();
    assert!(!sealed.windows(KEY.len()).any(|window| window == KEY.as_bytes()));
    let user = read.room.person("codeteki", Role::Manager).await?;
    let page = ai_account(read.environment(), &user, "codeteki").await?;
    assert!(page.key_stored && page.edit.key.is_empty());
    assert!(!serde_json::to_string(&page)?.contains(KEY));
    // Moved to the other brand's row, it doesn't open.
    let desifirms = read.room.desifirms();
    let mut scope = read.room.test.database.brand(desifirms).await?;
    accounts::store_account(&mut scope, &accounts::AiAccount { brand_id: desifirms, ..stored }).await?;
    scope.commit().await?;
    let user = read.room.person("desifirms", Role::Manager).await?;
    let test = test_ai(read.environment(), &user, "desifirms").await?;
    assert!(!test.passed && test.words.contains("enter it again"), "{}", test.words);
    assert!(read.questions().await.is_empty());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stored_key_never_follows_to_another_server() -> Result<()> {
    let read = Readroom::new().await?;
    let kept = AiEdit { key: String::new(), ..read.edit() };
    read.save(AiEdit { model: "tiny-2".into(), ..kept.clone() }).await?;
    assert!(read.account().await?.key.is_some());
    let hosted = AiEdit { base_url: "https://ai.evil.example/v1".into(), ..kept.clone() };
    assert_eq!(read.wrong(hosted).await?, ["ai-key"]);
    assert!(read.account().await?.key.is_some());
    // A local server goes without: the key is forgotten.
    read.save(AiEdit { base_url: "http://localhost:11434/v1".into(), ..kept }).await?;
    assert_eq!(read.account().await?.key, None);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_said_beside_the_field_and_nothing_is_stored() -> Result<()> {
    let read = Readroom::new().await?;
    let (right, before) = (read.edit(), read.account().await?);
    for (edit, control) in [
        (AiEdit { base_url: String::new(), ..right.clone() }, "ai-base-url"),
        (AiEdit { base_url: "api.openai.com".into(), ..right.clone() }, "ai-base-url"),
        (AiEdit { base_url: "http://api.openai.com/v1".into(), ..right.clone() }, "ai-base-url"),
        (AiEdit { model: " ".into(), ..right.clone() }, "ai-model"),
        (AiEdit { key: "two words".into(), ..right.clone() }, "ai-key"),
        (AiEdit { daily_calls: "0".into(), ..right.clone() }, "ai-daily-calls"),
        (AiEdit { daily_calls: "many".into(), ..right.clone() }, "ai-daily-calls"),
    ] {
        assert_eq!(read.wrong(edit).await?, [control]);
    }
    assert_eq!(read.account().await?, before);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn only_managers_of_the_brand_see_and_change_its_ai() -> Result<()> {
    let read = Readroom::new().await?;
    let (environment, edit) = (read.environment(), read.edit());
    let stranger = read.room.person("desifirms", Role::Admin).await?;
    assert!(matches!(ai_account(environment, &stranger, "codeteki").await, Err(Refused::NotFound)));
    assert!(matches!(
        save_ai_account(environment, &stranger, "codeteki", &edit).await,
        Err(Refused::NotFound)
    ));
    assert!(matches!(test_ai(environment, &stranger, "codeteki").await, Err(Refused::NotFound)));
    // The other brand has none to test.
    assert!(matches!(test_ai(environment, &stranger, "desifirms").await, Err(Refused::NotFound)));
    let member = read.room.person("codeteki", Role::Member).await?;
    assert!(matches!(ai_account(environment, &member, "codeteki").await, Err(Refused::Invalid(_))));
    assert!(matches!(
        save_ai_account(environment, &member, "codeteki", &edit).await,
        Err(Refused::Invalid(_))
    ));
    assert!(matches!(test_ai(environment, &member, "codeteki").await, Err(Refused::Invalid(_))));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_is_audited_without_the_key() -> Result<()> {
    use diesel_async::RunQueryDsl;

    #[derive(diesel::QueryableByName)]
    struct Line {
        #[diesel(sql_type = diesel::sql_types::Text)]
        detail: String,
    }
    let read = Readroom::new().await?;
    let mut scope = read.room.test.database.brand(read.room.codeteki()).await?;
    let lines: Vec<Line> =
        diesel::sql_query("SELECT detail::text AS detail FROM audit_log WHERE action = 'ai_saved'")
            .load(&mut *scope)
            .await?;
    let [line] = lines.as_slice() else { anyhow::bail!("one change") };
    assert!(
        line.detail.contains("tiny-1") && line.detail.contains("\"key_changed\": true"),
        "{}",
        line.detail
    );
    assert!(!line.detail.contains(KEY));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_asks_one_question_about_nobodys_mail_and_says_what_is_wrong() -> Result<()> {
    let read = Readroom::new().await?;
    read.answers("interested", 0.97).await;
    let test = read.test().await?;
    assert!(test.passed && test.words.starts_with("tiny-1 read"), "{}", test.words);
    assert_eq!(read.questions().await.len(), 1);
    read.answers("other", 0.9).await;
    let test = read.test().await?;
    assert!(!test.passed && test.words.contains("“other”"), "{}", test.words);
    read.responds(ResponseTemplate::new(401)).await;
    let test = read.test().await?;
    assert!(!test.passed && test.words.contains("check the key"), "{}", test.words);

    let user = read.room.person("codeteki", Role::Manager).await?;
    let page = ai_account(read.environment(), &user, "codeteki").await?;
    let state = page.state.context("there is an AI")?;
    assert_eq!(state.last_test.map(|test| test.passed), Some(false));
    assert_eq!((state.today.answered, state.today.failed, state.today.allowed), (2, 1, 50));
    assert!(state.today.last_error.is_some_and(|words| words.contains("401")));
    // Another model is another matter.
    read.save(AiEdit { model: "tiny-2".into(), ..read.edit() }).await?;
    assert_eq!(read.account().await?.tested_at, None);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_that_goes_well_ends_the_rest_and_needs_no_switched_on_ai() -> Result<()> {
    let read = Readroom::new().await?;
    read.responds(ResponseTemplate::new(503)).await;
    assert!(read.hears("rest@rao.example", OPEN).await?.needs_review);
    assert!(read.account().await?.resting_until.is_some());
    read.answers("interested", 0.97).await;
    assert!(read.test().await?.passed);
    assert_eq!(read.account().await?.resting_until, None);
    read.save(AiEdit { enabled: false, ..read.edit() }).await?;
    assert!(read.test().await?.passed);
    // Long after, yesterday's calls are not today's.
    read.room.test.clock.set(read.room.now() + TimeDelta::days(1));
    let user = read.room.person("codeteki", Role::Manager).await?;
    let page = ai_account(read.environment(), &user, "codeteki").await?;
    let today = page.state.context("there is an AI")?.today;
    assert_eq!((today.answered, today.failed, today.tokens), (0, 0, 0));
    Ok(())
}
