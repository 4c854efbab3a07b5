use database::event;
use domain::contact::ContactStatus;
use domain::engagement::EventKind;
use domain::mailing::{MessageState, SuppressionReason};
use domain::pipeline::{DealStatus, LostReason};
use mail::token::Token;
use outreach::Refused;
use outreach::optout::{Channel, by_address, look, opt_out};

use test_support::Mailed;

use crate::mailroom::Mailroom;

fn token(room: &Mailroom, mailed: &Mailed) -> String {
    room.environment.token_key().encode(Token::Unsubscribe { brand: mailed.brand, message: mailed.mail.id })
}

#[tokio::test(flavor = "multi_thread")]
async fn opt_out_stops_the_brand_and_leaves_the_other_alone() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let mailed = room.mailed(room.desifirms(), "priya+desi@sharma.example", "business").await?;
    let second = room.mailed(room.desifirms(), "priya+desi@sharma.example", "events").await?;
    let waiting = room.another(&mailed, MessageState::Queued, None).await?;
    let other = room.mailed(room.codeteki(), "priya+desi@sharma.example", "sales").await?;
    let token = token(&room, &mailed);

    let asked = look(&room.environment, &token).await?.expect("a link of ours");
    assert_eq!(
        (asked.brand_name.as_str(), asked.masked.as_str(), asked.already),
        ("Desi Firms", "p•••@sharma.example", false)
    );
    assert_eq!(room.deal(&mailed).await?, mailed.deal, "asking changes nothing");

    for _ in 0..2 {
        let done = opt_out(&room.environment, &token, &Channel::OneClick).await?.expect("a link of ours");
        assert!(done.already);
    }
    for deal in [room.deal(&mailed).await?, room.deal(&second).await?] {
        assert_eq!((deal.status, deal.lost_reason), (DealStatus::Lost, Some(LostReason::Unsubscribed)));
        assert_eq!(deal.stage_visit, mailed.deal.stage_visit + 1, "closed once");
    }
    assert_eq!(room.contact(&mailed).await?.status, ContactStatus::Unsubscribed);
    assert_eq!(
        room.suppression(mailed.brand, &mailed.contact.email).await?,
        Some(SuppressionReason::Unsubscribed)
    );
    assert_eq!(room.mail(mailed.brand, waiting.id).await?.state, MessageState::Cancelled);
    assert!(room.has_event(&mailed, EventKind::Unsubscribe).await?);
    room.assert_untouched(&other).await
}

#[tokio::test(flavor = "multi_thread")]
async fn other_tokens_and_made_up_ones_do_nothing() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let mailed = room.mailed(room.desifirms(), "priya@sharma.example", "business").await?;
    let key = room.environment.token_key();
    let (brand, message) = (mailed.brand, mailed.mail.id);
    let genuine = token(&room, &mailed);
    let tampered = format!("{}A", &genuine[..genuine.len() - 1]);
    let foreign_brand = key.encode(Token::Unsubscribe { brand: room.codeteki(), message });
    for token in
        [key.encode(Token::Open { brand, message }), tampered, foreign_brand, String::new(), "x".repeat(500)]
    {
        if token == genuine {
            continue;
        }
        assert_eq!(look(&room.environment, &token).await?, None);
        assert_eq!(opt_out(&room.environment, &token, &Channel::OneClick).await?, None);
    }
    room.assert_untouched(&mailed).await
}

#[tokio::test(flavor = "multi_thread")]
async fn opt_out_outlives_its_contact() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let mailed = room.mailed(room.desifirms(), "priya@sharma.example", "business").await?;
    opt_out(
        &room.environment,
        &token(&room, &mailed),
        &Channel::Page { reason: Some("Too many".to_owned()) },
    )
    .await?;
    let mut scope = room.environment.database().brand(mailed.brand).await?;
    use database::schema::contacts;
    use diesel::prelude::*;
    use diesel_async::RunQueryDsl;
    diesel::delete(contacts::table.filter(contacts::id.eq(mailed.contact.id))).execute(&mut *scope).await?;
    assert!(!event::exists(&mut scope, mailed.mail.id, EventKind::Unsubscribe).await?, "its mails are gone");
    scope.commit().await?;
    assert_eq!(
        room.suppression(mailed.brand, &mailed.contact.email).await?,
        Some(SuppressionReason::Unsubscribed)
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn address_nobody_has_written_to_is_kept() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let (environment, brand) = (&room.environment, room.codeteki());
    let reason = SuppressionReason::Unsubscribed;
    assert!(by_address(environment, brand, "Never+Seen@Example.com", reason, "Webhook").await?.newly);
    assert!(!by_address(environment, brand, "never+seen@example.com", reason, "Webhook").await?.newly);
    assert_eq!(room.suppression(brand, "never+seen@example.com").await?, Some(reason));
    assert_eq!(room.suppression(room.desifirms(), "never+seen@example.com").await?, None);
    let refused = by_address(environment, brand, "no address", reason, "Webhook").await;
    assert!(matches!(refused, Err(Refused::Invalid(_))), "{refused:?}");
    Ok(())
}
