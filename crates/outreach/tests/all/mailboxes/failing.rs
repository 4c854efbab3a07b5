use anyhow::{Context, Result};
use chrono::TimeDelta;
use domain::Role;
use domain::mailing::{Encryption, MailboxHealth};
use domain::view::mailboxes::{HealthView, MailboxEdit};
use outreach::mailboxes::{Checked, mailbox, test_mailbox};

use super::proxy::Proxy;
use super::{INTERESTED, Postroom, received};
use crate::mailroom::{letter, reply};

async fn health(post: &Postroom) -> Result<HealthView> {
    let user = post.person("codeteki", Role::Manager).await?;
    mailbox(post.environment(), &user, "codeteki").await?.health.context("there is a mailbox")
}

/// Brands whose first page says that no reply reaches them.
async fn deaf(post: &Postroom, slug: &str) -> Result<Vec<String>> {
    let user = post.person(slug, Role::Member).await?;
    let today = outreach::today::today(post.environment(), &user, "all").await?;
    Ok(today.deaf.into_iter().map(|brand| brand.slug).collect())
}

/// What the connection test says about settings.
async fn verdict(post: &Postroom, edit: MailboxEdit) -> Result<(bool, String)> {
    post.save("codeteki", edit).await?;
    let user = post.person("codeteki", Role::Admin).await?;
    let test = test_mailbox(post.environment(), &user, "codeteki").await?;
    Ok((test.passed, test.words))
}

const FAILING: Checked = Checked { mailboxes: 1, received: 0, known: 0, passed_over: 0, failing: 1, busy: 0 };

#[tokio::test(flavor = "multi_thread")]
async fn the_connection_test_names_what_is_wrong() -> Result<()> {
    let post = Postroom::new().await?;
    let right = post.edit("codeteki");
    for (edit, passes, says) in [
        (right.clone(), true, "The folder “INBOX” is there, which holds 0 mails"),
        (
            MailboxEdit {
                encryption: Encryption::StartTls,
                port: post.server.port.to_string(),
                ..right.clone()
            },
            true,
            "The sign-in works",
        ),
        (post.edit_by("codeteki", post.server.port), true, "The sign-in works"),
        (MailboxEdit { password: "guessed".into(), ..right.clone() }, false, "refuses the sign-in"),
        (MailboxEdit { folder: "Replies".into(), ..right.clone() }, false, "no folder “Replies”"),
        (MailboxEdit { folder: "Réponses".into(), ..right.clone() }, false, "no folder “Réponses”"),
        (MailboxEdit { port: "1".into(), ..right.clone() }, false, "port 1, can't be reached"),
        (MailboxEdit { host: "nowhere.invalid".into(), ..right.clone() }, false, "nowhere.invalid, port"),
        // A port that speaks in the clear, and one whose certificate is for another name.
        (MailboxEdit { port: post.server.port.to_string(), ..right.clone() }, false, "can't be encrypted"),
        (MailboxEdit { host: "127.0.0.2".into(), ..right.clone() }, false, "can't be"),
    ] {
        let (passed, words) = verdict(&post, edit.clone()).await?;
        assert_eq!(passed, passes, "{edit:?}: {words}");
        assert!(words.contains(says), "{edit:?}: {words}");
        assert!(!words.contains('@') && !words.contains(&right.password), "{words}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_nobody_trusts_is_refused() -> Result<()> {
    let mut post = Postroom::new().await?;
    let trusting_nobody_else = outreach::transports::Transports::by_account(true);
    post.room.environment = crate::environment_with(&post.room.test, trusting_nobody_else)?;
    let (passed, words) = verdict(&post, post.edit("codeteki")).await?;
    assert!(!passed && words.contains("can't be encrypted") && words.contains("certificate"), "{words}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_is_named_on_the_page() -> Result<()> {
    let post = Postroom::new().await?;
    post.save("codeteki", MailboxEdit { password: "guessed".into(), ..post.edit("codeteki") }).await?;
    assert_eq!(post.check(post.room.codeteki()).await?, FAILING);
    let seen = health(&post).await?;
    assert_eq!(seen.state, MailboxHealth::Failing);
    let error = seen.last_error.context("an error is shown")?;
    assert!(error.words.contains("refuses the sign-in") && !error.is_over, "{error:?}");
    assert!(!error.words.contains("guessed"));
    // The other brand's mailbox is none the worse.
    assert_eq!(post.check(post.room.desifirms()).await?, received(0));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_away_is_recorded_and_lag_grows_until_it_is_back() -> Result<()> {
    let mut post = Postroom::new().await?;
    let brand = post.room.codeteki();
    assert_eq!(post.check(brand).await?, received(0));
    assert_eq!(health(&post).await?.state, MailboxHealth::Ok);

    post.server.stop();
    let since = post.pass(TimeDelta::minutes(30));
    assert_eq!(post.check(brand).await?, FAILING);
    assert_eq!(health(&post).await?.lag, "30 min");
    post.pass(TimeDelta::minutes(30));
    assert_eq!(post.check(brand).await?, FAILING);
    let seen = health(&post).await?;
    assert_eq!((seen.state, seen.lag.as_str()), (MailboxHealth::Failing, "1 h"));
    assert_eq!(post.mailbox(brand).await?.failing_since, Some(since));
    let (ours, others) = (deaf(&post, "codeteki").await?, deaf(&post, "desifirms").await?);
    assert!(ours.is_empty() && others.is_empty(), "half an hour is no alarm");
    post.pass(TimeDelta::minutes(31));
    let (ours, others) = (deaf(&post, "codeteki").await?, deaf(&post, "desifirms").await?);
    assert_eq!((ours, others), (vec!["codeteki".to_owned()], Vec::new()));

    post.server.resume()?;
    let mailed = post.room.mailed(brand, "tara@rao.example", "sales").await?;
    post.arrives("codeteki", &reply(&mailed, "one@rao.example", INTERESTED))?;
    assert_eq!(post.check(brand).await?, received(1));
    let seen = health(&post).await?;
    assert_eq!((seen.state, seen.lag.as_str()), (MailboxHealth::Ok, "under a minute"));
    assert!(seen.last_error.is_some_and(|error| error.is_over));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_breaks_off_in_the_middle_of_a_mail_loses_nothing() -> Result<()> {
    let post = Postroom::new().await?;
    let brand = post.room.codeteki();
    let proxy = Proxy::start(post.server.port).await?;
    post.save("codeteki", post.edit_by("codeteki", proxy.port)).await?;
    let filling = "A line of an ordinary mail.\n".repeat(4_000);
    for number in 1..=3 {
        let raw = letter("x@rao.example", &format!("{number}@rao.example"), &[], "Hello", &filling);
        post.arrives("codeteki", &raw)?;
    }
    // The second mail is cut off in its middle.
    proxy.break_after(180_000);
    let broken = post.check(brand).await?;
    assert_eq!(broken, Checked { received: 1, ..FAILING });
    let mailbox = post.mailbox(brand).await?;
    assert_eq!((mailbox.position, mailbox.backlog), (1, 2));
    let error = mailbox.last_error.context("an error is kept")?;
    assert!(error.contains("broke off while fetching a mail"), "{error}");

    proxy.heal();
    assert_eq!(post.check(brand).await?, received(2));
    assert_eq!(post.room.inbound(brand).await?.len(), 3);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_away_stops_reading_and_nothing_is_lost() -> Result<()> {
    let post = Postroom::new().await?;
    let brand = post.room.codeteki();
    post.arrives("codeteki", &letter("x@rao.example", "one@rao.example", &[], "Hello", "A mail"))?;
    post.as_owner("REVOKE INSERT ON inbound_messages FROM overture_app").await?;
    assert!(post.check(brand).await.is_err());
    let mailbox = post.mailbox(brand).await?;
    assert_eq!((mailbox.position, mailbox.lease_by), (0, None));
    let error = mailbox.last_error.context("an error is kept")?;
    assert!(error.contains("could not be stored") && !error.contains("inbound_messages"), "{error}");
    post.as_owner("GRANT INSERT ON inbound_messages TO overture_app").await?;
    assert_eq!(post.check(brand).await?, received(1));
    Ok(())
}
