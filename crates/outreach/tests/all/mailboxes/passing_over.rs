use anyhow::Result;
use chrono::TimeDelta;
use domain::Role;
use outreach::Refused;
use outreach::mailboxes::{Checked, deal_with_failure, failure, mailbox};

use super::proxy::Proxy;
use super::{Postroom, received};
use crate::mailroom::letter;

const ONE_OF_EACH: Checked =
    Checked { mailboxes: 1, received: 1, known: 0, passed_over: 1, failing: 0, busy: 0 };

#[tokio::test(flavor = "multi_thread")]
async fn a_huge_mail_is_passed_over_and_reported() -> Result<()> {
    let post = Postroom::new().await?;
    let brand = post.room.codeteki();
    let filling = "An attachment of many lines, one like the other.\n".repeat(230_000);
    post.arrives("codeteki", &letter("tara@rao.example", "huge@rao.example", &[], "Our plans", &filling))?;
    post.arrives("codeteki", &letter("x@rao.example", "small@rao.example", &[], "Hello", "A mail"))?;
    assert_eq!(post.check(brand).await?, ONE_OF_EACH);
    let failures = post.failures(brand).await?;
    assert_eq!(failures.len(), 1);
    let huge = &failures[0];
    assert_eq!((huge.from_email.as_str(), huge.subject.as_str()), ("tara@rao.example", "Our plans"));
    assert!(huge.reason.contains("larger than 10 MB") && !huge.is_whole);
    assert!(huge.size_bytes > 10_000_000 && huge.raw.len() < 10_000, "{} bytes are kept", huge.raw.len());
    assert_eq!(post.check(brand).await?, received(0));
    assert!(post.failures(post.room.desifirms()).await?.is_empty());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_is_none_is_kept_for_a_person_and_not_tried_again() -> Result<()> {
    let mut post = Postroom::new().await?;
    let brand = post.room.codeteki();
    let parts = "Content-Type: text/plain\n".repeat(600);
    let bomb = format!("From: Tara <tara@rao.example>\nSubject: Parts\n\n{parts}");
    post.arrives("codeteki", &bomb)?;
    post.arrives("codeteki", &letter("x@rao.example", "small@rao.example", &[], "Hello", "A mail"))?;
    assert_eq!(post.check(brand).await?, ONE_OF_EACH);
    assert_eq!(post.check(brand).await?, received(0));
    let failures = post.failures(brand).await?;
    assert_eq!(failures.len(), 1);
    assert!(failures[0].reason.contains("too many parts"), "{}", failures[0].reason);
    assert_eq!(failures[0].subject, "Parts");
    assert!(failures[0].is_whole && failures[0].raw.starts_with(b"From: Tara"));

    // Numbered anew, it is no second failure.
    post.server.stop();
    post.server.renumber("codeteki", 78)?;
    post.server.resume()?;
    assert_eq!(post.check(brand).await?, Checked { mailboxes: 1, known: 2, ..Checked::default() });
    assert_eq!(post.failures(brand).await?.len(), 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_can_never_be_stored_does_not_block_those_behind_it() -> Result<()> {
    let post = Postroom::new().await?;
    let brand = post.room.codeteki();
    post.arrives("codeteki", &letter("x@rao.example", "poison@rao.example", &[], "Poison", "A mail"))?;
    post.arrives("codeteki", &letter("x@rao.example", "good@rao.example", &[], "Hello", "Another"))?;
    post.as_owner(
        "CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'poison'; END $$;
         CREATE TRIGGER poison BEFORE INSERT ON inbound_messages FOR EACH ROW
         WHEN (NEW.message_id LIKE 'poison%') EXECUTE FUNCTION poison()",
    )
    .await?;
    for _ in 0..2 {
        assert!(post.check(brand).await.is_err());
        assert_eq!(post.mailbox(brand).await?.position, 0);
    }
    assert_eq!(post.check(brand).await?, ONE_OF_EACH);
    let failures = post.failures(brand).await?;
    assert!(failures[0].reason.contains("could not be stored") && !failures[0].reason.contains("poison"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_the_server_never_hands_over_does_not_block_those_behind_it() -> Result<()> {
    let post = Postroom::new().await?;
    let brand = post.room.codeteki();
    let proxy = Proxy::start(post.server.port).await?;
    post.save("codeteki", post.edit_by("codeteki", proxy.port)).await?;
    let filling = "A line of an ordinary mail.\n".repeat(4_000);
    post.arrives("codeteki", &letter("x@rao.example", "stuck@rao.example", &[], "Stuck", &filling))?;
    post.arrives("codeteki", &letter("x@rao.example", "good@rao.example", &[], "Hello", "Another"))?;
    for _ in 0..3 {
        proxy.break_after(50_000);
        assert_eq!(post.check(brand).await?.failing, 1);
    }
    let failures = post.failures(brand).await?;
    assert_eq!(failures.len(), 1);
    assert!(failures[0].reason.contains("could not be fetched"), "{}", failures[0].reason);
    proxy.heal();
    assert_eq!(post.check(brand).await?, received(1));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn failures_are_shown_to_managers_of_their_brand_alone() -> Result<()> {
    let post = Postroom::new().await?;
    let brand = post.room.codeteki();
    let parts = "Content-Type: text/plain\n".repeat(600);
    post.arrives("codeteki", &format!("From: tara@rao.example\nSubject: Parts \u{1}\n\n{parts}"))?;
    post.check(brand).await?;
    let id = post.failures(brand).await?[0].id;
    let environment = post.environment();
    let manager = post.person("codeteki", Role::Manager).await?;
    let listed = mailbox(environment, &manager, "codeteki").await?.failures;
    assert_eq!(listed.len(), 1);
    assert!(!listed[0].is_dealt_with);
    let shown = failure(environment, &manager, "codeteki", id).await?;
    assert!(shown.source.starts_with("From: tara@rao.example\nSubject: Parts"), "{}", &shown.source[..60]);
    assert!(!shown.source.contains('\u{1}'));

    let stranger = post.person("desifirms", Role::Admin).await?;
    for slug in ["codeteki", "desifirms"] {
        assert!(matches!(failure(environment, &stranger, slug, id).await, Err(Refused::NotFound)));
        assert!(matches!(deal_with_failure(environment, &stranger, slug, id).await, Err(Refused::NotFound)));
    }
    let member = post.person("codeteki", Role::Member).await?;
    assert!(matches!(failure(environment, &member, "codeteki", id).await, Err(Refused::Invalid(_))));

    deal_with_failure(environment, &manager, "codeteki", id).await?;
    assert!(mailbox(environment, &manager, "codeteki").await?.failures[0].is_dealt_with);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn kept_mails_are_bounded_in_age() -> Result<()> {
    let post = Postroom::new().await?;
    let brand = post.room.codeteki();
    let bomb = |subject: &str| {
        format!("From: x@rao.example\nSubject: {subject}\n\n{}", "Content-Type: text/plain\n".repeat(600))
    };
    post.arrives("codeteki", &bomb("First"))?;
    post.check(brand).await?;
    post.pass(TimeDelta::days(91));
    post.arrives("codeteki", &bomb("Second"))?;
    post.check(brand).await?;
    let subjects: Vec<String> =
        post.failures(brand).await?.into_iter().map(|failure| failure.subject).collect();
    assert_eq!(subjects, ["Second"]);
    Ok(())
}
