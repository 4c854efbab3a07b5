use database::Connection;
use database::brand::Brand;
use database::template;
use domain::ContactId;
use domain::view::template::TemplateAddressee;
use mail::render::ContactFields;

use super::shelf::Shelf;
use crate::compose::contact_fields;
use crate::people::CurrentUser;
use crate::{Environment, Refused};

/// Contacts a search offers.
const MOST: i64 = 8;
/// A search for less finds everybody.
const SHORTEST_SEARCH: usize = 2;

/// A contact that doesn't exist.
pub(super) struct Sample {
    /// Stored name.
    pub who: &'static str,
    /// "No company".
    pub words: &'static str,
    pub fields: ContactFields,
    /// Subject of the mail before this one.
    pub previous_subject: &'static str,
}

/// In the name of the sample that tries to break out of the text.
pub(super) const MARKUP: &str = "<i data-sample>";

/// Everything known, and each thing that may be missing or awkward. Every text has to do for all of them.
pub(super) fn samples() -> Vec<Sample> {
    let fields = |salutation: &str, first_name: &str, company: &str, website: &str| ContactFields {
        salutation: salutation.to_owned(),
        first_name: first_name.to_owned(),
        company: company.to_owned(),
        website: website.to_owned(),
        email: "priya@sharmasweets.example".to_owned(),
    };
    let long = "Sharma and Daughters Traditional Sweets, Savouries and Catering for Weddings of Greater Western Sydney";
    let marked = format!("{MARKUP}\"Best\"</i> & Sons' Sweets");
    let sample = |who, words, fields, previous_subject| Sample { who, words, fields, previous_subject };
    vec![
        sample(
            "full",
            "Everything known",
            fields("Hi Priya,", "Priya", "Sharma Sweets", "https://sharmasweets.example"),
            "A first word",
        ),
        sample("no-name", "No first name", fields("Hi Sharma Sweets Team,", "", "Sharma Sweets", ""), ""),
        sample("no-company", "No company", fields("Hi Priya,", "Priya", "", ""), ""),
        sample("nothing", "Only the address", fields("Hi there,", "", "", ""), ""),
        sample("long", "A very long company", fields("Hi Priya,", "Priya", long, ""), "A first word"),
        sample(
            "markup",
            "Markup in the names",
            fields("Hi Zo\u{eb},", "Zo\u{eb}", &marked, "https://sharmasweets.example/?a=1&b=2"),
            "",
        ),
    ]
}

/// Whom a draft is looked at with.
pub(super) struct Addressee {
    pub name: String,
    pub fields: ContactFields,
    pub previous_subject: String,
}

impl Addressee {
    /// A sample by name, or a contact of the brand by id.
    pub async fn find(connection: &mut Connection, brand: &Brand, who: &str) -> Result<Self, Refused> {
        if let Some(sample) = samples().into_iter().find(|sample| sample.who == who) {
            return Ok(Self::from(sample));
        }
        let id: ContactId = who.parse().map_err(|_| Refused::NotFound)?;
        let contact = database::contact::find(connection, id).await?;
        if contact.brand_id != brand.id {
            return Err(Refused::NotFound);
        }
        Ok(Self { fields: contact_fields(&contact), name: contact.name, previous_subject: String::new() })
    }

    /// "Priya <priya@sharmasweets.example>".
    pub fn words(&self) -> String {
        match self.name.as_str() {
            "" => self.fields.email.clone(),
            name => format!("{name} <{}>", self.fields.email),
        }
    }
}

impl From<Sample> for Addressee {
    fn from(sample: Sample) -> Self {
        Self {
            name: sample.fields.first_name.clone(),
            fields: sample.fields,
            previous_subject: sample.previous_subject.to_owned(),
        }
    }
}

/// Contacts of the template's brand whose name, company or address contains a text.
///
/// # Errors
/// [`Refused::NotFound`] for a template that isn't theirs.
pub async fn addressees(
    environment: &Environment,
    user: &CurrentUser,
    brand: &str,
    key: &str,
    wanted: &str,
) -> Result<Vec<TemplateAddressee>, Refused> {
    let mut shelf = Shelf::open(environment, user, brand, key).await?;
    if wanted.trim().chars().count() < SHORTEST_SEARCH {
        return Ok(Vec::new());
    }
    let found = template::addressees(&mut shelf.scope, shelf.brand.id, wanted, MOST).await?;
    Ok(found
        .into_iter()
        .map(|contact| {
            let parts = [contact.name, contact.company, contact.email];
            let known: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            TemplateAddressee { who: contact.id.to_string(), words: known.join(" \u{b7} ") }
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::{MARKUP, samples};

    #[test]
    fn samples_have_names_of_their_own_and_one_tries_to_break_out() {
        let samples = samples();
        let names: std::collections::BTreeSet<_> = samples.iter().map(|sample| sample.who).collect();
        assert_eq!(names.len(), samples.len());
        assert!(samples.iter().any(|sample| sample.fields.company.contains(MARKUP)));
    }
}
