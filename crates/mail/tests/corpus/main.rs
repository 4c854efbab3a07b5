//! Every mail of `fixtures/corpus` read from its bytes to what follows from it.
//!
//! The mails are our own, written as the programs they are named after write them.

mod automatic;
mod bounces;
mod case;
mod complaints;
mod people;

use std::collections::BTreeSet;
use std::path::PathBuf;

use domain::reply::{classify, failed_recipients, visible_text};
use mail::receive::parse;
use proptest::prelude::*;

use self::case::Case;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/corpus")
}

fn all() -> impl Iterator<Item = Case> {
    [people::cases(), automatic::cases(), bounces::cases(), complaints::cases()].into_iter().flatten()
}

#[test]
fn every_mail_is_read_as_a_person_would_read_it() {
    let wrong: Vec<String> = all().flat_map(|case| case.mistakes(&folder())).collect();
    assert!(wrong.is_empty(), "{} mistakes:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_mail_of_the_corpus_has_its_case() {
    let files: BTreeSet<String> = std::fs::read_dir(folder())
        .expect("the corpus")
        .filter_map(|entry| Some(entry.ok()?.path().file_stem()?.to_string_lossy().into_owned()))
        .collect();
    let cases: BTreeSet<String> = all().map(|case| case.file.to_owned()).collect();
    assert_eq!(files, cases);
    assert!(files.len() >= 60, "{}", files.len());
}

/// Reads a mail to the end, whatever it is, and holds what comes of it to its bounds.
fn read_to_the_end(raw: &[u8]) -> Result<(), TestCaseError> {
    let Ok(mail) = parse(raw) else { return Ok(()) };
    let facts = mail.facts(!mail.related_ids().is_empty());
    let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 26).expect("a date");
    let found = classify(&facts, mail.written_on.unwrap_or(today));
    prop_assert!((0.0..=1.0).contains(&found.confidence));
    prop_assert!(found.reason.chars().count() <= 2_200, "{}", found.reason.len());
    prop_assert!(visible_text(&mail.text).chars().count() <= 200_000);
    let failed = failed_recipients(&facts);
    prop_assert!(failed.len() <= 100);
    prop_assert!(failed.iter().all(|failed| failed.address.contains('@') && !failed.address.contains('\0')));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn damaged_mails_are_read_without_panic_and_within_bounds(
        file in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        noise in prop::collection::vec(any::<u8>(), 0..24),
        cut: bool,
    ) {
        let cases: Vec<Case> = all().collect();
        let raw = std::fs::read(folder().join(cases[file.index(cases.len())].file).with_extension("eml"))?;
        let at = at.index(raw.len());
        let rest = if cut { raw.len() } else { (at + noise.len()).min(raw.len()) };
        read_to_the_end(&[&raw[..at], &noise, &raw[rest..]].concat())?;
    }

    #[test]
    fn any_bytes_are_read_without_panic_and_within_bounds(raw in prop::collection::vec(any::<u8>(), 0..3_000)) {
        read_to_the_end(&[b"From: mailer-daemon@x.example\r\nReturn-Path: <>\r\nSubject: failure notice\r\n\r\n", &raw[..]].concat())?;
        read_to_the_end(&raw)?;
    }
}
