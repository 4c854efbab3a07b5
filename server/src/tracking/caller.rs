use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRef, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use domain::tracking::Network;
use outreach::tracking::Request;

use super::TrustedProxies;
use crate::session::COOKIE;

const PURPOSES: [&str; 4] = ["sec-purpose", "purpose", "x-purpose", "x-moz"];

/// Who calls: what the rules want to know of a request for a pixel or a link.
pub struct Caller {
    /// Where the request came from. Never stored.
    pub address: Option<IpAddr>,
    pub request: Request,
}

impl<S> FromRequestParts<S> for Caller
where
    S: Sync,
    TrustedProxies: FromRef<S>,
{
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip());
        let forwarded_for = text(&parts.headers, "x-forwarded-for").unwrap_or_default();
        let address = peer.map(|peer| TrustedProxies::from_ref(state).caller(peer, forwarded_for));
        let request = Request {
            method: parts.method.to_string(),
            user_agent: text(&parts.headers, header::USER_AGENT.as_str()).unwrap_or_default().to_owned(),
            purpose: PURPOSES
                .iter()
                .filter_map(|name| text(&parts.headers, name))
                .collect::<Vec<_>>()
                .join(" "),
            network: address.map_or(Network::Ordinary, Network::of),
            own_session: has_session(&parts.headers),
        };
        Ok(Self { address, request })
    }
}

fn has_session(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .any(|(name, value)| name == COOKIE && !value.is_empty())
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}
