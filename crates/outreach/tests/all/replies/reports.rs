use domain::engagement::EventKind;
use domain::mailing::SuppressionReason;
use domain::pipeline::{DealStatus, LostReason};
use domain::reply::Intent;

use test_support::Mailed;

use crate::mailroom::Mailroom;

/// A delivery report about the mail, as Postfix writes them.
fn bounce(mailed: &Mailed, id: &str, status: &str, words: &str) -> String {
    format!(
        "From: MAILER-DAEMON@mx.example\nTo: sales@overture.test\nReturn-Path: <>\nMessage-ID: <{id}>\n\
         Subject: Undelivered Mail Returned to Sender\nAuto-Submitted: auto-replied\nMIME-Version: 1.0\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\n\n--b\nContent-Type: text/plain\n\n\
         Your mail could not be delivered.\n\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n\
         Final-Recipient: rfc822; {to}\nAction: failed\nStatus: {status}\nDiagnostic-Code: smtp; {words}\n\n--b\n\
         Content-Type: message/rfc822\n\nMessage-ID: <{ours}>\nTo: {to}\nSubject: Following up\n\nHi\n\n--b--",
        to = mailed.contact.email,
        ours = mailed.mail.message_id,
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn hard_bounce_suppresses_and_closes() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let mailed = room.mailed(room.desifirms(), "gone@malhotra.example", "realestate").await?;
    let other = room.mailed(room.codeteki(), "gone@malhotra.example", "sales").await?;
    let received = room
        .take(room.desifirms(), &bounce(&mailed, "b1@mx.example", "5.1.1", "550 5.1.1 User unknown"))
        .await?;
    assert_eq!((received.intent, received.applied.suppressed), (Intent::Bounce, true));
    let deal = room.deal(&mailed).await?;
    assert_eq!((deal.status, deal.lost_reason), (DealStatus::Lost, Some(LostReason::InvalidEmail)));
    assert_eq!(
        room.suppression(mailed.brand, &mailed.contact.email).await?,
        Some(SuppressionReason::HardBounce)
    );
    assert!(room.mail(mailed.brand, mailed.mail.id).await?.bounced_at.is_some());
    assert!(room.has_event(&mailed, EventKind::Bounce).await?);
    room.assert_untouched(&other).await
}

#[tokio::test(flavor = "multi_thread")]
async fn third_soft_bounce_counts_as_a_hard_one() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let mailed = room.mailed(room.desifirms(), "full@malhotra.example", "realestate").await?;
    for (round, status, suppressed) in [
        (1, DealStatus::Active, None),
        (2, DealStatus::Active, None),
        (3, DealStatus::Lost, Some(SuppressionReason::SoftBounces)),
    ] {
        let raw = bounce(&mailed, &format!("soft{round}@mx.example"), "4.2.2", "452 4.2.2 Mailbox full");
        room.take(room.desifirms(), &raw).await?;
        assert_eq!(room.deal(&mailed).await?.status, status, "bounce {round}");
        assert_eq!(room.contact(&mailed).await?.soft_bounces, round, "bounce {round}");
        assert_eq!(
            room.suppression(mailed.brand, &mailed.contact.email).await?,
            suppressed,
            "bounce {round}"
        );
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn refusal_because_of_us_leaves_the_contact_alone() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let mailed = room.mailed(room.desifirms(), "fine@malhotra.example", "realestate").await?;
    let raw =
        bounce(&mailed, "p@mx.example", "5.7.26", "550 5.7.26 This mail is unauthenticated, DMARC policy");
    let received = room.take(room.desifirms(), &raw).await?;
    assert!(received.needs_review);
    assert_eq!(room.deal(&mailed).await?, mailed.deal);
    assert_eq!(room.suppression(mailed.brand, &mailed.contact.email).await?, None);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn complaint_suppresses_and_closes_even_with_the_recipient_hidden() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let mailed = room.mailed(room.desifirms(), "cross@malhotra.example", "realestate").await?;
    let other = room.mailed(room.codeteki(), "cross@malhotra.example", "sales").await?;
    let raw = format!(
        "From: feedback@provider.example\nTo: sales@overture.test\nMessage-ID: <arf@provider.example>\nSubject: Complaint\n\
         MIME-Version: 1.0\nContent-Type: multipart/report; report-type=feedback-report; boundary=\"b\"\n\n--b\n\
         Content-Type: text/plain\n\nA complaint.\n\n--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\n\
         User-Agent: Provider/1.0\nVersion: 1\n\n--b\nContent-Type: message/rfc822\n\nMessage-ID: <{}>\n\
         To: redacted@provider.example\nSubject: Following up\n\nHi\n\n--b--",
        mailed.mail.message_id
    );
    let received = room.take(room.desifirms(), &raw).await?;
    assert_eq!(received.intent, Intent::Complaint);
    let deal = room.deal(&mailed).await?;
    assert_eq!((deal.status, deal.lost_reason), (DealStatus::Lost, Some(LostReason::Complained)));
    assert_eq!(
        room.suppression(mailed.brand, &mailed.contact.email).await?,
        Some(SuppressionReason::Complaint)
    );
    assert!(room.has_event(&mailed, EventKind::Complaint).await?);
    room.assert_untouched(&other).await
}
