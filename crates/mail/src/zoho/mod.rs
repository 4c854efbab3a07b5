//! Zoho Mail's API: sending ([`ZohoTransport`](crate::deliver::ZohoTransport)) and reading ([`ZohoInbox`]).
//!
//! A brand's refresh token buys access tokens that last an hour. Zoho gives few of them in a minute, so that all
//! processes share one: [`AccessTokens`] is where it comes from.

mod answer;
mod api;
mod error;
mod inbox;
mod oauth;

pub use api::ZohoApi;
pub use error::ZohoError;
pub use inbox::{ZohoAccount, ZohoFolder, ZohoInbox, ZohoMessage};
pub use oauth::{AccessTokens, Granted, ZohoOAuth};

use domain::mailing::DataCentre;

/// Where the API of a region is, without trailing slashes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZohoHosts {
    /// `https://accounts.zoho.com.au`: gives access tokens.
    pub accounts: String,
    /// `https://mail.zoho.com.au`: the mail.
    pub mail: String,
}

impl ZohoHosts {
    /// The vendor's hosts.
    pub fn of(region: DataCentre) -> Self {
        let domain = region.zoho_domain();
        Self { accounts: format!("https://accounts.{domain}"), mail: format!("https://mail.{domain}") }
    }
}

/// What an application may do in somebody's name, as Zoho's API console gives it. Never shown or logged.
#[derive(Clone, PartialEq, Eq)]
pub struct ZohoCredentials {
    /// Client id.
    pub client_id: String,
    /// Client secret.
    pub client_secret: String,
    /// Refresh token, with the scopes ZohoMail.messages.ALL, ZohoMail.accounts.READ and ZohoMail.folders.READ.
    pub refresh_token: String,
}

impl std::fmt::Debug for ZohoCredentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ZohoCredentials")
    }
}
