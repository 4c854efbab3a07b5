//! What the mails said when somebody last read them. To accept a change, read the difference in version control after
//! `OVERTURE_ACCEPT_MAILS=1 cargo test -p mail --test templates`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use mail::render::Rendered;

use crate::words;

const ACCEPT: &str = "OVERTURE_ACCEPT_MAILS";

/// A mail as it is written down: the footer is the same everywhere and checked by rule.
pub fn entry(key: &str, mail: &Rendered, salutation: &str) -> String {
    let (subject, preheader) = (&mail.subject, &mail.preheader);
    let (reason, body) = (words::reason(mail), words::body(mail));
    format!(
        "======== {key} · {salutation}\nSubject: {subject}\nPreheader: {preheader}\nReason: {reason}\n\n{body}\n\n"
    )
}

/// Compares pages (path below the folder → text) with those on file, none missing and none left over.
pub fn compare(pages: &BTreeMap<String, String>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/templates/snapshots");
    if std::env::var_os(ACCEPT).is_some() {
        return accept(&folder, pages);
    }
    for (name, page) in pages {
        let stored = fs::read_to_string(path(&folder, name)).unwrap_or_default();
        assert!(
            stored == *page,
            "{name} says something else than its snapshot. If that is meant, set {ACCEPT}=1 once.\n{}",
            difference(&stored, page)
        );
    }
    let known: BTreeSet<PathBuf> = pages.keys().map(|name| path(&folder, name)).collect();
    let stray: Vec<PathBuf> = files(&folder).into_iter().filter(|file| !known.contains(file)).collect();
    assert!(stray.is_empty(), "snapshots without a pipeline: {stray:?}");
}

fn accept(folder: &Path, pages: &BTreeMap<String, String>) {
    for file in files(folder) {
        fs::remove_file(file).expect("removed");
    }
    for (name, page) in pages {
        let path = path(folder, name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("created");
        fs::write(path, page).expect("written");
    }
}

fn path(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.txt"))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = |folder: &Path| -> Vec<PathBuf> {
        fs::read_dir(folder)
            .map(|read| read.flatten().map(|entry| entry.path()).collect())
            .unwrap_or_default()
    };
    entries(folder).iter().flat_map(|brand| entries(brand)).collect()
}

/// The lines between what both begin and end with.
fn difference(old: &str, new: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - start;
    let end = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let mail = new[..start].iter().rev().find(|line| line.starts_with("========")).unwrap_or(&"");
    let lines = |sign: char, lines: &[&str]| -> String {
        lines.iter().take(12).map(|line| format!("{sign} {line}\n")).collect()
    };
    let (gone, come) = (&old[start..old.len() - end], &new[start..new.len() - end]);
    format!("{mail}\n{}{}", lines('-', gone), lines('+', come))
}

#[test]
fn differences_show_the_mail_and_the_lines() {
    let old = "======== a\nSubject: One\nText\n";
    assert_eq!(difference(old, &old.replace("One", "Two")), "======== a\n- Subject: One\n+ Subject: Two\n");
    assert_eq!(difference(old, old), "======== a\n");
}
