use anyhow::Context;
use domain::mailing::SuppressionReason;
use domain::pipeline::StageKind;
use domain::reply::Intent;
use domain::view::inbox::InboxQuery;
use outreach::Refused;
use outreach::inbox::{assign, decide, find_contacts};

use super::{from_nowhere, reader, shown};
use crate::mailroom::Mailroom;

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_from_an_unknown_address_goes_to_the_contact_a_person_names() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let user = reader(&room, "both@overture.test", &["codeteki", "desifirms"]).await?;
    let mailed = room.mailed(room.codeteki(), "tara@rao.example", "sales").await?;
    let foreign = room.mailed(room.desifirms(), "tara@rao.example", "business").await?;
    let raw = from_nowhere("office@rao.example", "u@rao.example", "Your mail", "Yes, we are interested.");
    let got = room.take(room.codeteki(), &raw).await?;
    assert!(got.needs_review && got.contact.is_none());

    let offered = find_contacts(&room.environment, &user, got.id, "").await?;
    assert_eq!(offered.iter().map(|contact| contact.id).collect::<Vec<_>>(), [mailed.contact.id]);
    assert_eq!(
        find_contacts(&room.environment, &user, got.id, "tara").await?.len(),
        1,
        "of the mail's brand"
    );
    let refused = assign(&room.environment, &user, got.id, foreign.contact.id).await;
    assert!(matches!(refused, Err(Refused::NotFound)), "{refused:?}");

    assign(&room.environment, &user, got.id, mailed.contact.id).await?;
    assert_eq!(room.stage(&mailed).await?.1, StageKind::Replied);
    let row = room.inbound(room.codeteki()).await?.remove(0);
    assert_eq!(
        (row.contact_id, row.deal_id, row.outbound_id, row.needs_review),
        (Some(mailed.contact.id), Some(mailed.deal.id), Some(mailed.mail.id), false)
    );
    let again = assign(&room.environment, &user, got.id, mailed.contact.id).await;
    assert!(matches!(again, Err(Refused::Conflict(_))), "{again:?}");
    room.assert_untouched(&foreign).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_opt_out_from_another_address_stops_the_contact_it_is_assigned_to() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let user = reader(&room, "one@overture.test", &["codeteki"]).await?;
    let mailed = room.mailed(room.codeteki(), "tara@rao.example", "sales").await?;
    let raw = from_nowhere(
        "tara@private.example",
        "u@private.example",
        "Your mail",
        "Please remove me from your list.",
    );
    let got = room.take(room.codeteki(), &raw).await?;
    assign(&room.environment, &user, got.id, mailed.contact.id).await?;
    for address in ["tara@rao.example", "tara@private.example"] {
        assert_eq!(
            room.suppression(room.codeteki(), address).await?,
            Some(SuppressionReason::Unsubscribed),
            "{address}"
        );
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_concerns_nobody_leaves_the_queue_with_one_key() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let user = reader(&room, "one@overture.test", &["codeteki"]).await?;
    let stranger = reader(&room, "stranger@overture.test", &["desifirms"]).await?;
    let raw = from_nowhere("sales@seo.example", "s@seo.example", "Rank first", "We sell links.");
    let got = room.take(room.codeteki(), &raw).await?;
    let refused = find_contacts(&room.environment, &stranger, got.id, "a").await;
    assert!(matches!(refused, Err(Refused::NotFound)), "{refused:?}");
    let open = shown(&room, &user, InboxQuery::default()).await?.open.context("open")?;
    let bounce = open.choices.iter().find(|choice| choice.intent == Intent::Bounce).context("a choice")?;
    assert_eq!((bounce.effect.as_str(), bounce.is_final), ("Leaves everything as it is.", false));
    let decided = decide(&room.environment, &user, got.id, Intent::Other).await?;
    assert_eq!(decided.sentence, "Taken as “other”.");
    assert!(shown(&room, &user, InboxQuery::default()).await?.days.is_empty());
    Ok(())
}
