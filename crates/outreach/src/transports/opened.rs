use std::sync::Arc;

use domain::BrandId;
use mail::deliver::{
    DeliveryError, LocalMailbox, SmtpTransport, Timeouts, Transport, ZeptoMail, ZohoTransport,
};
use mail::zoho::{ZohoApi, ZohoOAuth};

use super::Elsewhere;
use super::access_tokens::SharedTokens;
use super::account::Plan;
use crate::Environment;

/// A way out that is ready to be used.
#[derive(Clone)]
pub(super) enum Opened {
    Local,
    Smtp(Arc<SmtpTransport>),
    ZeptoMail(Arc<ZeptoMail>),
    Zoho(ZohoApi, Arc<ZohoTransport>),
}

impl Opened {
    /// Fails in words when the plan is incomplete. Connects to nothing.
    pub fn open(
        environment: &Environment,
        brand: BrandId,
        plan: &Plan,
        elsewhere: &Elsewhere,
    ) -> Result<Self, String> {
        let words = |error: DeliveryError| error.reason().to_owned();
        match plan {
            Plan::Local => Ok(Self::Local),
            Plan::Smtp(settings) => {
                let settings = settings.clone();
                let smtp = match &elsewhere.authority {
                    Some(authority) => SmtpTransport::trusting(settings, Timeouts::default(), authority),
                    None => Ok(SmtpTransport::new(settings)),
                };
                Ok(Self::Smtp(Arc::new(smtp.map_err(words)?)))
            }
            Plan::ZeptoMail(settings) => {
                Ok(Self::ZeptoMail(Arc::new(ZeptoMail::new(settings.clone(), None).map_err(words)?)))
            }
            Plan::Zoho { hosts, account_id, credentials } => {
                let tokens = ZohoOAuth::new(hosts.clone(), credentials.clone(), None)
                    .map(|oauth| Arc::new(SharedTokens::new(environment, brand, credentials, oauth)))
                    .map_err(|error| error.reason().to_owned())?;
                let api = ZohoApi::new(hosts.clone(), account_id, tokens, None)
                    .map_err(|error| error.reason().to_owned())?;
                Ok(Self::Zoho(api.clone(), Arc::new(ZohoTransport::new(api))))
            }
        }
    }

    pub fn transport(&self) -> Arc<dyn Transport> {
        match self {
            Self::Local => Arc::new(LocalMailbox),
            Self::Smtp(smtp) => smtp.clone(),
            Self::ZeptoMail(zeptomail) => zeptomail.clone(),
            Self::Zoho(_, zoho) => zoho.clone(),
        }
    }

    pub async fn test(&self, sender: &str) -> Result<(), DeliveryError> {
        match self {
            Self::Local => Ok(()),
            Self::Smtp(smtp) => smtp.test_connection().await,
            Self::ZeptoMail(zeptomail) => zeptomail.test_connection().await,
            Self::Zoho(_, zoho) => zoho.test_connection(sender).await,
        }
    }
}
