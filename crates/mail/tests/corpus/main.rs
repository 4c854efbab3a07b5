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
