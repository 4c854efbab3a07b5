//! How each brand's mail leaves.

mod access_tokens;
mod account;
mod opened;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use database::brand::Brand;
use domain::BrandId;
use mail::deliver::{DeliveryError, Transport};
use mail::zoho::{ZohoApi, ZohoHosts};

pub use account::{StoredAccount, password_variable, secret_place, webhook_keys};

use crate::Environment;
use account::Plan;
use opened::Opened;

/// The transports of all brands. Connections are kept per brand and thrown away when its settings change.
pub struct Transports {
    source: Source,
    elsewhere: Elsewhere,
    open: Mutex<HashMap<BrandId, (Plan, Opened)>>,
}

enum Source {
    /// `mail_accounts` says how; the local mailbox exists in the demo only.
    Accounts { demo: bool },
    /// Tests: every brand's mail goes here.
    Fixed(Arc<dyn Transport>),
}

/// Where the vendors are in tests. No setting leads here.
#[derive(Debug, Clone, Default)]
pub struct Elsewhere {
    pub zeptomail: Option<String>,
    pub zoho: Option<ZohoHosts>,
    /// PEM of the authority that has signed the SMTP server's certificate.
    pub authority: Option<Vec<u8>>,
}

/// A brand can't send until somebody changes its settings. Nothing is lost: its mails wait in the outbox.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotConfigured(pub String);

impl Transports {
    /// As each brand's mail account says.
    pub fn by_account(demo: bool) -> Self {
        Self { source: Source::Accounts { demo }, elsewhere: Elsewhere::default(), open: Mutex::default() }
    }

    /// One transport for every brand, whatever its account says: for tests.
    pub fn fixed(transport: Arc<dyn Transport>) -> Self {
        Self { source: Source::Fixed(transport), elsewhere: Elsewhere::default(), open: Mutex::default() }
    }

    /// With the vendors somewhere else: for tests.
    #[must_use]
    pub fn with_vendors_at(self, elsewhere: Elsewhere) -> Self {
        Self { elsewhere, ..self }
    }

    /// An authority that is trusted besides the public ones: in tests.
    pub(crate) fn authority(&self) -> Option<&[u8]> {
        self.elsewhere.authority.as_deref()
    }

    /// The transport of a brand.
    ///
    /// # Errors
    /// The brand has no mail account, an incomplete one, or the demo's mailbox outside the demo. Never a transport
    /// that pretends.
    pub fn for_brand(
        &self,
        environment: &Environment,
        brand: &Brand,
        account: Option<&StoredAccount>,
    ) -> Result<Arc<dyn Transport>, NotConfigured> {
        match &self.source {
            Source::Fixed(transport) => Ok(transport.clone()),
            Source::Accounts { .. } => Ok(self.opened(environment, brand, account)?.transport()),
        }
    }

    /// The API of a brand that has a Zoho Mail account: its mailbox can be read with it too.
    ///
    /// # Errors
    /// As [`Self::for_brand`], and for a brand with another provider.
    pub fn zoho_api(
        &self,
        environment: &Environment,
        brand: &Brand,
        account: Option<&StoredAccount>,
    ) -> Result<ZohoApi, NotConfigured> {
        match self.opened(environment, brand, account)? {
            Opened::Zoho(api, _) => Ok(api),
            Opened::Local | Opened::Smtp(_) | Opened::ZeptoMail(_) => {
                Err(NotConfigured(format!("{} doesn't use Zoho Mail's API.", brand.name)))
            }
        }
    }

    /// Connects and signs in without sending anything.
    ///
    /// # Errors
    /// What is wrong, in words; [`DeliveryError::Transient`] when that may be the provider's bad moment.
    pub async fn test(
        &self,
        environment: &Environment,
        brand: &Brand,
        account: Option<&StoredAccount>,
    ) -> Result<(), DeliveryError> {
        let opened = self
            .opened(environment, brand, account)
            .map_err(|NotConfigured(reason)| DeliveryError::NotConfigured { reason })?;
        opened.test(&brand.from_email).await
    }

    fn opened(
        &self,
        environment: &Environment,
        brand: &Brand,
        account: Option<&StoredAccount>,
    ) -> Result<Opened, NotConfigured> {
        let demo = match &self.source {
            Source::Accounts { demo } => *demo,
            Source::Fixed(_) => false,
        };
        let plan = account::plan(environment.vault(), brand, account, demo, &self.elsewhere)?;
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, opened)) = open.get(&brand.id)
            && *known == plan
        {
            return Ok(opened.clone());
        }
        let opened = Opened::open(environment, brand.id, &plan, &self.elsewhere).map_err(|reason| {
            NotConfigured(format!("The mail account of {} can't be used: {reason}.", brand.name))
        })?;
        open.insert(brand.id, (plan, opened.clone()));
        Ok(opened)
    }
}
