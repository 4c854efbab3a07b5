//! Which column is what.

use super::alias::{ALIASES, squash};
use crate::closed_set;

closed_set! {
    /// What a column of a file holds.
    pub enum Field {
        Email = "email", "Email";
        FirstName = "first_name", "First name";
        LastName = "last_name", "Last name";
        FullName = "full_name", "Full name";
        Company = "company", "Company";
        Website = "website", "Website";
        Phone = "phone", "Phone";
        Role = "role", "Role";
        DomainAuthority = "domain_authority", "Domain authority";
        Tags = "tags", "Tags";
        Notes = "notes", "Notes";
        Source = "source", "Source";
        Value = "value", "Deal value";
        Address = "address", "Postal address";
        City = "city", "City or suburb";
        State = "state", "State or region";
        Postcode = "postcode", "Postcode";
        Country = "country", "Country";
        ConsentBasis = "consent_basis", "Consent basis";
        EvidenceUrl = "evidence_url", "Consent evidence (link)";
        EvidenceDate = "evidence_date", "Consent date";
        Ignore = "ignore", "Don’t import";
    }
}

impl Field {
    /// Several columns may be this: their values are joined.
    pub const fn may_repeat(self) -> bool {
        match self {
            Self::Tags | Self::Notes | Self::Ignore => true,
            Self::Email
            | Self::FirstName
            | Self::LastName
            | Self::FullName
            | Self::Company
            | Self::Website
            | Self::Phone
            | Self::Role
            | Self::DomainAuthority
            | Self::Source
            | Self::Value
            | Self::Address
            | Self::City
            | Self::State
            | Self::Postcode
            | Self::Country
            | Self::ConsentBasis
            | Self::EvidenceUrl
            | Self::EvidenceDate => false,
        }
    }
}

/// A field for every header, in the headers' order.
///
/// Known headers are those of plain files and of HubSpot, Pipedrive and Google Contacts exports; everything else is
/// [`Field::Ignore`]. When two headers mean one field the better known one wins, then the one further left.
pub fn guess<S: AsRef<str>>(headers: &[S]) -> Vec<Field> {
    let squashed: Vec<String> = headers.iter().map(|header| squash(header.as_ref())).collect();
    let mut mapping = vec![Field::Ignore; headers.len()];
    for (field, aliases) in ALIASES {
        let mut ranked: Vec<(usize, usize)> = squashed
            .iter()
            .enumerate()
            .filter_map(|(column, header)| Some((aliases.iter().position(|alias| alias == header)?, column)))
            .collect();
        ranked.sort_unstable();
        let taken = if field.may_repeat() { ranked.len() } else { 1 };
        for (_, column) in ranked.into_iter().take(taken) {
            mapping[column] = *field;
        }
    }
    mapping
}

/// Fields chosen twice although they may stand once, for the mapping screen's message.
pub fn repeated(mapping: &[Field]) -> Vec<Field> {
    Field::ALL
        .iter()
        .copied()
        .filter(|field| !field.may_repeat() && mapping.iter().filter(|chosen| *chosen == field).count() > 1)
        .collect()
}

#[cfg(test)]
mod tests;
