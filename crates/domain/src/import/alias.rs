//! Headers that mean a field, squashed to letters and digits ("E-mail 1 - Value" → `email1value`). Exact, never
//! substrings; the earlier an alias stands, the better it is.

use super::mapping::Field;

/// Every field with its aliases.
#[rustfmt::skip]
pub(super) const ALIASES: &[(Field, &[&str])] = &[
    (Field::Email, &[
        "email", "emailaddress", "mail", "emails", "contactemail", "primaryemail", "workemail",
        "businessemail", "personemail", "personemailwork", "email1value", "emailwork", "emailaddress1",
        "email1", "contactemailaddress", "personalemail", "personemailother", "personemailhome", "emailhome",
    ]),
    (Field::FirstName, &[
        "firstname", "givenname", "forename", "personfirstname", "contactfirstname", "first", "fname",
        "christianname",
    ]),
    (Field::LastName, &[
        "lastname", "surname", "familyname", "personlastname", "contactlastname", "last", "lname",
    ]),
    (Field::FullName, &[
        "fullname", "name", "contactname", "personname", "contact", "person", "displayname", "contactperson",
        "fileas", "leadname", "agentname", "ownername",
    ]),
    (Field::Company, &[
        "company", "companyname", "organisation", "organization", "organisationname", "organizationname",
        "organization1name", "business", "businessname", "tradingname", "personorganization",
        "personorganisation", "associatedcompany", "associatedcompanyprimary", "employer", "account",
        "accountname", "agency", "agencyname", "dealorganization",
    ]),
    (Field::Website, &[
        "website", "websiteurl", "companywebsite", "organizationwebsite", "website1value", "url", "web",
        "webaddress", "site", "homepage", "webpage", "domain", "domainname", "companydomainname",
        "companydomain", "organizationdomain",
    ]),
    (Field::Phone, &[
        "phone", "phonenumber", "telephone", "personphone", "personphonework", "phone1value", "workphone",
        "businessphone", "contactphone", "contactnumber", "mobile", "mobilephone", "mobilenumber",
        "mobilephonenumber", "personphonemobile", "cell", "cellphone", "tel", "companyphone",
        "telephonenumber",
    ]),
    (Field::Role, &[
        "role", "jobtitle", "title", "position", "personjobtitle", "organization1title", "organizationtitle",
        "occupation", "jobrole",
    ]),
    (Field::DomainAuthority, &["domainauthority", "da", "domainrating", "dr", "authorityscore"]),
    (Field::Tags, &[
        "tags", "tag", "labels", "label", "categories", "category", "groupmembership", "personlabels",
        "personlabel", "groups",
    ]),
    (Field::Notes, &[
        "notes", "note", "comments", "comment", "description", "personnotes", "remarks", "message",
    ]),
    (Field::Source, &[
        "source", "leadsource", "originalsource", "contactsource", "personsource", "originaltrafficsource",
        "howdidyouhearaboutus",
    ]),
    (Field::Value, &[
        "value", "dealvalue", "amount", "dealamount", "estimatedvalue", "expectedvalue", "expectedrevenue",
        "opportunityvalue",
    ]),
    (Field::Address, &[
        "address", "postaladdress", "fulladdress", "streetaddress", "street", "address1formatted",
        "mailingaddress", "businessaddress", "companyaddress", "personpostaladdress", "organizationaddress",
        "addressline1", "address1", "location", "address1street", "mailingstreet",
    ]),
    (Field::City, &[
        "city", "suburb", "town", "address1city", "mailingcity", "locality",
        "organizationcitytownvillagelocalityofaddress",
    ]),
    (Field::State, &[
        "state", "stateregion", "region", "province", "stateprovince", "stateterritory", "address1region",
        "mailingstate", "addressstate",
    ]),
    (Field::Postcode, &[
        "postcode", "postalcode", "zip", "zipcode", "address1postalcode", "mailingpostalcode",
        "zippostalcode",
    ]),
    (Field::Country, &["country", "countryregion", "address1country", "mailingcountry", "countryname"]),
    (Field::ConsentBasis, &[
        "consentbasis", "consent", "consenttype", "legalbasis", "lawfulbasis",
        "legalbasisforprocessingcontactsdata", "basis",
    ]),
    (Field::EvidenceUrl, &[
        "evidenceurl", "consenturl", "evidence", "evidencelink", "consentevidence", "sourceurl",
    ]),
    (Field::EvidenceDate, &[
        "evidencedate", "consentdate", "consentgiven", "optindate", "dateofconsent", "subscribedat",
        "optintime",
    ]),
];

/// A header's letters and digits, in lower case.
pub(super) fn squash(header: &str) -> String {
    header.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
