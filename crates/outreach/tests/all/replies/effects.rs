use domain::contact::ContactStatus;
use domain::engagement::{EventKind, Tier};
use domain::mailing::{MessageState, SuppressionReason};
use domain::pipeline::{DealStatus, LostReason, StageKind};
use domain::reply::Intent;
use outreach::replies::Outcome;

use crate::mailroom::{Mailroom, letter, reply};

const INTERESTED: &str =
    "Hi, yes, I'm interested. Please send me the details and let's have a call next week.";

#[tokio::test(flavor = "multi_thread")]
async fn interested_reply_moves_to_responded_in_every_pipeline_never_to_not_interested() -> anyhow::Result<()>
{
    let room = Mailroom::new().await?;
    for (brand, pipeline) in domain::pipeline::catalogue::all().map(|pipeline| (pipeline.brand, pipeline)) {
        let has_outreach = pipeline.stages.iter().any(|stage| stage.kind == StageKind::Outreach);
        if !has_outreach {
            continue;
        }
        let id = if brand == "codeteki" { room.codeteki() } else { room.desifirms() };
        let email = format!("{}@prospect.example", pipeline.key);
        let mailed = room.mailed(id, &email, pipeline.key).await?;
        let received =
            room.take(id, &reply(&mailed, &format!("{}@prospect.example", pipeline.key), INTERESTED)).await?;
        assert_eq!(received.intent, Intent::Interested, "{}", pipeline.key);
        let (name, kind) = room.stage(&mailed).await?;
        assert_eq!((name.as_str(), kind), ("Responded", StageKind::Replied), "{}", pipeline.key);
        assert_eq!(received.applied.moved_to.as_deref(), Some("Responded"));
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn interested_reply_stops_outreach_and_counts_as_an_answer() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let mailed = room.mailed(room.desifirms(), "priya@sharma.example", "business").await?;
    let waiting = room.another(&mailed, MessageState::Scheduled, None).await?;
    let other = room.mailed(room.codeteki(), "priya@sharma.example", "sales").await?;

    let received = room.take(room.desifirms(), &reply(&mailed, "r1@sharma.example", INTERESTED)).await?;
    assert_eq!(received.applied.cancelled, 1);
    assert!(!received.needs_review);

    let deal = room.deal(&mailed).await?;
    assert_eq!((deal.status, deal.tier), (DealStatus::Active, Tier::Engaged));
    assert!(deal.next_reason.contains("a person answers"), "{}", deal.next_reason);
    assert_eq!(room.contact(&mailed).await?.status, ContactStatus::Interested);
    assert_eq!(room.mail(mailed.brand, waiting.id).await?.state, MessageState::Cancelled);
    assert!(room.mail(mailed.brand, mailed.mail.id).await?.replied_at.is_some());
    assert!(room.has_event(&mailed, EventKind::Reply).await?);
    room.assert_untouched(&other).await
}

#[tokio::test(flavor = "multi_thread")]
async fn second_delivery_of_a_mail_changes_nothing() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let mailed = room.mailed(room.desifirms(), "priya@sharma.example", "business").await?;
    let raw = reply(&mailed, "once@sharma.example", INTERESTED);
    let first = room.take(room.desifirms(), &raw).await?;
    let after = room.deal(&mailed).await?;
    assert_eq!(room.deliver(room.desifirms(), &raw).await?, Outcome::AlreadyReceived(first.id));
    assert_eq!(room.deal(&mailed).await?, after);
    // Without a Message-ID the content names the mail.
    let nameless = raw.lines().filter(|line| !line.starts_with("Message-ID")).collect::<Vec<_>>().join("\n");
    let second = room.take(room.desifirms(), &nameless).await?;
    assert_eq!(room.deliver(room.desifirms(), &nameless).await?, Outcome::AlreadyReceived(second.id));
    assert_eq!(room.inbound(room.desifirms()).await?.len(), 2);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn two_deliveries_at_once_act_once() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let mailed = room.mailed(room.desifirms(), "priya@sharma.example", "business").await?;
    let raw = reply(&mailed, "twice@sharma.example", INTERESTED);
    let (one, two) = tokio::join!(room.deliver(room.desifirms(), &raw), room.deliver(room.desifirms(), &raw));
    let acted = [one?, two?].iter().filter(|outcome| matches!(outcome, Outcome::Received(_))).count();
    assert_eq!(acted, 1);
    assert_eq!(room.deal(&mailed).await?.stage_visit, mailed.deal.stage_visit + 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn not_interested_reply_closes_the_deal_without_suppressing() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let mailed = room.mailed(room.desifirms(), "arjun@mehta.example", "business").await?;
    let other = room.mailed(room.codeteki(), "arjun@mehta.example", "sales").await?;
    let received = room
        .take(room.desifirms(), &reply(&mailed, "n1@mehta.example", "Thanks, but we are not interested."))
        .await?;
    assert_eq!(received.intent, Intent::NotInterested);
    let deal = room.deal(&mailed).await?;
    assert_eq!((deal.status, deal.lost_reason), (DealStatus::Lost, Some(LostReason::NotInterested)));
    assert_eq!(deal.next_action_at, None);
    assert_eq!(room.contact(&mailed).await?.status, ContactStatus::NotInterested);
    assert_eq!(room.suppression(mailed.brand, "arjun@mehta.example").await?, None);
    room.assert_untouched(&other).await
}

#[tokio::test(flavor = "multi_thread")]
async fn unsubscribe_and_plain_stop_suppress_and_close_every_deal_of_the_brand() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    for (index, text) in
        ["Please unsubscribe me from your list.", "STOP", "Remove me from your mailing list please"]
            .into_iter()
            .enumerate()
    {
        let email = format!("out{index}@mehta.example");
        let mailed = room.mailed(room.desifirms(), &email, "business").await?;
        let second = room.mailed(room.desifirms(), &email, "realestate").await?;
        let waiting = room.another(&second, MessageState::Scheduled, None).await?;
        let other = room.mailed(room.codeteki(), &email, "sales").await?;
        let received =
            room.take(room.desifirms(), &reply(&mailed, &format!("u{index}@mehta.example"), text)).await?;
        assert_eq!(received.intent, Intent::Unsubscribe, "{text}");
        for deal in [room.deal(&mailed).await?, room.deal(&second).await?] {
            assert_eq!(
                (deal.status, deal.lost_reason),
                (DealStatus::Lost, Some(LostReason::Unsubscribed)),
                "{text}"
            );
        }
        assert_eq!(room.suppression(room.desifirms(), &email).await?, Some(SuppressionReason::Unsubscribed));
        assert_eq!(room.contact(&mailed).await?.status, ContactStatus::Unsubscribed);
        assert_eq!(room.mail(mailed.brand, waiting.id).await?.state, MessageState::Cancelled);
        let mut scope = room.environment.database().brand(other.brand).await?;
        assert_eq!(database::deal::find(&mut scope, other.deal.id).await?, other.deal, "{text}");
        assert_eq!(database::contact::suppression(&mut scope, other.brand, &email).await?, None);
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn out_of_office_sleeps_until_the_return_date_and_goes_on_by_itself() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let mailed = room.mailed(room.desifirms(), "nisha@agarwal.example", "business").await?;
    let waiting = room.another(&mailed, MessageState::Scheduled, None).await?;
    let thread = format!("<{}>", mailed.mail.message_id);
    let raw = letter(
        "nisha@agarwal.example",
        "ooo@agarwal.example",
        &[("In-Reply-To", &thread), ("Auto-Submitted", "auto-replied")],
        "Automatic reply: Following up",
        "I am out of the office until 7 December 2026 and will answer when I am back.",
    );
    let received = room.take(room.desifirms(), &raw).await?;
    assert_eq!(received.intent, Intent::OutOfOffice);
    let deal = room.deal(&mailed).await?;
    assert_eq!((deal.status, deal.stage_id), (DealStatus::Active, mailed.deal.stage_id));
    // The first working day after the day back, 9:00 in Sydney: Tuesday 8 December.
    assert_eq!(deal.next_action_at, Some("2026-12-07T22:00:00Z".parse()?));
    assert_eq!(deal.next_reason, "Out of office until Mon 7 December.");
    let waiting = room.mail(mailed.brand, waiting.id).await?;
    assert_eq!((waiting.state, Some(waiting.scheduled_for)), (MessageState::Scheduled, deal.next_action_at));
    assert!(!room.has_event(&mailed, EventKind::Reply).await?);
    assert_eq!(room.mail(mailed.brand, mailed.mail.id).await?.replied_at, None);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn question_waits_for_a_person() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let mailed = room.mailed(room.codeteki(), "tara@rao.example", "sales").await?;
    let received =
        room.take(room.codeteki(), &reply(&mailed, "q@rao.example", "How much does it cost?")).await?;
    assert_eq!(received.intent, Intent::Question);
    assert!(received.needs_review);
    assert_eq!(room.stage(&mailed).await?.1, StageKind::Replied);
    assert!(room.inbound(room.codeteki()).await?[0].needs_review);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn reply_to_a_paused_deal_moves_it_and_leaves_it_paused() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let mailed = room.mailed(room.codeteki(), "tara@rao.example", "sales").await?;
    room.set_status(room.codeteki(), mailed.deal.id, DealStatus::Paused).await?;
    room.take(room.codeteki(), &reply(&mailed, "p@rao.example", INTERESTED)).await?;
    assert_eq!(room.deal(&mailed).await?.status, DealStatus::Paused);
    assert_eq!(room.stage(&mailed).await?.1, StageKind::Replied);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn answer_after_giving_up_opens_the_deal_again() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let mailed = room.mailed(room.codeteki(), "tara@rao.example", "sales").await?;
    room.take(room.codeteki(), &reply(&mailed, "no@rao.example", "Not interested, sorry.")).await?;
    assert_eq!(room.deal(&mailed).await?.status, DealStatus::Lost);
    room.take(room.codeteki(), &reply(&mailed, "yes@rao.example", INTERESTED)).await?;
    let deal = room.deal(&mailed).await?;
    assert_eq!((deal.status, deal.lost_reason), (DealStatus::Active, None));
    assert_eq!(room.stage(&mailed).await?.1, StageKind::Replied);
    Ok(())
}
