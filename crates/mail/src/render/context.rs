use serde::{Deserialize, Serialize};

/// Everything a template may use. A field that is unknown is an empty string, so that no template meets an undefined
/// value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailContext {
    /// Who gets the mail.
    pub contact: ContactFields,
    /// On whose behalf.
    pub brand: BrandFields,
    /// Who signs.
    pub sender: SenderFields,
    /// The opt-out page of this mail; never empty.
    pub unsubscribe_url: String,
    /// The pixel that records opens; empty when the brand doesn't track.
    pub pixel_url: String,
    /// For the copyright line, in the brand's time zone.
    pub year: i32,
    /// Subject of the thread's previous mail; empty on the first.
    pub previous_subject: String,
}

/// The recipient.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactFields {
    /// "Hi Priya,": with its comma, never empty.
    pub salutation: String,
    /// May be empty.
    pub first_name: String,
    /// May be empty.
    pub company: String,
    /// May be empty.
    pub website: String,
    /// The address.
    pub email: String,
}

/// The brand.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BrandFields {
    /// "Desi Firms".
    pub name: String,
    /// The company behind it, as the Spam Act wants it named.
    pub legal_name: String,
    /// https URL without a slash at the end.
    pub website: String,
    /// Where it can be reached by post; may have several lines.
    pub postal_address: String,
    /// Where it can be reached by mail.
    pub contact_email: String,
    /// May be empty.
    pub phone: String,
    /// https URL of the logo; may be empty.
    pub logo_url: String,
}

/// The person who signs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SenderFields {
    /// Full name.
    pub name: String,
    /// May be empty.
    pub title: String,
}
