use anyhow::Context;
use domain::view::inbox::InboxQuery;
use outreach::Refused;

use super::{from_nowhere, reader, shown, subjects};
use crate::mailroom::{Mailroom, reply};

const DOUBTFUL: &str = "Hmm, well. Monsoon.\n\nOn Mon, 23 Nov 2026, Codeteki wrote:\n> unsubscribe";

#[tokio::test(flavor = "multi_thread")]
async fn the_queue_holds_what_needs_a_person_and_only_of_ones_own_brands() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let both = reader(&room, "both@overture.test", &["codeteki", "desifirms"]).await?;
    let one = reader(&room, "one@overture.test", &["codeteki"]).await?;
    let ours = room.mailed(room.codeteki(), "tara@rao.example", "sales").await?;
    let theirs = room.mailed(room.desifirms(), "tara@rao.example", "business").await?;
    let doubtful = room.take(room.codeteki(), &reply(&ours, "m1@rao.example", DOUBTFUL)).await?;
    room.take(room.codeteki(), &reply(&ours, "m2@rao.example", "STOP")).await?;
    let foreign = room.take(room.desifirms(), &reply(&theirs, "m3@rao.example", DOUBTFUL)).await?;

    let view = shown(&room, &one, InboxQuery::default()).await?;
    assert_eq!((view.waiting, view.everywhere, view.unmatched), (1, 1, 0));
    assert_eq!(subjects(&view).len(), 1);
    let open = view.open.context("the newest is open")?;
    assert_eq!((open.id, open.text.as_str(), open.waits), (doubtful.id, "Hmm, well. Monsoon.", true));
    assert!(open.quoted.contains("> unsubscribe"), "{}", open.quoted);
    assert_eq!(open.answers.context("the mail it answers")?.id, ours.mail.id);
    assert_eq!(open.contact.context("its contact")?.id, ours.contact.id);

    let all = shown(&room, &one, InboxQuery { show: "all".into(), ..InboxQuery::default() }).await?;
    assert_eq!(subjects(&all).len(), 2);
    let narrowed =
        shown(&room, &both, InboxQuery { brand: "desifirms".into(), ..InboxQuery::default() }).await?;
    assert_eq!((narrowed.waiting, narrowed.everywhere), (1, 2));

    let query = InboxQuery { mail: Some(foreign.id), ..InboxQuery::default() };
    let refused = outreach::inbox::page(&room.environment, &one, &query).await;
    assert!(matches!(refused, Err(Refused::NotFound)), "{refused:?}");
    let query = InboxQuery { brand: "desifirms".into(), ..InboxQuery::default() };
    let refused = outreach::inbox::page(&room.environment, &one, &query).await;
    assert!(matches!(refused, Err(Refused::NotFound)), "{refused:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn search_takes_signs_literally_and_finds_writers_and_subjects() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let user = reader(&room, "both@overture.test", &["codeteki"]).await?;
    for (id, subject) in [("a@x", "50% off"), ("b@x", "500 off"), ("c@x", "Hello_there")] {
        room.take(room.codeteki(), &from_nowhere("new@x.example", id, subject, "Well?")).await?;
    }
    for (text, expected) in [
        ("50%", vec!["50% off"]),
        ("o_t", vec!["Hello_there"]),
        ("someone new", vec!["Hello_there", "500 off", "50% off"]),
    ] {
        let view = shown(&room, &user, InboxQuery { text: text.into(), ..InboxQuery::default() }).await?;
        assert_eq!(subjects(&view).len(), expected.len(), "{text}");
        assert!(subjects(&view).iter().all(|subject| expected.contains(subject)), "{text}");
    }
    let view = shown(&room, &user, InboxQuery { show: "unmatched".into(), ..InboxQuery::default() }).await?;
    assert_eq!((view.unmatched, subjects(&view).len()), (3, 3));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_words_say_what_will_follow() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let user = reader(&room, "one@overture.test", &["codeteki"]).await?;
    let mailed = room.mailed(room.codeteki(), "tara@rao.example", "sales").await?;
    room.take(room.codeteki(), &reply(&mailed, "m@rao.example", DOUBTFUL)).await?;
    let open = shown(&room, &user, InboxQuery::default()).await?.open.context("open")?;
    let of = |key: char| open.choices.iter().find(|choice| choice.key == key).context("a choice");
    assert_eq!(of('i')?.effect, "Stops the outreach.");
    assert_eq!(of('n')?.effect, "Closes the deal as Lost.");
    assert!(!of('n')?.is_final && of('u')?.is_final && of('b')?.is_final);
    assert_eq!(of('u')?.effect, "Never mails the address again and closes the deal as Lost.");
    assert!(of('o')?.effect.starts_with("Lets the deal rest until "), "{}", of('o')?.effect);
    Ok(())
}
