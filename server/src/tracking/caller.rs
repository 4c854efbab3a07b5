use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use domain::tracking::Network;
use outreach::tracking::Request;

use crate::session::COOKIE;

const PURPOSES: [&str; 4] = ["sec-purpose", "purpose", "x-purpose", "x-moz"];

/// Who calls: what the rules want to know of a request for a pixel or a link.
pub struct Caller(pub Request);

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip());
        let address = address(peer, &parts.headers);
        Ok(Self(Request {
            method: parts.method.to_string(),
            user_agent: text(&parts.headers, header::USER_AGENT.as_str()).unwrap_or_default().to_owned(),
            purpose: PURPOSES
                .iter()
                .filter_map(|name| text(&parts.headers, name))
                .collect::<Vec<_>>()
                .join(" "),
            network: address.map_or(Network::Ordinary, Network::of),
            address,
            own_session: has_session(&parts.headers),
        }))
    }
}

/// The address of the caller: what our proxy says when the peer is one, on this machine or in our own network.
fn address(peer: Option<IpAddr>, headers: &HeaderMap) -> Option<IpAddr> {
    let behind_proxy = peer.is_none_or(|peer| match peer.to_canonical() {
        IpAddr::V4(v4) => v4.is_loopback() || v4.is_private(),
        IpAddr::V6(v6) => v6.is_loopback() || v6.is_unique_local(),
    });
    // The last entry is the one our own proxy wrote; those before it are whatever the caller sent.
    let forwarded =
        text(headers, "x-forwarded-for").and_then(|list| list.rsplit(',').next()?.trim().parse().ok());
    if behind_proxy { forwarded.or(peer) } else { peer }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_proxy_of_ours_is_believed() {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", "198.51.100.1, 17.58.98.1".parse().expect("written right"));
        let from = |peer: &str| {
            address(Some(peer.parse().expect("written right")), &headers).map(|ip| ip.to_string())
        };
        assert_eq!(from("127.0.0.1").as_deref(), Some("17.58.98.1"));
        assert_eq!(from("10.0.0.3").as_deref(), Some("17.58.98.1"));
        assert_eq!(from("203.0.113.9").as_deref(), Some("203.0.113.9"));
    }
}
