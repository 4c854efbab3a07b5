use anyhow::Result;
use domain::Role;
use domain::mailing::{Encryption, MailboxHealth, MailboxKind};
use domain::view::mailboxes::{MailboxEdit, MailboxSaved};
use outreach::Refused;
use outreach::mailboxes::{check_now, mailbox, save_mailbox, test_mailbox};
use test_support::Dovecot;

use super::{Postroom, received};
use crate::mailroom::letter;

/// The controls that are wrong.
async fn wrong(post: &Postroom, edit: MailboxEdit) -> Result<Vec<String>> {
    let user = post.person("codeteki", Role::Manager).await?;
    Ok(match save_mailbox(post.environment(), &user, "codeteki", &edit).await? {
        MailboxSaved::At(_) => Vec::new(),
        MailboxSaved::Errors(errors) => errors.into_iter().map(|(id, _)| id).collect(),
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_is_sealed_and_never_shown() -> Result<()> {
    let post = Postroom::new().await?;
    let stored = post.mailbox(post.room.codeteki()).await?;
    let sealed = stored.password.clone().unwrap_or_default();
    let plain = Dovecot::password("codeteki");
    assert!(!sealed.windows(plain.len()).any(|window| window == plain.as_bytes()));
    let user = post.person("codeteki", Role::Manager).await?;
    let page = mailbox(post.environment(), &user, "codeteki").await?;
    assert!(page.password_stored && page.edit.password.is_empty());
    assert!(!format!("{page:?}").contains(&plain));
    // Moved to the other brand's row, it doesn't open.
    let mut other = post.mailbox(post.room.desifirms()).await?;
    other.password = Some(sealed);
    let mut scope = post.room.test.database.brand(other.brand_id).await?;
    database::mailboxes::replace(&mut scope, &other).await?;
    scope.commit().await?;
    let user = post.person("desifirms", Role::Manager).await?;
    let test = test_mailbox(post.environment(), &user, "desifirms").await?;
    assert!(!test.passed && test.words.contains("enter it again"), "{}", test.words);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stored_password_never_follows_to_another_account() -> Result<()> {
    let post = Postroom::new().await?;
    let kept = MailboxEdit { password: String::new(), ..post.edit("codeteki") };
    assert_eq!(wrong(&post, kept.clone()).await?, Vec::<String>::new());
    assert_eq!(
        wrong(&post, MailboxEdit { folder: "Replies".into(), ..kept.clone() }).await?,
        Vec::<String>::new()
    );
    for elsewhere in [
        MailboxEdit { host: "imap.evil.example".into(), ..kept.clone() },
        MailboxEdit { port: "994".into(), ..kept.clone() },
        MailboxEdit { username: "other".into(), ..kept.clone() },
        MailboxEdit { encryption: Encryption::None, ..kept.clone() },
    ] {
        assert_eq!(wrong(&post, elsewhere.clone()).await?, ["mailbox-password"], "{}", elsewhere.host);
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_said_beside_the_field_and_nothing_is_stored() -> Result<()> {
    let post = Postroom::new().await?;
    let right = post.edit("codeteki");
    let before = post.mailbox(post.room.codeteki()).await?;
    for (edit, control) in [
        (MailboxEdit { host: "https://imap.example".into(), ..right.clone() }, "mailbox-host"),
        (MailboxEdit { host: String::new(), ..right.clone() }, "mailbox-host"),
        (MailboxEdit { port: "0".into(), ..right.clone() }, "mailbox-port"),
        (MailboxEdit { port: "99999".into(), ..right.clone() }, "mailbox-port"),
        (MailboxEdit { folder: " ".into(), ..right.clone() }, "mailbox-folder"),
        (MailboxEdit { username: String::new(), ..right.clone() }, "mailbox-username"),
        (MailboxEdit { password: "a\nb".into(), ..right.clone() }, "mailbox-password"),
        (
            MailboxEdit { host: "imap.example".into(), encryption: Encryption::None, ..right.clone() },
            "mailbox-encryption",
        ),
    ] {
        assert_eq!(wrong(&post, edit).await?, [control]);
    }
    assert_eq!(post.mailbox(post.room.codeteki()).await?, before);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_folder_is_read_on_and_another_from_its_last_week() -> Result<()> {
    let post = Postroom::new().await?;
    let brand = post.room.codeteki();
    post.arrives("codeteki", &letter("x@rao.example", "one@rao.example", &[], "Hello", "A mail"))?;
    assert_eq!(post.check(brand).await?, received(1));
    post.save("codeteki", MailboxEdit { password: String::new(), ..post.edit("codeteki") }).await?;
    let kept = post.mailbox(brand).await?;
    assert_eq!((kept.position, kept.mails_read), (1, 1));
    post.save("codeteki", MailboxEdit { folder: "Replies".into(), ..post.edit("codeteki") }).await?;
    let other = post.mailbox(brand).await?;
    assert_eq!((other.position, other.validity, other.mails_read), (0, None, 0));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn only_managers_of_the_brand_see_and_change_its_mailbox() -> Result<()> {
    let post = Postroom::new().await?;
    let environment = post.environment();
    let edit = post.edit("codeteki");
    let stranger = post.person("desifirms", Role::Admin).await?;
    assert!(matches!(mailbox(environment, &stranger, "codeteki").await, Err(Refused::NotFound)));
    assert!(matches!(save_mailbox(environment, &stranger, "codeteki", &edit).await, Err(Refused::NotFound)));
    assert!(matches!(test_mailbox(environment, &stranger, "codeteki").await, Err(Refused::NotFound)));
    assert!(matches!(check_now(environment, &stranger, "codeteki").await, Err(Refused::NotFound)));
    let member = post.person("codeteki", Role::Member).await?;
    assert!(matches!(mailbox(environment, &member, "codeteki").await, Err(Refused::Invalid(_))));
    assert!(matches!(save_mailbox(environment, &member, "codeteki", &edit).await, Err(Refused::Invalid(_))));
    assert!(matches!(check_now(environment, &member, "codeteki").await, Err(Refused::Invalid(_))));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn zohos_api_without_an_account_there_is_refused_in_words() -> Result<()> {
    let post = Postroom::new().await?;
    let brand = post.room.codeteki();
    post.save("codeteki", MailboxEdit { kind: MailboxKind::Zoho, ..post.edit("codeteki") }).await?;
    assert_eq!(post.check(brand).await?.failing, 1);
    let user = post.person("codeteki", Role::Manager).await?;
    let page = mailbox(post.environment(), &user, "codeteki").await?;
    assert!(page.zoho_blocked.is_some());
    let health = page.health.ok_or_else(|| anyhow::anyhow!("there is a mailbox"))?;
    assert_eq!(health.state, MailboxHealth::Failing);
    let words = health.last_error.map(|error| error.words).unwrap_or_default();
    assert!(words.starts_with("The mailbox is not set up:"), "{words}");
    Ok(())
}
