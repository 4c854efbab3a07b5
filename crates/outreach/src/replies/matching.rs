use database::brand::Brand;
use database::contact::{self, Contact};
use database::inbound::{self, Counterpart};
use database::{Connection, Result, deal, optout};
use domain::DealId;
use domain::contact::{EmailAddress, is_public_provider};
use mail::receive::Inbound;

/// How a mail was found to belong to somebody. Never by its subject: many mails share one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MatchedBy {
    /// It names the Message-ID of a mail of ours.
    Thread,
    /// By the writer's address, or the one a report is about.
    Address,
}

impl MatchedBy {
    /// Reason code of the events that follow.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Thread => "thread",
            Self::Address => "address",
        }
    }
}

/// Whom a mail is from and what it answers.
#[derive(Debug, Clone, Default)]
pub(super) struct Matched {
    pub by: Option<MatchedBy>,
    pub outbound: Option<Counterpart>,
    pub contact: Option<Contact>,
    /// Where its effect goes.
    pub deal: Option<DealId>,
}

/// Whether a mail is a copy of our own, about a test, or from a colleague who answered all. Reports come from our own mail server,
/// so they are never ours in this sense.
pub(super) async fn is_own(connection: &mut Connection, brand: &Brand, mail: &Inbound) -> Result<bool> {
    if let Some(id) = &mail.message_id
        && inbound::brand_sent(connection, id).await?
    {
        return Ok(true);
    }
    // What comes back to a test is a colleague's answer, or a report about a colleague's address.
    if inbound::names_a_test(connection, &mail.related_ids()).await? {
        return Ok(true);
    }
    let Some(from) = &mail.from else { return Ok(false) };
    let (local, domain) = from.split_once('@').unwrap_or((from, ""));
    if mail.report.is_some()
        || matches!(local, "mailer-daemon" | "postmaster" | "mail-daemon" | "mailerdaemon")
    {
        return Ok(false);
    }
    let own = [Some(&brand.from_email), brand.reply_to.as_ref(), Some(&brand.contact_email)];
    let addresses = || own.into_iter().flatten().map(|address| address.to_lowercase());
    let of_domain = |address: String| address.split_once('@').is_some_and(|(_, own)| own == domain);
    Ok(addresses().any(|address| address == *from)
        || (!is_public_provider(domain) && of_domain(brand.from_email.to_lowercase())))
}

/// Finds whom a mail belongs to: by the thread it names, else by address.
pub(super) async fn find(connection: &mut Connection, brand: &Brand, mail: &Inbound) -> Result<Matched> {
    let ids = mail.related_ids();
    if let Some(outbound) = inbound::by_message_ids(connection, &ids).await?
        && let Some(contact) = outbound.contact_id
    {
        let contact = contact::find(connection, contact).await?;
        let deal = match outbound.deal_id {
            Some(deal) => Some(standing_in(connection, &contact, deal).await?),
            None => None,
        };
        return Ok(Matched {
            by: Some(MatchedBy::Thread),
            outbound: Some(outbound),
            contact: Some(contact),
            deal,
        });
    }
    // A report without our Message-ID still names the address it is about.
    let about =
        mail.original_recipient.iter().chain(mail.deliveries.iter().map(|delivery| &delivery.recipient));
    let addresses: Vec<&String> =
        if mail.report.is_some() { about.collect() } else { mail.from.iter().collect() };
    for address in addresses {
        let Ok(address) = EmailAddress::parse(address) else {
            continue;
        };
        if let Some(contact) = contact::by_email(connection, brand.id, address.as_str()).await? {
            return by_contact(connection, contact).await;
        }
    }
    Ok(Matched::default())
}

/// The contact's one open deal, or the one mailed last.
pub(super) async fn by_contact(connection: &mut Connection, contact: Contact) -> Result<Matched> {
    let open = optout::open_deals(connection, contact.id).await?;
    let (deal, outbound) = match open.as_slice() {
        [only] => (Some(*only), inbound::newest_mail(connection, contact.id, &open).await?),
        _ => {
            let newest = inbound::newest_mail(connection, contact.id, &open).await?;
            (newest.as_ref().and_then(|mail| mail.deal_id), newest)
        }
    };
    Ok(Matched { by: Some(MatchedBy::Address), outbound, contact: Some(contact), deal })
}

/// An answer to a mail of a closed deal goes to the open one that has taken its place in the pipeline.
async fn standing_in(connection: &mut Connection, contact: &Contact, id: DealId) -> Result<DealId> {
    let named = deal::find(connection, id).await?;
    if matches!(named.status, domain::pipeline::DealStatus::Lost) {
        let beside = inbound::open_deal_beside(connection, contact.id, named.pipeline_id, id).await?;
        return Ok(beside.unwrap_or(id));
    }
    Ok(id)
}
