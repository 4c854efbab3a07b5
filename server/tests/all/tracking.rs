use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use mail::token::Token;
use test_support::{LINKS, Mailed};

use crate::browser::{BROWSER, Server};

fn open(server: &Server, mailed: &Mailed) -> String {
    let token = Token::Open { brand: mailed.brand, message: mailed.mail.id };
    format!("/t/o/{}.gif", server.environment.token_key().encode(token))
}

fn click(server: &Server, mailed: &Mailed, link: u16) -> String {
    let token = Token::Click { brand: mailed.brand, message: mailed.mail.id, link };
    format!("/t/c/{}", server.environment.token_key().encode(token))
}

#[tokio::test(flavor = "multi_thread")]
async fn pixel_is_a_picture_that_records_an_open() -> anyhow::Result<()> {
    let server = Server::new().await?;
    let mailed = server.mailed(server.test.brands.codeteki.id, "priya@sharma.example", "sales").await?;
    let other = server.mailed(server.test.brands.desifirms.id, "priya@sharma.example", "business").await?;
    let answer = server.get(&open(&server, &mailed)).await?;
    assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "image/gif"));
    assert!(answer.bytes.starts_with(b"GIF89a"));
    assert!(answer.header("cache-control").contains("no-store"), "{:?}", answer.headers);
    assert_eq!(answer.header("set-cookie"), "");
    assert!(server.mail(mailed.brand, mailed.mail.id).await?.opened_at.is_some());
    server.assert_untouched(&other).await
}

#[tokio::test(flavor = "multi_thread")]
async fn pixel_says_nothing_about_bad_tokens() -> anyhow::Result<()> {
    let server = Server::new().await?;
    let mailed = server.mailed(server.test.brands.codeteki.id, "priya@sharma.example", "sales").await?;
    let genuine = open(&server, &mailed);
    let good = server.get(&genuine).await?;
    let tampered = genuine.replacen("/t/o/", "/t/o/x", 1);
    for path in [
        tampered.as_str(),
        "/t/o/.gif",
        "/t/o/nothing",
        "/t/o/%ff%fe.gif",
        &click(&server, &mailed, 0).replace("/t/c/", "/t/o/"),
    ] {
        let answer = server.get(path).await?;
        assert_eq!((answer.status, &answer.bytes), (StatusCode::OK, &good.bytes), "{path}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn head_is_answered_and_counts_as_a_machine() -> anyhow::Result<()> {
    let server = Server::new().await?;
    let mailed = server.mailed(server.test.brands.codeteki.id, "priya@sharma.example", "sales").await?;
    for (path, status) in
        [(open(&server, &mailed), StatusCode::OK), (click(&server, &mailed, 0), StatusCode::FOUND)]
    {
        let request = Request::head(&path).header("user-agent", BROWSER).body(Body::empty())?;
        let answer = server.call(request).await?;
        assert_eq!((answer.status, answer.bytes.len()), (status, 0), "{path}");
    }
    let mail = server.mail(mailed.brand, mailed.mail.id).await?;
    assert_eq!((mail.opened_at, mail.clicked_at), (None, None));
    assert!(mail.machine_opened_at.is_some());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn prefetch_apples_proxy_and_own_sessions_do_not_open() -> anyhow::Result<()> {
    let server = Server::new().await?;
    let mailed = server.mailed(server.test.brands.codeteki.id, "priya@sharma.example", "sales").await?;
    let path = open(&server, &mailed);
    for (agent, name, value) in [
        ("Mozilla/5.0", "accept", "*/*"),
        (BROWSER, "sec-purpose", "prefetch"),
        (BROWSER, "cookie", "theme=dark; overture=abc"),
        (BROWSER, "x-forwarded-for", "17.58.98.1"),
        ("curl/8.0", "accept", "*/*"),
    ] {
        let request =
            Request::get(&path).header("user-agent", agent).header(name, value).body(Body::empty())?;
        assert_eq!(server.call(request).await?.status, StatusCode::OK);
    }
    assert_eq!(server.mail(mailed.brand, mailed.mail.id).await?.opened_at, None);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn click_goes_to_the_stored_target_whatever_the_query_says() -> anyhow::Result<()> {
    let server = Server::new().await?;
    let mailed = server.mailed(server.test.brands.codeteki.id, "priya@sharma.example", "sales").await?;
    let path = format!("{}?url=https://evil.example&next=//evil.example", click(&server, &mailed, 1));
    let answer = server.get(&path).await?;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::FOUND, LINKS[1]));
    assert!(answer.header("cache-control").contains("no-store"));
    assert!(server.mail(mailed.brand, mailed.mail.id).await?.clicked_at.is_some());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn link_that_is_none_of_ours_leads_nowhere() -> anyhow::Result<()> {
    let server = Server::new().await?;
    let mailed = server.mailed(server.test.brands.codeteki.id, "priya@sharma.example", "sales").await?;
    let genuine = click(&server, &mailed, 0);
    let flipped = if genuine.ends_with('A') { 'B' } else { 'A' };
    let tampered = format!("{}{flipped}", &genuine[..genuine.len() - 2]);
    let foreign = Token::Click { brand: server.test.brands.desifirms.id, message: mailed.mail.id, link: 0 };
    let foreign = format!("/t/c/{}", server.environment.token_key().encode(foreign));
    for path in [tampered, foreign, click(&server, &mailed, 7), "/t/c/https:%2F%2Fevil.example".to_owned()] {
        let answer = server.get(&path).await?;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::NOT_FOUND, ""), "{path}");
        assert!(answer.text().contains("This link leads nowhere"));
    }
    server.assert_untouched(&mailed).await
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_but_get_and_head_reaches_pixel_and_link() -> anyhow::Result<()> {
    let server = Server::new().await?;
    let mailed = server.mailed(server.test.brands.codeteki.id, "priya@sharma.example", "sales").await?;
    for path in [open(&server, &mailed), click(&server, &mailed, 0)] {
        let request = Request::builder().method(Method::POST).uri(&path).body(Body::empty())?;
        assert_eq!(server.call(request).await?.status, StatusCode::METHOD_NOT_ALLOWED);
    }
    server.assert_untouched(&mailed).await
}

#[tokio::test(flavor = "multi_thread")]
async fn hidden_link_leads_nowhere_and_gives_its_caller_away() -> anyhow::Result<()> {
    let server = Server::new().await?;
    let mailed = server.mailed(server.test.brands.codeteki.id, "priya@sharma.example", "sales").await?;
    server.get(&open(&server, &mailed)).await?;
    assert!(server.mail(mailed.brand, mailed.mail.id).await?.opened_at.is_some());
    let answer = server.get(&click(&server, &mailed, outreach::tracking::HONEYPOT_LINK)).await?;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::OK, ""));
    let mail = server.mail(mailed.brand, mailed.mail.id).await?;
    assert_eq!((mail.opened_at, mail.clicked_at), (None, None), "the open was the scanner's, too");
    Ok(())
}
