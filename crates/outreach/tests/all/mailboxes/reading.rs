use anyhow::Result;
use chrono::TimeDelta;
use domain::pipeline::StageKind;
use outreach::mailboxes::{Checked, check_all};

use super::{INTERESTED, Postroom, received};
use crate::mailroom::{letter, reply};

#[tokio::test(flavor = "multi_thread")]
async fn replies_are_read_once_over_restarts() -> Result<()> {
    let mut post = Postroom::new().await?;
    let brand = post.room.codeteki();
    let mailed = post.room.mailed(brand, "tara@rao.example", "sales").await?;
    post.arrives("codeteki", &reply(&mailed, "one@rao.example", INTERESTED))?;
    assert_eq!(post.check(brand).await?, received(1));
    assert_eq!(post.room.stage(&mailed).await?.1, StageKind::Replied);
    assert_eq!(post.check(brand).await?, received(0));

    post.server.stop();
    post.server.resume()?;
    post.arrives("codeteki", &letter("x@rao.example", "two@rao.example", &[], "Hello", "A new mail"))?;
    assert_eq!(post.check(brand).await?, received(1));
    assert_eq!(post.check(brand).await?, received(0));
    assert_eq!(post.room.inbound(brand).await?.len(), 2);

    let mailbox = post.mailbox(brand).await?;
    assert_eq!((mailbox.position, mailbox.mails_read, mailbox.backlog), (2, 2, 0));
    assert_eq!(mailbox.last_mail_at, Some(post.room.now() - TimeDelta::hours(1)));
    assert_eq!(mailbox.checked_at, Some(post.room.now()));
    assert_eq!((mailbox.lease_by, mailbox.failing_since), (None, None));
    assert_eq!(post.server.seen("codeteki")?, 0, "a mail was marked as seen");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn two_readers_at_once_have_one_effect() -> Result<()> {
    let post = Postroom::new().await?;
    let brand = post.room.codeteki();
    for number in 0..20 {
        let raw = letter(
            "x@rao.example",
            &format!("{number}@rao.example"),
            &[],
            "Hello",
            &format!("Mail {number}"),
        );
        post.arrives("codeteki", &raw)?;
    }
    let looks = futures::future::join_all((0..4).map(|_| post.check(brand))).await;
    let mut all = Checked::default();
    for look in looks {
        all = all.and(look?);
    }
    assert_eq!(all.received, 20);
    assert_eq!(all.mailboxes + all.busy, 4);
    assert!(all.mailboxes >= 1);
    assert_eq!(all.known, 0, "a mail was read twice");
    assert_eq!(post.room.inbound(brand).await?.len(), 20);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_died_is_followed_by_another_once_its_lease_has_run_out() -> Result<()> {
    let post = Postroom::new().await?;
    let brand = post.room.codeteki();
    post.arrives("codeteki", &letter("x@rao.example", "one@rao.example", &[], "Hello", "A mail"))?;
    let lease = database::mailboxes::Lease { brand, by: post.room.test.clock.new_id() };
    let now = post.room.now();
    let mut scope = post.room.test.database.brand(brand).await?;
    database::mailboxes::claim(&mut scope, lease, now, now + TimeDelta::minutes(5)).await?;
    scope.commit().await?;

    assert_eq!(post.check(brand).await?, Checked { busy: 1, ..Checked::default() });
    post.pass(TimeDelta::minutes(6));
    assert_eq!(post.check(brand).await?, received(1));
    // What the dead one might still want to write has no effect.
    let mut scope = post.room.test.database.brand(brand).await?;
    assert!(!database::mailboxes::advance(&mut scope, lease, 99, None, now).await?);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crash_between_effect_and_position_has_no_second_effect() -> Result<()> {
    let post = Postroom::new().await?;
    let brand = post.room.codeteki();
    let mailed = post.room.mailed(brand, "tara@rao.example", "sales").await?;
    post.arrives("codeteki", &reply(&mailed, "one@rao.example", INTERESTED))?;
    post.as_owner(
        "CREATE FUNCTION crash() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'crash'; END $$;
         CREATE TRIGGER crash BEFORE UPDATE ON mailboxes FOR EACH ROW
         WHEN (NEW.position > OLD.position) EXECUTE FUNCTION crash()",
    )
    .await?;
    assert!(post.check(brand).await.is_err());
    let after_crash = post.room.deal(&mailed).await?;
    assert_eq!(post.room.stage(&mailed).await?.1, StageKind::Replied);
    assert_eq!(post.mailbox(brand).await?.position, 0);

    post.as_owner("DROP TRIGGER crash ON mailboxes").await?;
    assert_eq!(post.check(brand).await?, Checked { mailboxes: 1, known: 1, ..Checked::default() });
    assert_eq!(post.room.deal(&mailed).await?, after_crash);
    assert_eq!(post.room.inbound(brand).await?.len(), 1);
    assert_eq!(post.mailbox(brand).await?.position, 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn mail_numbered_anew_is_read_again_without_effect_and_new_mail_with_it() -> Result<()> {
    let mut post = Postroom::new().await?;
    let brand = post.room.codeteki();
    let mailed = post.room.mailed(brand, "tara@rao.example", "sales").await?;
    post.arrives("codeteki", &reply(&mailed, "one@rao.example", INTERESTED))?;
    assert_eq!(post.check(brand).await?, received(1));
    let before = post.room.deal(&mailed).await?;
    let validity = post.mailbox(brand).await?.validity;

    post.server.stop();
    post.server.renumber("codeteki", 77)?;
    post.server.resume()?;
    post.arrives("codeteki", &letter("x@rao.example", "two@rao.example", &[], "Hello", "Another"))?;
    let looked = post.check(brand).await?;
    assert_eq!(looked, Checked { mailboxes: 1, received: 1, known: 1, ..Checked::default() });
    let mailbox = post.mailbox(brand).await?;
    assert_ne!(mailbox.validity, validity);
    assert_eq!((mailbox.validity, mailbox.position), (Some(77), 2));
    assert_eq!(post.room.deal(&mailed).await?, before);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn years_of_old_mail_are_left_alone() -> Result<()> {
    let post = Postroom::new().await?;
    let brand = post.room.codeteki();
    let mailed = post.room.mailed(brand, "tara@rao.example", "sales").await?;
    let ago = |days| post.room.now() - TimeDelta::days(days);
    post.server.deliver("codeteki", &reply(&mailed, "old@rao.example", "STOP"), ago(700))?;
    post.server.deliver("codeteki", &reply(&mailed, "month@rao.example", "STOP"), ago(30))?;
    post.server.deliver("codeteki", &reply(&mailed, "new@rao.example", INTERESTED), ago(5))?;
    assert_eq!(post.check(brand).await?, received(1));
    assert_eq!(post.room.suppression(brand, "tara@rao.example").await?, None);
    // An old mail that is moved into the folder later stays old.
    post.server.deliver("codeteki", &reply(&mailed, "moved@rao.example", "STOP"), ago(400))?;
    assert_eq!(post.check(brand).await?, received(0));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_in_one_brands_mailbox_does_nothing_in_the_other() -> Result<()> {
    let post = Postroom::new().await?;
    let other = post.room.mailed(post.room.desifirms(), "tara@rao.example", "business").await?;
    post.arrives("codeteki", &reply(&other, "stop@rao.example", "STOP"))?;
    post.arrives("desifirms", &letter("x@dutta.example", "hello@dutta.example", &[], "Hello", "A mail"))?;
    assert_eq!(post.check(post.room.codeteki()).await?, received(1));
    post.room.assert_untouched(&other).await?;
    assert_eq!(post.mailbox(post.room.desifirms()).await?.position, 0);

    // The job looks into both.
    let both = check_all(post.environment()).await?;
    assert_eq!(both, Checked { mailboxes: 2, received: 1, ..Checked::default() });
    let of_desifirms = post.room.inbound(post.room.desifirms()).await?;
    assert_eq!(of_desifirms.len(), 1);
    assert_eq!(of_desifirms[0].message_id, "hello@dutta.example");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mailbox_that_is_off_is_not_read() -> Result<()> {
    let post = Postroom::new().await?;
    let brand = post.room.codeteki();
    let off = domain::view::mailboxes::MailboxEdit { enabled: false, ..post.edit("codeteki") };
    post.save("codeteki", off).await?;
    post.arrives("codeteki", &letter("x@rao.example", "one@rao.example", &[], "Hello", "A mail"))?;
    assert_eq!(post.check(brand).await?, Checked::default());
    assert!(post.room.inbound(brand).await?.is_empty());
    Ok(())
}
