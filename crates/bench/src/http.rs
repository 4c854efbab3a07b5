//! An HTTP/1.1 client that keeps one connection, as a browser or a proxy does.

use std::net::SocketAddr;

use anyhow::{Context, Result, ensure};
use axum::body::{Body, Bytes};
use axum::http::{Request, StatusCode, header};
use http_body_util::BodyExt;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

/// One open connection.
pub struct Client(SendRequest<Body>);

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    /// Values of `Set-Cookie`.
    pub cookies: Vec<String>,
    pub body: Bytes,
}

impl Client {
    /// # Errors
    /// When nothing listens there.
    pub async fn connect(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(Self(sender))
    }

    /// # Errors
    /// When the connection breaks.
    pub async fn call(&mut self, request: Request<Body>) -> Result<Answer> {
        self.0.ready().await?;
        let response = self.0.send_request(request).await?;
        let status = response.status();
        let cookies = response.headers().get_all(header::SET_COOKIE).iter();
        let cookies = cookies.filter_map(|value| value.to_str().ok().map(str::to_owned)).collect();
        let body = response.into_body().collect().await?.to_bytes();
        Ok(Answer { status, cookies, body })
    }

    /// Fetches a path and gives the connection back.
    ///
    /// # Errors
    /// When the answer has another status.
    pub async fn get(mut self, path: &str, cookie: &str, expected: StatusCode) -> Result<Self> {
        let request = Request::get(path)
            .header(header::HOST, "overture.test")
            .header(
                header::USER_AGENT,
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            )
            .header(header::COOKIE, cookie)
            .body(Body::empty())?;
        let answer = self.call(request).await?;
        ensure!(answer.status == expected, "{path} answered {}", answer.status);
        Ok(self)
    }

    /// Calls a server function and gives the connection and the answer back.
    ///
    /// # Errors
    /// When the answer isn't 200.
    pub async fn ask(mut self, path: &str, cookie: &str, body: String) -> Result<(Self, serde_json::Value)> {
        let request = Request::post(path)
            .header(header::HOST, "overture.test")
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ACCEPT, "application/json")
            .header(header::COOKIE, cookie)
            .body(Body::from(body))?;
        let answer = self.call(request).await?;
        let text = String::from_utf8_lossy(&answer.body);
        ensure!(answer.status == StatusCode::OK, "{path} answered {}: {text}", answer.status);
        let value = serde_json::from_str(&text).with_context(|| format!("{path} answered {text}"))?;
        Ok((self, value))
    }
}
