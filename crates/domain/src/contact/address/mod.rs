//! E-mail addresses, normalised so that one person is one contact.

use serde::{Deserialize, Serialize};

/// The longest address a mail server has to accept (RFC 5321 §4.5.3.1.3, without the angle brackets).
pub const LONGEST: usize = 254;
const LONGEST_LOCAL: usize = 64;
const LONGEST_LABEL: usize = 63;

/// A plausible address in lower case, without a display name. International domains are left as written.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

/// Why a text is no address. Its `Display` is what people read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    #[error("There is no address")]
    Empty,
    #[error("The address is longer than 254 characters")]
    TooLong,
    #[error("An address has exactly one @")]
    NotOneAt,
    #[error("An address has no spaces or control characters")]
    Space,
    #[error("The part before the @ is not valid")]
    Local,
    #[error("The part after the @ is not a domain such as example.com")]
    Domain,
}

impl EmailAddress {
    /// Reads `priya@acme.com`, ` Priya@Acme.com ` or `Priya Sharma <priya@acme.com>`; a leading `mailto:` is dropped.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let text = text
            .trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{2060}'));
        let bare = match (text.rfind('<'), text.ends_with('>')) {
            (Some(open), true) => text[open + 1..text.len() - 1].trim(),
            _ => text,
        };
        let bare = match bare.get(..7) {
            Some(scheme) if scheme.eq_ignore_ascii_case("mailto:") => &bare[7..],
            _ => bare,
        };
        if bare.is_empty() {
            return Err(AddressError::Empty);
        }
        if bare.len() > LONGEST {
            return Err(AddressError::TooLong);
        }
        if bare.chars().any(|c| c.is_whitespace() || c.is_control() || is_invisible(c)) {
            return Err(AddressError::Space);
        }
        let address = bare.to_lowercase();
        let (local, domain) = address.split_once('@').ok_or(AddressError::NotOneAt)?;
        if domain.contains('@') {
            return Err(AddressError::NotOneAt);
        }
        if !is_local_part(local) {
            return Err(AddressError::Local);
        }
        if !is_domain(domain) {
            return Err(AddressError::Domain);
        }
        // Lower-casing can lengthen a text ("İ").
        if address.len() > LONGEST { Err(AddressError::TooLong) } else { Ok(Self(address)) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands before the @.
    pub fn local_part(&self) -> &str {
        self.0.split_once('@').map_or("", |(local, _)| local)
    }

    /// What stands after the @.
    pub fn domain(&self) -> &str {
        self.0.split_once('@').map_or("", |(_, domain)| domain)
    }

    /// A function, not a person: `info@`, `sales.sydney@`.
    pub fn is_role(&self) -> bool {
        is_role_address(self.local_part())
    }

    /// The domain belongs to a mailbox provider, so it says nothing about a company.
    pub fn is_public_provider(&self) -> bool {
        is_public_provider(self.domain())
    }
}

impl std::fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::str::FromStr for EmailAddress {
    type Err = AddressError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = AddressError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.0
    }
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}')
}

/// A dot-atom (RFC 5322 §3.2.3). Quoted local parts are refused: nobody has one, importers produce them by mistake.
fn is_local_part(local: &str) -> bool {
    let atom = |c: char| !c.is_ascii() || c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    (1..=LONGEST_LOCAL).contains(&local.len())
        && local.chars().all(atom)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
}

fn is_domain(domain: &str) -> bool {
    let label = |label: &str| {
        (1..=LONGEST_LABEL).contains(&label.len())
            && label.chars().all(|c| {
                c == '-' || c.is_ascii_alphanumeric() || (!c.is_ascii() && c.is_alphanumeric()) || is_mark(c)
            })
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let labels: Vec<&str> = domain.split('.').collect();
    let top = labels.last().copied().unwrap_or("");
    labels.len() >= 2
        && labels.iter().copied().all(label)
        && top.chars().count() >= 2
        && (!top.chars().all(|c| c.is_ascii_alphanumeric()) || top.chars().all(|c| c.is_ascii_alphabetic()))
}

/// Signs that scripts such as Devanagari write with their letters.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036f}' | '\u{0900}'..='\u{0dff}' | '\u{0e00}'..='\u{0eff}')
}

/// Whether anybody can have a mailbox at `domain`. Exact: acme.com is not me.com.
pub fn is_public_provider(domain: &str) -> bool {
    #[rustfmt::skip]
    const PROVIDERS: &[&str] = &[
        "126.com", "163.com", "adam.com.au", "aol.co.uk", "aol.com", "aol.com.au", "aussiebb.com.au", "bigpond.com",
        "bigpond.com.au", "bigpond.net.au", "btinternet.com", "comcast.net", "dodo.com.au", "duck.com", "exemail.com.au",
        "fastmail.com", "fastmail.com.au", "fastmail.fm", "gmail.com", "gmx.com", "gmx.de", "gmx.net", "googlemail.com",
        "grapevine.com.au", "hey.com", "hotmail.co.nz", "hotmail.co.uk", "hotmail.com", "hotmail.com.au", "hotmail.de",
        "hotmail.fr", "hotmail.in", "hotmail.it", "hushmail.com", "icloud.com", "iinet.com.au", "iinet.net.au",
        "in.com", "internode.on.net", "iprimus.com.au", "live.co.uk", "live.com", "live.com.au", "live.com.sg", "live.in",
        "live.nl", "mac.com", "mail.com", "mail.ru", "me.com", "msn.com", "naver.com", "netspace.net.au", "ntlworld.com",
        "optusnet.com.au", "outlook.co.nz", "outlook.com", "outlook.com.au", "outlook.de", "outlook.in", "ozemail.com.au",
        "pm.me", "proton.me", "protonmail.ch", "protonmail.com", "qq.com", "rediffmail.com", "rocketmail.com", "sbcglobal.net",
        "sify.com", "sky.com", "skymesh.com.au", "spin.net.au", "telstra.com", "tpg.com.au", "tuta.com", "tutanota.com",
        "verizon.net", "virginmedia.com", "web.de", "westnet.com.au", "windowslive.com", "xtra.co.nz", "yahoo.ca",
        "yahoo.co.in", "yahoo.co.nz", "yahoo.co.uk", "yahoo.com", "yahoo.com.au", "yahoo.com.hk", "yahoo.com.my",
        "yahoo.com.sg", "yahoo.de", "yahoo.fr", "yahoo.ie", "yahoo.in", "yahoo.it", "yahoomail.com", "yandex.com",
        "yandex.ru", "y7mail.com", "ymail.com", "zoho.com", "zoho.com.au", "zoho.eu", "zoho.in", "zohomail.com",
        "zohomail.com.au", "zohomail.in",
    ];
    let domain = domain.trim().trim_end_matches('.').to_ascii_lowercase();
    PROVIDERS.contains(&domain.as_str())
}

/// Functions that mailboxes are named for. Also the words that make a name the name of a team.
#[rustfmt::skip]
const ROLES: &[&str] = &[
    "abuse", "account", "accounting", "accounts", "admin", "administration", "administrator", "advertising", "billing",
    "booking", "bookings", "business", "care", "careers", "concierge", "contact", "contacts", "contactus", "customercare",
    "customerservice", "customersupport", "director", "editor", "editorial", "email", "emails", "enquire", "enquires",
    "enquiries", "enquiry", "events", "feedback", "finance", "frontdesk", "functions", "general", "hallo", "head", "hello",
    "help", "helpdesk", "hey", "hi", "hr", "inbox", "info", "information", "inquire", "inquiries", "inquiry", "invoices",
    "it", "jobs", "legal", "mail", "mailbox", "mailerdaemon", "management", "manager", "marketing", "media", "members",
    "membership", "news", "newsletter", "noreply", "donotreply", "office", "online", "operations", "order", "orders",
    "owner", "partner", "partners", "partnerships", "payments", "payroll", "postmaster", "pr", "press", "privacy",
    "procurement", "projects", "property", "quotes", "realestate", "reception", "receptionist", "recruitment",
    "registrations", "rental", "rentals", "reply", "reservation", "reservations", "returns", "root", "sale", "sales",
    "secretary", "security", "service", "services", "shop", "social", "staff", "store", "studio", "subscribe",
    "support", "team", "tech", "technical", "test", "theteam", "ticketing", "tickets", "unsubscribe", "us", "user", "web",
    "webmaster", "website", "welcome", "workshop", "hq",
];

/// Whether one word names a function.
pub(super) fn is_role_word(word: &str) -> bool {
    ROLES.contains(&word)
}

/// Whether a local part names a function rather than a person: `info`, `no-reply`, `info.sydney`, `sales2`.
pub fn is_role_address(local: &str) -> bool {
    let local = local.split('+').next().unwrap_or("").to_lowercase();
    let squashed: String = local.chars().filter(|c| c.is_alphabetic()).collect();
    is_role_word(&squashed)
        || local
            .split(|c: char| !c.is_alphabetic())
            .filter(|word| word.len() > 2 || *word == "hr" || *word == "hq" || *word == "pr")
            .any(is_role_word)
}

#[cfg(test)]
mod tests;
