use anyhow::Context;
use database::person;
use domain::pipeline::{DealStatus, LostReason, StageKind};
use domain::reply::Intent;
use domain::{Role, UserId};
use outreach::Refused;
use outreach::people::{CurrentUser, NewPerson, create_person};
use outreach::replies::review;

use crate::mailroom::{Mailroom, reply};

async fn person(room: &Mailroom, email: &str, brand: &str) -> anyhow::Result<CurrentUser> {
    let new = NewPerson {
        email: email.to_owned(),
        name: "Asha Reader".to_owned(),
        password: "a long enough password".to_owned(),
        roles: vec![(brand.to_owned(), Role::Member)],
        is_demo: false,
    };
    let id: UserId = create_person(&room.environment, new).await?;
    let mut connection = room.environment.database().unscoped().await?;
    Ok(CurrentUser::new(person::person(&mut connection, id).await?.context("just created")?))
}

#[tokio::test(flavor = "multi_thread")]
async fn review_applies_what_the_person_says() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let reader = person(&room, "asha@overture.test", "codeteki").await?;
    let mailed = room.mailed(room.codeteki(), "tara@rao.example", "sales").await?;
    let received =
        room.take(room.codeteki(), &reply(&mailed, "m@rao.example", "Hmm, well. Monsoon.")).await?;
    assert!(received.needs_review);
    assert_eq!(room.stage(&mailed).await?.1, StageKind::Replied);

    let reviewed = review(&room.environment, &reader, received.id, Intent::NotInterested).await?;
    assert_eq!(reviewed.intent, Intent::NotInterested);
    let deal = room.deal(&mailed).await?;
    assert_eq!((deal.status, deal.lost_reason), (DealStatus::Lost, Some(LostReason::NotInterested)));
    let row = room.inbound(room.codeteki()).await?.remove(0);
    assert_eq!(
        (row.intent, row.needs_review, row.reviewed_by),
        (Intent::NotInterested, false, Some(reader.id()))
    );

    review(&room.environment, &reader, received.id, Intent::Interested).await?;
    assert_eq!(room.deal(&mailed).await?.status, DealStatus::Active);
    assert_eq!(room.stage(&mailed).await?.1, StageKind::Replied);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn mail_of_a_foreign_brand_cannot_be_reviewed() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let stranger = person(&room, "stranger@overture.test", "desifirms").await?;
    let mailed = room.mailed(room.codeteki(), "tara@rao.example", "sales").await?;
    let received =
        room.take(room.codeteki(), &reply(&mailed, "m@rao.example", "Hmm, well. Monsoon.")).await?;
    let refused = review(&room.environment, &stranger, received.id, Intent::Unsubscribe).await;
    assert!(matches!(refused, Err(Refused::NotFound)), "{refused:?}");
    Ok(())
}
