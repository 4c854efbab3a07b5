//! How each brand's mail leaves.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use database::brand::{Brand, MailAccount};
use domain::BrandId;
use mail::deliver::{LocalMailbox, SmtpSettings, SmtpTransport, TlsMode, Transport};

/// The transports of all brands. Connections are kept per brand and thrown away when its settings change.
pub struct Transports {
    source: Source,
    open: Mutex<HashMap<BrandId, Open>>,
}

enum Source {
    /// `mail_accounts` says how; the local mailbox exists in the demo only.
    Accounts { demo: bool },
    /// Tests: every brand's mail goes here.
    Fixed(Arc<dyn Transport>),
}

struct Open {
    settings: SmtpSettings,
    transport: Arc<dyn Transport>,
}

/// A brand can't send until somebody changes its settings. Nothing is lost: its mails wait in the outbox.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotConfigured(pub String);

impl Transports {
    /// As each brand's mail account says.
    pub fn by_account(demo: bool) -> Self {
        Self { source: Source::Accounts { demo }, open: Mutex::default() }
    }

    /// One transport for every brand, whatever its account says: for tests.
    pub fn fixed(transport: Arc<dyn Transport>) -> Self {
        Self { source: Source::Fixed(transport), open: Mutex::default() }
    }

    /// The transport of a brand.
    ///
    /// # Errors
    /// The brand has no mail account, an incomplete one, or the demo's mailbox outside the demo. Never a transport
    /// that pretends.
    pub fn for_brand(
        &self,
        brand: &Brand,
        account: Option<&MailAccount>,
    ) -> Result<Arc<dyn Transport>, NotConfigured> {
        let demo = match &self.source {
            Source::Fixed(transport) => return Ok(transport.clone()),
            Source::Accounts { demo } => *demo,
        };
        let account = account.ok_or_else(|| {
            NotConfigured(format!("{} has no mail account: its mails wait in the outbox.", brand.name))
        })?;
        match account.provider.as_str() {
            "local" if demo => Ok(Arc::new(LocalMailbox)),
            "local" => Err(NotConfigured(format!(
                "{} uses the local mailbox, which exists in the demo only: its mails wait in the outbox.",
                brand.name
            ))),
            _ => Ok(self.smtp(brand, settings(brand, account)?)),
        }
    }

    fn smtp(&self, brand: &Brand, settings: SmtpSettings) -> Arc<dyn Transport> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        match open.get(&brand.id) {
            Some(known) if known.settings == settings => known.transport.clone(),
            Some(_) | None => {
                let transport: Arc<dyn Transport> = Arc::new(SmtpTransport::new(settings.clone()));
                open.insert(brand.id, Open { settings, transport: transport.clone() });
                transport
            }
        }
    }
}

fn settings(brand: &Brand, account: &MailAccount) -> Result<SmtpSettings, NotConfigured> {
    let incomplete = |what: &str| NotConfigured(format!("{}'s mail account {what}.", brand.name));
    if account.host.is_empty() {
        return Err(incomplete("has no host"));
    }
    let tls = match account.tls.as_str() {
        "none" => TlsMode::None,
        "tls" => TlsMode::Tls,
        _ => TlsMode::StartTls,
    };
    let variable = password_variable(&brand.slug);
    let password = std::env::var(&variable).unwrap_or_default();
    if !account.username.is_empty() && password.is_empty() {
        return Err(incomplete(&format!("needs its password in {variable}")));
    }
    Ok(SmtpSettings {
        host: account.host.clone(),
        port: u16::try_from(account.port).map_err(|_| incomplete("has no valid port"))?,
        tls,
        username: account.username.clone(),
        password,
    })
}

/// `OVERTURE_SMTP_PASSWORD_<SLUG>`.
fn password_variable(slug: &str) -> String {
    format!("OVERTURE_SMTP_PASSWORD_{}", slug.to_ascii_uppercase().replace('-', "_"))
}
