use super::*;
use Field::*;
use proptest::prelude::*;

fn check(headers: &[&str], expected: &[Field]) {
    assert_eq!(guess(headers), expected, "{headers:?}");
}

#[test]
fn plain_headers_in_any_writing() {
    check(&["Email", "Name", "Company", "Website", "Phone"], &[Email, FullName, Company, Website, Phone]);
    check(
        &["First Name", "Last Name", "Company Name", "E-mail Address"],
        &[FirstName, LastName, Company, Email],
    );
    check(&["first_name", "last-name", "BUSINESS NAME", " e-mail "], &[FirstName, LastName, Company, Email]);
    check(
        &["\u{feff}email", "firstName", "Job Title", "Domain Authority"],
        &[Email, FirstName, Role, DomainAuthority],
    );
    check(&["State/Region", "Postcode", "Suburb", "Country"], &[State, Postcode, City, Country]);
    check(&["Consent basis", "Evidence URL", "Evidence Date"], &[ConsentBasis, EvidenceUrl, EvidenceDate]);
}

#[test]
fn likeness_is_not_enough() {
    check(
        &[
            "Address",
            "Email Status",
            "Contact Owner",
            "Stage",
            "Date Added",
            "Email Domain",
            "Domain Rating",
            "",
            "Company Size",
        ],
        &[Address, Ignore, Ignore, Ignore, Ignore, Ignore, DomainAuthority, Ignore, Ignore],
    );
}

#[test]
fn hubspot_exports() {
    check(
        &[
            "Record ID",
            "First Name",
            "Last Name",
            "Email",
            "Phone Number",
            "Contact owner",
            "Lead Status",
            "Associated Company",
            "Website URL",
            "Job Title",
            "State/Region",
            "Country/Region",
            "Create Date",
        ],
        &[
            Ignore, FirstName, LastName, Email, Phone, Ignore, Ignore, Company, Website, Role, State,
            Country, Ignore,
        ],
    );
}

#[test]
fn pipedrive_exports() {
    check(
        &[
            "Person - Name",
            "Person - Email",
            "Person - Phone",
            "Person - Organization",
            "Person - Labels",
            "Person - Owner",
            "Deal - Value",
            "Deal - Stage",
        ],
        &[FullName, Email, Phone, Company, Tags, Ignore, Value, Ignore],
    );
}

#[test]
fn google_contacts_exports() {
    check(
        &[
            "Name",
            "Given Name",
            "Family Name",
            "E-mail 1 - Type",
            "E-mail 1 - Value",
            "E-mail 2 - Value",
            "Phone 1 - Value",
            "Organization 1 - Name",
            "Organization 1 - Title",
            "Website 1 - Value",
            "Address 1 - Formatted",
            "Notes",
            "Group Membership",
        ],
        &[
            FullName, FirstName, LastName, Ignore, Email, Ignore, Phone, Company, Role, Website, Address,
            Notes, Tags,
        ],
    );
}

#[test]
fn the_better_known_header_wins_wherever_it_stands() {
    check(&["Domain", "Website"], &[Ignore, Website]);
    check(&["Mobile", "Phone"], &[Ignore, Phone]);
    check(&["Email", "Email"], &[Email, Ignore]);
    check(&["Tags", "Notes", "Labels", "Comments"], &[Tags, Notes, Tags, Notes]);
}

#[test]
fn no_alias_means_two_fields() {
    let mut all: Vec<&str> = ALIASES.iter().flat_map(|(_, aliases)| aliases.iter().copied()).collect();
    let count = all.len();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), count);
    assert!(all.iter().all(|alias| squash(alias) == *alias));
    for field in Field::ALL.iter().filter(|field| **field != Ignore) {
        assert!(ALIASES.iter().any(|(aliased, _)| aliased == field), "{field}");
    }
}

#[test]
fn labels_of_the_fields_map_to_themselves() {
    for field in [
        Email, FirstName, LastName, FullName, Company, Website, Phone, Role, Tags, Notes, Source, Postcode,
        Country,
    ] {
        check(&[field.label()], &[field]);
    }
}

proptest! {
    #[test]
    fn no_field_is_guessed_twice(headers in proptest::collection::vec("(e-?mail|name|first name|tags|notes|phone|mobile|\\PC{0,8})", 0..12)) {
        let mapping = guess(&headers);
        prop_assert_eq!(mapping.len(), headers.len());
        prop_assert!(repeated(&mapping).is_empty());
    }
}
