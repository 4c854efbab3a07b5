//! Every brand × pipeline × stage that mails × version of its template, and the templates no stage names.

use std::collections::{BTreeMap, BTreeSet};

use domain::autopilot::TemplateVariant;
use domain::pipeline::StageKind;
use domain::pipeline::catalogue::{self, CataloguePipeline, CatalogueStage};
use mail::render::{MailContext, Rendered, TemplateStore};

use crate::cast::{context, known, render, store, unknown};
use crate::rules::{broken, says_free};
use crate::{snapshot, words};

/// Words that a message needs, and a short one.
const FEWEST: usize = 40;
const FEWEST_SHORT: usize = 20;

/// A mail that is followed up once something has been said already.
fn follows_up(key: &str) -> bool {
    key.contains("followup") || key.contains("nudge")
}

/// The template of a stage and its other versions, plain first.
fn versions(store: &TemplateStore, pipeline: &CataloguePipeline, stage: &CatalogueStage) -> Vec<String> {
    let Some(plain) = stage.template_key else { return Vec::new() };
    let others = store.variants(pipeline.brand, plain);
    let expected: Vec<String> = match stage.kind {
        StageKind::Outreach => TemplateVariant::ALL.iter().map(|variant| variant.key(plain)).collect(),
        StageKind::Entry | StageKind::Replied | StageKind::Progress | StageKind::Won | StageKind::Lost => {
            Vec::new()
        }
    };
    assert_eq!(others, expected, "{} {} {}", pipeline.brand, pipeline.name, stage.name);
    [vec![plain.to_owned()], others].concat()
}

/// With everything known of the contact, and with nothing: later mails with the one before named.
fn both(slug: &str, key: &str) -> [MailContext; 2] {
    let mut contexts = [context(slug, known()), context(slug, unknown())];
    if follows_up(key) {
        contexts[0].previous_subject = "The one before".to_owned();
    }
    contexts[1].brand.phone.clear();
    contexts[1].brand.logo_url.clear();
    contexts[1].sender.title.clear();
    contexts
}

fn check(key: &str, mail: &Rendered, context: &MailContext) {
    let salutation = &context.contact.salutation;
    assert_eq!(broken(mail, context), Vec::<String>::new(), "{key} for {salutation:?}\n{}", mail.text);
    assert!(!follows_up(key) || !says_free(mail), "{key} says “free” in a follow-up");
    let short = TemplateVariant::of_key(key).is_some_and(|(_, variant)| variant == TemplateVariant::Short);
    let fewest = if short { FEWEST_SHORT } else { FEWEST };
    let words = words::count(mail, salutation);
    assert!(words >= fewest, "{key} for {salutation:?} has {words} words\n{}", mail.text);
}

/// Renders, checks and writes down one template for both contacts.
fn page(store: &TemplateStore, slug: &str, key: &str) -> String {
    let mut page = String::new();
    for context in both(slug, key) {
        let mail = render(store, slug, key, &context);
        check(key, &mail, &context);
        page.push_str(&snapshot::entry(key, &mail, &context.contact.salutation));
    }
    page
}

#[test]
fn every_stage_that_mails_says_what_its_snapshot_says() {
    let store = store();
    let mut pages: BTreeMap<String, String> = BTreeMap::new();
    let mut seen: BTreeSet<(String, String)> = BTreeSet::new();
    for pipeline in catalogue::all() {
        let page_of = pages.entry(format!("{}/{}", pipeline.brand, pipeline.key)).or_default();
        for stage in pipeline.stages {
            for key in versions(&store, pipeline, stage) {
                page_of.push_str(&page(&store, pipeline.brand, &key));
                seen.insert((pipeline.brand.to_owned(), key));
            }
        }
    }
    for slug in store.brands() {
        let others = store.keys(&slug).into_iter().filter(|key| !seen.contains(&(slug.clone(), key.clone())));
        let page_of: String = others.map(|key| page(&store, &slug, &key)).collect();
        pages.insert(format!("{slug}/without_stage"), page_of);
    }
    snapshot::compare(&pages);
}

#[test]
fn subjects_of_a_ladder_differ_in_every_version() {
    let store = store();
    for pipeline in catalogue::all() {
        for contact in [known(), unknown()] {
            let mut subjects: BTreeMap<String, String> = BTreeMap::new();
            for key in pipeline.stages.iter().flat_map(|stage| versions(&store, pipeline, stage)) {
                let subject =
                    render(&store, pipeline.brand, &key, &context(pipeline.brand, contact.clone())).subject;
                if let Some(other) = subjects.insert(subject.clone(), key.clone()) {
                    panic!("{}: {key} and {other} share {subject:?}", pipeline.name);
                }
            }
        }
    }
}

#[test]
fn short_versions_are_clearly_shorter_than_the_plain_ones() {
    let store = store();
    for slug in store.brands() {
        for key in store.keys(&slug) {
            let Some((plain, TemplateVariant::Short)) = TemplateVariant::of_key(&key) else {
                continue;
            };
            for contact in [known(), unknown()] {
                let context = context(&slug, contact);
                let words = |key: &str| {
                    words::count(&render(&store, &slug, key, &context), &context.contact.salutation)
                };
                let (short, long) = (words(&key), words(plain));
                assert!(short * 4 <= long * 3, "{slug}/{key}: {short} words instead of {long}");
            }
        }
    }
}

#[test]
fn every_version_belongs_to_a_plain_template_and_differs_from_it() {
    let store = store();
    for slug in store.brands() {
        for key in store.keys(&slug) {
            let Some((plain, _)) = TemplateVariant::of_key(&key) else { continue };
            let context = context(&slug, known());
            let (mail, first) =
                (render(&store, &slug, &key, &context), render(&store, &slug, plain, &context));
            assert_ne!(mail.subject, first.subject, "{slug}/{key}");
            assert_ne!(mail.preheader, first.preheader, "{slug}/{key}");
            let paragraphs: BTreeSet<&str> =
                words::body(&first).split("\n\n").filter(|p| p.len() > 60 && !p.contains("://")).collect();
            let copied = words::body(&mail).split("\n\n").find(|paragraph| paragraphs.contains(paragraph));
            assert_eq!(copied, None, "{slug}/{key} repeats a paragraph of {plain}");
        }
    }
}
