use super::*;
use proptest::prelude::*;

const MAPPING: &[Field] = &[
    Field::Email,
    Field::FirstName,
    Field::LastName,
    Field::Company,
    Field::Website,
    Field::Value,
    Field::Tags,
    Field::DomainAuthority,
    Field::ConsentBasis,
    Field::EvidenceDate,
    Field::Notes,
    Field::Notes,
];

#[test]
fn a_row_is_read_and_tidied() {
    let cells = [
        " Priya <Priya@Acme.com> ",
        " Priya",
        "Sharma ",
        "Acme",
        "acme.com/about",
        "$1,200.50",
        "vip, Sydney;VIP",
        "41.6",
        "Published address",
        "31/03/2026",
        "one",
        "two",
    ];
    let row = parse_row(MAPPING, &cells).expect("a good row");
    assert_eq!(row.email.as_str(), "priya@acme.com");
    assert_eq!(row.name.as_deref(), Some("Priya Sharma"));
    assert_eq!(row.website.as_deref(), Some("https://acme.com/about"));
    assert_eq!(row.value_cents, Some(120_050));
    assert_eq!(row.tags, ["vip", "Sydney"]);
    assert_eq!(row.domain_authority, Some(42));
    assert_eq!(row.consent_basis, Some(ConsentBasis::Published));
    assert_eq!(row.evidence_date, NaiveDate::from_ymd_opt(2026, 3, 31));
    assert_eq!(row.notes.as_deref(), Some("one\ntwo"));
}

#[test]
fn short_rows_and_blanks_are_fine() {
    let row = parse_row(MAPPING, &["a@acme.com"]).expect("one cell is enough");
    assert_eq!((row.name, row.company, row.value_cents), (None, None, None));
    let row = parse_row(MAPPING, &["a@acme.com", "", "", "n/a", "-", "N/A", "", "null"]).expect("blanks");
    assert_eq!((row.company, row.website, row.value_cents, row.domain_authority), (None, None, None, None));
    assert!(parse_row(&[Field::Email], &["a@acme.com", "too", "many"]).is_ok());
}

#[test]
fn every_error_is_told_with_its_column() {
    let cells = ["foo@bar@x", "", "", "", "javascript://alert", "lots", "", "101", "maybe", "soon"];
    let errors = parse_row(MAPPING, &cells).expect_err("a bad row");
    let found: Vec<(Option<usize>, Field)> = errors.iter().map(|error| (error.column, error.field)).collect();
    assert_eq!(
        found,
        [
            (Some(0), Field::Email),
            (Some(4), Field::Website),
            (Some(5), Field::Value),
            (Some(7), Field::DomainAuthority),
            (Some(8), Field::ConsentBasis),
            (Some(9), Field::EvidenceDate),
        ]
    );
    assert!(errors.iter().all(|error| !error.reason.is_empty() && !error.reason.contains("foo@bar")));
}

#[test]
fn a_row_without_an_address_says_so() {
    let errors = parse_row(&[Field::FullName, Field::Email], &["Priya", " "]).expect_err("no address");
    assert_eq!(errors[0].column, Some(1));
    let errors = parse_row(&[Field::FullName], &["Priya"]).expect_err("no column");
    assert_eq!((errors[0].column, errors[0].reason.as_str()), (None, "There is no email address"));
    assert!(parse_row(&[], &["x"]).is_err());
}

#[test]
fn first_and_last_name_beat_the_full_name() {
    let mapping = [Field::Email, Field::FullName, Field::FirstName, Field::LastName];
    let name = |cells: &[&str]| parse_row(&mapping, cells).expect("a good row").name;
    assert_eq!(name(&["a@b.co", "P. Sharma", "Priya", "Sharma"]).as_deref(), Some("Priya Sharma"));
    assert_eq!(name(&["a@b.co", "Priya Sharma", "Priya", ""]).as_deref(), Some("Priya Sharma"));
    assert_eq!(name(&["a@b.co", "Priya Sharma"]).as_deref(), Some("Priya Sharma"));
}

#[test]
fn web_addresses_are_http_only() {
    for (text, expected) in [
        ("acme.com", Some("https://acme.com")),
        ("http://acme.com", Some("http://acme.com")),
        ("HTTPS://Acme.com/A?b=c", Some("HTTPS://Acme.com/A?b=c")),
        ("//acme.com", Some("https://acme.com")),
        ("ftp://acme.com", None),
        ("javascript:alert(1)", None),
        ("acme", None),
        ("acme.com\" onclick=\"x", None),
        ("two words.com", None),
    ] {
        assert_eq!(web_address(text).as_deref(), expected, "{text}");
    }
}

proptest! {
    #[test]
    fn any_cells_give_a_row_or_reasons(cells in proptest::collection::vec("\\PC{0,20}|a@b\\.co", 0..14)) {
        match parse_row(MAPPING, &cells) {
            Ok(row) => prop_assert!(row.domain_authority.is_none_or(|da| (0..=100).contains(&da))),
            Err(errors) => prop_assert!(!errors.is_empty()),
        }
    }
}
