use anyhow::Context;
use chrono::TimeDelta;
use domain::contact::ContactStatus;
use domain::mailing::SuppressionReason;
use domain::pipeline::{DealStatus, StageKind};
use domain::reply::Intent;
use domain::view::inbox::InboxQuery;
use outreach::Refused;
use outreach::inbox::{decide, undo};

use super::{reader, shown};
use crate::mailroom::{Mailroom, reply};

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_is_kept_beside_what_the_rules_thought_and_can_be_taken_back() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let user = reader(&room, "one@overture.test", &["codeteki"]).await?;
    let other = reader(&room, "other@overture.test", &["codeteki"]).await?;
    let mailed = room.mailed(room.codeteki(), "tara@rao.example", "sales").await?;
    let foreign = room.mailed(room.desifirms(), "tara@rao.example", "business").await?;
    let got = room.take(room.codeteki(), &reply(&mailed, "m@rao.example", "Hmm, well. Monsoon.")).await?;
    let before = room.deal(&mailed).await?;

    let decided = decide(&room.environment, &user, got.id, Intent::NotInterested).await?;
    let review = decided.undo.context("nothing final has happened")?;
    assert_eq!(room.deal(&mailed).await?.status, DealStatus::Lost);
    assert_eq!(room.contact(&mailed).await?.status, ContactStatus::NotInterested);
    let mut scope = room.environment.database().brand(room.codeteki()).await?;
    let kept = database::inbound::last_correction(&mut scope, got.id).await?.context("a correction")?;
    drop(scope);
    assert_eq!((kept.intent_before, kept.intent_after), (Intent::Other, Intent::NotInterested));
    assert_eq!((kept.reviewed_by, kept.confidence_before < 0.6), (Some(user.id()), true));
    assert_eq!(shown(&room, &user, InboxQuery::default()).await?.waiting, 0);

    let refused = undo(&room.environment, &other, review).await;
    assert!(matches!(refused, Err(Refused::NotFound)), "somebody else's: {refused:?}");
    assert_eq!(undo(&room.environment, &user, review).await?, got.id);
    let after = room.deal(&mailed).await?;
    assert_eq!(
        (after.status, after.stage_id, after.next_action_at, after.lost_reason),
        (before.status, before.stage_id, before.next_action_at, before.lost_reason)
    );
    assert_eq!(room.contact(&mailed).await?.status, ContactStatus::Replied);
    let row = room.inbound(room.codeteki()).await?.remove(0);
    assert_eq!((row.intent, row.needs_review, row.reviewed_by), (Intent::Other, true, None));
    let again = undo(&room.environment, &user, review).await;
    assert!(matches!(again, Err(Refused::NotFound)), "{again:?}");
    room.assert_untouched(&foreign).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wish_not_to_be_mailed_cannot_be_taken_back() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let user = reader(&room, "one@overture.test", &["codeteki"]).await?;
    let mailed = room.mailed(room.codeteki(), "tara@rao.example", "sales").await?;
    let got = room.take(room.codeteki(), &reply(&mailed, "m@rao.example", "Hmm, well. Monsoon.")).await?;
    let decided = decide(&room.environment, &user, got.id, Intent::Unsubscribe).await?;
    assert_eq!(decided.undo, None);
    assert_eq!(
        room.suppression(room.codeteki(), "tara@rao.example").await?,
        Some(SuppressionReason::Unsubscribed)
    );
    assert_eq!(room.suppression(room.desifirms(), "tara@rao.example").await?, None);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn undo_refuses_once_the_deal_has_gone_on_or_time_has_passed() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let user = reader(&room, "one@overture.test", &["codeteki"]).await?;
    let mailed = room.mailed(room.codeteki(), "tara@rao.example", "sales").await?;
    let got = room.take(room.codeteki(), &reply(&mailed, "m@rao.example", "Hmm, well. Monsoon.")).await?;
    let first = decide(&room.environment, &user, got.id, Intent::NotInterested).await?;
    let first = first.undo.context("undo")?;
    // A second word stands above the first.
    let second = decide(&room.environment, &user, got.id, Intent::Interested).await?;
    assert_eq!(room.stage(&mailed).await?.1, StageKind::Replied);
    let refused = undo(&room.environment, &user, first).await;
    assert!(matches!(refused, Err(Refused::Conflict(_))), "{refused:?}");
    room.test.clock.set(room.now() + TimeDelta::minutes(11));
    let refused = undo(&room.environment, &user, second.undo.context("undo")?).await;
    assert!(matches!(refused, Err(Refused::NotFound)), "{refused:?}");
    Ok(())
}
