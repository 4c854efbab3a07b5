use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::mailing::SuppressionReason;
use domain::pipeline::{DealStatus, LostReason};
use mail::token::Token;
use test_support::Mailed;

use crate::browser::{Answer, Server};

fn path(server: &Server, mailed: &Mailed) -> String {
    let token = Token::Unsubscribe { brand: mailed.brand, message: mailed.mail.id };
    format!("/u/{}", server.environment.token_key().encode(token))
}

/// A POST without cookies, referrer or origin, as mail providers send it.
async fn post(server: &Server, path: &str, kind: &str, body: &'static str) -> anyhow::Result<Answer> {
    server.call(Request::post(path).header("content-type", kind).body(Body::from(body))?).await
}

#[tokio::test(flavor = "multi_thread")]
async fn looking_at_the_page_changes_nothing() -> anyhow::Result<()> {
    let server = Server::new().await?;
    let mailed = server.mailed(server.test.brands.desifirms.id, "priya+x@sharma.example", "business").await?;
    let path = path(&server, &mailed);
    let page = server.get(&path).await?;
    assert_eq!(page.status, StatusCode::OK);
    let text = page.text();
    assert!(text.contains("Unsubscribe from Desi Firms?") && text.contains("p•••@sharma.example"), "{text}");
    assert!(!text.contains("priya") && !text.contains("<script"), "{text}");
    assert!(page.header("content-security-policy").starts_with("default-src 'none'"));
    let head = server.call(Request::head(&path).body(Body::empty())?).await?;
    assert_eq!(head.status, StatusCode::OK);
    server.assert_untouched(&mailed).await
}

#[tokio::test(flavor = "multi_thread")]
async fn one_click_works_without_session_and_again() -> anyhow::Result<()> {
    let server = Server::new().await?;
    let mailed = server.mailed(server.test.brands.desifirms.id, "priya+x@sharma.example", "business").await?;
    let other = server.mailed(server.test.brands.codeteki.id, "priya+x@sharma.example", "sales").await?;
    let path = path(&server, &mailed);
    let form = "application/x-www-form-urlencoded";
    for _ in 0..2 {
        let answer = post(&server, &path, form, "List-Unsubscribe=One-Click").await?;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::OK, ""));
        assert!(answer.text().contains("You are unsubscribed"));
    }
    let deal = server.deal(&mailed).await?;
    assert_eq!((deal.status, deal.lost_reason), (DealStatus::Lost, Some(LostReason::Unsubscribed)));
    assert_eq!(deal.stage_visit, mailed.deal.stage_visit + 1);
    assert_eq!(
        server.suppression(mailed.brand, "priya+x@sharma.example").await?,
        Some(SuppressionReason::Unsubscribed)
    );
    assert!(server.get(&path).await?.text().contains("You are unsubscribed"));
    server.assert_untouched(&other).await
}

#[tokio::test(flavor = "multi_thread")]
async fn one_click_may_come_as_multipart_and_the_page_s_form_with_a_reason() -> anyhow::Result<()> {
    let server = Server::new().await?;
    let brand = server.test.brands.desifirms.id;
    let multipart =
        "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n";
    for (email, kind, body) in [
        ("a@sharma.example", "multipart/form-data; boundary=b", multipart),
        ("b@sharma.example", "application/x-www-form-urlencoded", "reason=I+get+too+many+mails"),
    ] {
        let mailed = server.mailed(brand, email, "business").await?;
        let answer = post(&server, &path(&server, &mailed), kind, body).await?;
        assert_eq!(answer.status, StatusCode::OK, "{kind}");
        assert_eq!(server.suppression(brand, email).await?, Some(SuppressionReason::Unsubscribed), "{kind}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_token_is_answered_without_effect() -> anyhow::Result<()> {
    let server = Server::new().await?;
    let mailed = server.mailed(server.test.brands.desifirms.id, "priya@sharma.example", "business").await?;
    let genuine = path(&server, &mailed);
    for path in [genuine.replacen("/u/", "/u/x", 1), "/u/nothing".to_owned()] {
        for answer in [
            server.get(&path).await?,
            post(&server, &path, "application/x-www-form-urlencoded", "List-Unsubscribe=One-Click").await?,
        ] {
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            assert!(answer.text().contains("This link has no effect"));
        }
    }
    server.assert_untouched(&mailed).await
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_opted_out_by_mistake_comes_back_by_typing_the_address() -> anyhow::Result<()> {
    let server = Server::new().await?;
    let (brand, email) = (server.test.brands.desifirms.id, "priya+x@sharma.example");
    let mailed = server.mailed(brand, email, "business").await?;
    let other = server.mailed(server.test.brands.codeteki.id, email, "sales").await?;
    let (path, form) = (path(&server, &mailed), "application/x-www-form-urlencoded");
    let back = format!("{path}/back");
    assert!(server.get(&format!("{path}/kept")).await?.text().contains("You stay subscribed"));
    assert!(server.get(&back).await?.text().contains("You stay subscribed"), "never left");
    server.assert_untouched(&mailed).await?;

    post(&server, &path, form, "reason=").await?;
    let asked = server.get(&back).await?;
    assert!(asked.text().contains("Subscribe to Desi Firms again?") && !asked.text().contains("priya"));
    assert!(server.suppression(brand, email).await?.is_some(), "asking changes nothing");
    for wrong in ["email=", "email=someone%40else.example", "List-Unsubscribe=One-Click"] {
        let answer = post(&server, &back, form, wrong).await?;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert!(server.suppression(brand, email).await?.is_some(), "{wrong}");
    }
    let answer = post(&server, &back, form, "email=+Priya%2BX%40Sharma.example").await?;
    assert!(answer.text().contains("You are subscribed again"), "{}", answer.text());
    assert_eq!(server.suppression(brand, email).await?, None);
    let deal = server.deal(&mailed).await?;
    assert_eq!(deal.status, DealStatus::Lost, "what ended stays ended");
    server.assert_untouched(&other).await?;
    // And out again.
    post(&server, &path, form, "List-Unsubscribe=One-Click").await?;
    assert_eq!(server.suppression(brand, email).await?, Some(SuppressionReason::Unsubscribed));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn bounces_and_complaints_are_not_for_the_link_to_lift() -> anyhow::Result<()> {
    let server = Server::new().await?;
    let (brand, email) = (server.test.brands.desifirms.id, "priya@sharma.example");
    let mailed = server.mailed(brand, email, "business").await?;
    let reason = SuppressionReason::Complaint;
    outreach::optout::by_address(&server.environment, brand, email, reason, "test").await?;
    let back = format!("{}/back", path(&server, &mailed));
    assert!(server.get(&back).await?.text().contains("can't change that"));
    let answer =
        post(&server, &back, "application/x-www-form-urlencoded", "email=priya%40sharma.example").await?;
    assert!(answer.text().contains("can't change that"), "{}", answer.text());
    assert_eq!(server.suppression(brand, email).await?, Some(reason));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn link_of_a_mail_works_after_its_contact_is_deleted() -> anyhow::Result<()> {
    let server = Server::new().await?;
    let (brand, email) = (server.test.brands.desifirms.id, "priya+x@sharma.example");
    let mailed = server.mailed(brand, email, "business").await?;
    let path = path(&server, &mailed);
    let mut scope = server.environment.database().brand(brand).await?;
    {
        use database::schema::contacts;
        use diesel::prelude::*;
        use diesel_async::RunQueryDsl;
        let row = contacts::table.filter(contacts::id.eq(mailed.contact.id));
        diesel::delete(row).execute(&mut *scope).await?;
    }
    scope.commit().await?;
    assert!(server.get(&path).await?.text().contains("p•••@sharma.example"));
    let answer =
        post(&server, &path, "application/x-www-form-urlencoded", "List-Unsubscribe=One-Click").await?;
    assert!(answer.text().contains("You are unsubscribed"));
    assert_eq!(server.suppression(brand, email).await?, Some(SuppressionReason::Unsubscribed));
    assert_eq!(server.suppression(server.test.brands.codeteki.id, email).await?, None);
    Ok(())
}
