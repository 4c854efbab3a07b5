use std::net::IpAddr;

use chrono::{DateTime, Utc};
use database::event::HitKey;
use domain::tracking::{HitKind, HitVerdict, Network};
use domain::{BrandId, EmailEventId, MessageId};
use mail::token::Token;

use crate::Environment;

/// The link that stands in mails for nobody to see: whoever follows it is a machine.
pub const HONEYPOT_LINK: u16 = u16::MAX;

/// Longer user agents and headers are cut: nobody reads them, and anybody can send them.
const LONGEST_HEADER: usize = 400;

/// What a request for a pixel or a link tells about who made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// HTTP method.
    pub method: String,
    /// Blank when absent.
    pub user_agent: String,
    /// Values of `Sec-Purpose`, `Purpose`, `X-Purpose` and `X-Moz`, joined.
    pub purpose: String,
    pub network: Network,
    /// The request carries a session of ours.
    pub own_session: bool,
}

/// One request for the pixel or a link of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Of the event to be: storing a hit twice stores it once.
    pub id: EmailEventId,
    pub brand: BrandId,
    pub message: MessageId,
    /// Position of a clicked link, from 0; `None` for the pixel.
    pub link: Option<u16>,
    pub at: DateTime<Utc>,
    /// Names the caller's network for this mail alone, see [`Hit::new`].
    pub origin: Option<Vec<u8>>,
    pub request: Request,
}

impl Hit {
    /// A request for what a token names, now; `None` for a token that is neither a pixel nor a link. Of the caller's
    /// address only a keyed hash of its network (a /24, or a /56 of IPv6) and the mail is kept: nobody is followed from
    /// mail to mail.
    pub fn new(
        environment: &Environment,
        token: Token,
        address: Option<IpAddr>,
        request: Request,
    ) -> Option<Self> {
        let link = match token {
            Token::Open { .. } => None,
            Token::Click { link, .. } => Some(link),
            Token::Unsubscribe { .. } => return None,
        };
        Some(Self {
            id: EmailEventId(environment.clock().new_id()),
            brand: token.brand(),
            message: token.message(),
            link,
            at: environment.clock().now(),
            origin: address.map(|address| origin(environment, token.message(), address)),
            request: Request {
                user_agent: shortened(&request.user_agent),
                purpose: shortened(&request.purpose),
                ..request
            },
        })
    }

    pub(super) const fn kind(&self) -> HitKind {
        match self.link {
            None => HitKind::Open,
            Some(_) => HitKind::Click,
        }
    }

    /// Where to look up what the hit is about. The hidden link has no target.
    pub(super) const fn key(&self) -> HitKey {
        HitKey { message: self.message, link: self.link }
    }

    pub(super) fn on_honeypot(&self) -> bool {
        self.link == Some(HONEYPOT_LINK)
    }
}

fn shortened(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(LONGEST_HEADER).collect()
}

fn origin(environment: &Environment, mail: MessageId, address: IpAddr) -> Vec<u8> {
    let mut bytes = mail.0.as_bytes().to_vec();
    match address.to_canonical() {
        IpAddr::V4(address) => bytes.extend_from_slice(&address.octets()[..3]),
        IpAddr::V6(address) => bytes.extend_from_slice(&address.octets()[..7]),
    }
    environment.token_key().fingerprint(&bytes).to_vec()
}

/// What became of a hit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Where the link leads; `None` for pixels and for links the mail doesn't have.
    pub url: Option<String>,
    /// `None`: the mail is gone, or was never sent to anybody.
    pub verdict: Option<HitVerdict>,
}
