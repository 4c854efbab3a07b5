use chrono::TimeDelta;
use domain::mailing::{MessageState, SuppressionReason};
use domain::pipeline::{DealStatus, StageKind};
use outreach::replies::{MatchedBy, Outcome};

use crate::mailroom::{Mailroom, letter, reply};

const INTERESTED: &str = "Yes, I'm interested, please send me more information.";

#[tokio::test(flavor = "multi_thread")]
async fn subject_alone_never_attributes_a_reply() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let mailed = room.mailed(room.codeteki(), "known@prospect.example", "sales").await?;
    // Everybody's mails say "Following up".
    let raw =
        letter("stranger@elsewhere.example", "s@elsewhere.example", &[], "Re: Following up", INTERESTED);
    let received = room.take(room.codeteki(), &raw).await?;
    assert_eq!((received.deal, received.contact, received.matched_by), (None, None, None));
    assert!(received.needs_review, "somebody has to see who this is");
    assert_eq!(room.deal(&mailed).await?, mailed.deal);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn thread_wins_over_the_newest_deal() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let old = room.mailed(room.desifirms(), "kiran@dutta.example", "business").await?;
    let newer = room.mailed(room.desifirms(), "kiran@dutta.example", "realestate").await?;
    room.another(&newer, MessageState::Sent, Some(room.now() - TimeDelta::hours(1))).await?;
    let received = room.take(room.desifirms(), &reply(&old, "k@dutta.example", INTERESTED)).await?;
    assert_eq!((received.deal, received.matched_by), (Some(old.deal.id), Some(MatchedBy::Thread)));
    assert_eq!(room.deal(&newer).await?.stage_id, newer.deal.stage_id);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn references_name_the_thread_when_in_reply_to_is_missing() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let mailed = room.mailed(room.codeteki(), "tara@rao.example", "sales").await?;
    let references = format!("<{}> <between@rao.example>", mailed.mail.message_id);
    let raw =
        letter("other@gmail.example", "ref@rao.example", &[("References", &references)], "Hello", INTERESTED);
    let received = room.take(room.codeteki(), &raw).await?;
    assert_eq!((received.deal, received.matched_by), (Some(mailed.deal.id), Some(MatchedBy::Thread)));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn address_finds_the_one_open_deal_or_the_one_mailed_last() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let one = room.mailed(room.desifirms(), "kiran@dutta.example", "business").await?;
    let fresh = |id: &str| letter("Kiran@Dutta.example", id, &[], "A new mail", INTERESTED);
    let received = room.take(room.desifirms(), &fresh("a1@dutta.example")).await?;
    assert_eq!((received.deal, received.matched_by), (Some(one.deal.id), Some(MatchedBy::Address)));

    let two = room.mailed(room.desifirms(), "kiran@dutta.example", "realestate").await?;
    room.another(&two, MessageState::Sent, Some(room.now() - TimeDelta::hours(1))).await?;
    let received = room.take(room.desifirms(), &fresh("a2@dutta.example")).await?;
    assert_eq!(received.deal, Some(two.deal.id));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn answer_to_a_closed_deal_goes_to_its_open_successor() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let old = room.mailed(room.codeteki(), "tara@rao.example", "sales").await?;
    room.take(room.codeteki(), &reply(&old, "no@rao.example", "Not interested, sorry.")).await?;
    let new = room.mailed(room.codeteki(), "tara@rao.example", "sales").await?;
    let received = room.take(room.codeteki(), &reply(&old, "yes@rao.example", INTERESTED)).await?;
    assert_eq!(received.deal, Some(new.deal.id));
    assert_eq!(room.deal(&old).await?.status, DealStatus::Lost);
    assert_eq!(room.stage(&new).await?.1, StageKind::Replied);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn colleague_in_copy_answers_for_the_contact() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let mailed = room.mailed(room.codeteki(), "tara@rao.example", "sales").await?;
    let thread = format!("<{}>", mailed.mail.message_id);
    let raw =
        letter("boss@rao.example", "b@rao.example", &[("In-Reply-To", &thread)], "Re: Following up", "STOP");
    room.take(room.codeteki(), &raw).await?;
    assert_eq!(
        room.suppression(room.codeteki(), "tara@rao.example").await?,
        Some(SuppressionReason::Unsubscribed)
    );
    assert_eq!(
        room.suppression(room.codeteki(), "boss@rao.example").await?,
        Some(SuppressionReason::Unsubscribed)
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn own_mail_and_colleagues_of_the_brand_are_no_replies() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let mailed = room.mailed(room.codeteki(), "tara@rao.example", "sales").await?;
    let thread = format!("<{}>", mailed.mail.message_id);
    for (from, id) in [
        ("sales@codeteki.example", "copy@codeteki.example"),
        ("bob@codeteki.example", "bob@codeteki.example"),
        ("somebody@elsewhere.example", mailed.mail.message_id.as_str()),
    ] {
        let raw = letter(from, id, &[("In-Reply-To", &thread)], "Re: Following up", INTERESTED);
        assert_eq!(room.deliver(room.codeteki(), &raw).await?, Outcome::OwnMail, "{from}");
    }
    assert_eq!(room.deal(&mailed).await?, mailed.deal);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn thread_of_another_brand_is_not_found() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let other = room.mailed(room.desifirms(), "tara@rao.example", "business").await?;
    let received = room.take(room.codeteki(), &reply(&other, "x@rao.example", "STOP")).await?;
    assert_eq!((received.deal, received.contact), (None, None));
    // Whoever asks a brand to stop is heard by that brand, known or not.
    assert_eq!(
        room.suppression(room.codeteki(), "tara@rao.example").await?,
        Some(SuppressionReason::Unsubscribed)
    );
    room.assert_untouched(&other).await
}
