use database::mailboxes::Mailbox;
use database::{Connection, brand};
use domain::BrandId;
use domain::mailing::MailboxKind;
use mail::mailbox::{ImapSettings, ImapSource, MailboxError, Source, ZohoSource};
use mail::zoho::ZohoInbox;

use crate::transports::StoredAccount;
use crate::{Environment, Refused};

/// The place a mailbox's password is sealed for: moved to another brand, it doesn't open.
pub(super) fn password_place(brand: BrandId) -> String {
    format!("{brand}:imap-password")
}

/// The way into a mailbox. Connects to nothing yet. The inner error is about the settings.
pub(super) async fn source(
    environment: &Environment,
    connection: &mut Connection,
    mailbox: &Mailbox,
) -> Result<Result<Box<dyn Source>, MailboxError>, Refused> {
    Ok(match mailbox.kind {
        MailboxKind::Imap => imap(environment, mailbox)
            .map(|source| Box::new(source) as Box<dyn Source>)
            .map_err(not_configured),
        MailboxKind::Zoho => {
            let brand = brand::find(connection, mailbox.brand_id).await?;
            let account = StoredAccount::load(connection, brand.id).await?;
            let api = environment.transports().zoho_api(environment, &brand, account.as_ref());
            api.map(|api| Box::new(ZohoSource::new(ZohoInbox::new(api), &mailbox.folder)) as Box<dyn Source>)
                .map_err(|error| not_configured(error.0.trim_end_matches('.').to_owned()))
        }
    })
}

fn not_configured(reason: String) -> MailboxError {
    MailboxError::NotConfigured { reason }
}

fn imap(environment: &Environment, mailbox: &Mailbox) -> Result<ImapSource, String> {
    let sealed = mailbox.password.as_deref().ok_or("its password is missing")?;
    let password = environment
        .vault()
        .open(&password_place(mailbox.brand_id), sealed)
        .map_err(|_| "its stored password can't be opened: enter it again")?;
    let source = ImapSource::new(ImapSettings {
        host: mailbox.host.clone(),
        port: u16::try_from(mailbox.port).map_err(|_| "its port is none")?,
        encryption: mailbox.tls,
        username: mailbox.username.clone(),
        password,
        folder: mailbox.folder.clone(),
    });
    Ok(match environment.transports().authority() {
        Some(authority) => source.trusting(authority.to_vec()),
        None => source,
    })
}
