//! Every designed template that exists, with and without what may be unknown of a contact.

use std::path::Path;

use mail::render::{BrandFields, ContactFields, MailContext, SenderFields, TemplateStore};

const OPT_OUT: &str = "https://t.example/u/AQJ-token_1";
const PIXEL: &str = "https://t.example/t/o/AQJ-token_2.gif";

fn store() -> TemplateStore {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../email_templates");
    TemplateStore::open(folder).expect("the templates of the repository")
}

fn brand(slug: &str) -> BrandFields {
    let (name, website) = match slug {
        "codeteki" => ("Codeteki", "https://codeteki.au"),
        _ => ("Desi Firms", "https://www.desifirms.com.au"),
    };
    BrandFields {
        name: name.into(),
        legal_name: format!("{name} Pty Ltd"),
        website: website.into(),
        postal_address: "Level 1, 1 Example Street\nSydney NSW 2000".into(),
        contact_email: format!("hello@{slug}.example"),
        phone: "02 5550 0100".into(),
        logo_url: String::new(),
    }
}

fn context(slug: &str, contact: ContactFields) -> MailContext {
    MailContext {
        contact,
        brand: brand(slug),
        sender: SenderFields { name: "Asha Rao".into(), title: "Partnerships".into() },
        unsubscribe_url: OPT_OUT.into(),
        pixel_url: PIXEL.into(),
        year: 2026,
        previous_subject: String::new(),
    }
}

/// Known, unknown, and awkward.
fn contacts() -> Vec<ContactFields> {
    let contact = |salutation: &str, first_name: &str, company: &str, website: &str| ContactFields {
        salutation: salutation.into(),
        first_name: first_name.into(),
        company: company.into(),
        website: website.into(),
        email: "priya@sweets.example".into(),
    };
    vec![
        contact("Hi Priya,", "Priya", "Sharma Sweets", "https://sweets.example"),
        contact("Hi there,", "", "", ""),
        contact("Hi Sharma Sweets Team,", "", "Sharma Sweets", ""),
        contact(
            "Hi Zo\u{eb},",
            "Zo\u{eb}",
            "Tom & Zo\u{eb}'s <b>\"Best\"</b> Sweets",
            "https://sweets.example/?a=1&b=2",
        ),
    ]
}

/// Every template with every contact.
fn each(mut check: impl FnMut(&str, &ContactFields, &mail::render::Rendered)) {
    let store = store();
    let mut count = 0;
    for slug in store.brands() {
        for key in store.keys(&slug) {
            for contact in contacts() {
                for (sender_title, previous) in [("Partnerships", ""), ("", "An earlier subject")] {
                    let mut context = context(&slug, contact.clone());
                    context.sender.title = sender_title.into();
                    context.previous_subject = previous.into();
                    let mail = store
                        .render(&slug, &key, &context)
                        .unwrap_or_else(|error| panic!("{slug}/{key} for {:?}: {error}", contact.salutation));
                    check(&format!("{slug}/{key}"), &contact, &mail);
                    count += 1;
                }
            }
        }
    }
    assert!(count > 0, "no templates found");
}

#[test]
fn every_template_renders_for_every_contact() {
    each(|name, contact, mail| {
        assert!(mail.text.contains(&contact.salutation), "{name}: {}", mail.text);
        assert!(mail.html.len() < 60_000, "{name} has {} bytes", mail.html.len());
        assert!(mail.html.contains(PIXEL), "{name} has no pixel");
        assert!(mail.text.contains(OPT_OUT), "{name}: {}", mail.text);
        assert!(mail.text.contains("Level 1, 1 Example Street"), "{name}: {}", mail.text);
        assert!(!mail.html.contains("<b>\"Best\"</b>"), "{name} lets markup through");
        assert!(
            !mail.subject.contains("&amp;") && !mail.preheader.contains("&amp;"),
            "{name}: {}",
            mail.subject
        );
        assert!(!mail.text.contains("&amp;") && !mail.text.contains("&#"), "{name}: {}", mail.text);
        assert!(!mail.text.contains(" ,") && !mail.subject.contains("  "), "{name}: {}", mail.text);
    });
}

#[test]
fn every_template_leads_somewhere_and_the_opt_out_stays_direct() {
    each(|name, _, mail| {
        let mut indexes = Vec::new();
        let tracked = mail::links::rewrite(&mail.html, OPT_OUT, |index, _| {
            indexes.push(index);
            format!("https://t.example/t/c/{index}")
        })
        .expect("rewrites");
        assert_eq!(indexes.len(), tracked.targets.len(), "{name}");
        let call_by_mail = mail.html.contains("href=\"mailto:");
        assert!(!tracked.targets.is_empty() || call_by_mail, "{name} has nothing to press");
        assert!(
            tracked.targets.iter().all(|url| url.starts_with("https://") && !url.contains("&amp;")),
            "{name}: {:?}",
            tracked.targets
        );
        assert!(tracked.html.contains(OPT_OUT), "{name} lost its opt-out");
    });
}

#[test]
fn subjects_differ_between_the_steps_of_a_brand() {
    let store = store();
    for slug in store.brands() {
        let mut subjects = std::collections::BTreeMap::new();
        for key in store.keys(&slug) {
            let contact = contacts().swap_remove(0);
            let subject = store.render(&slug, &key, &context(&slug, contact)).expect("renders").subject;
            if let Some(other) = subjects.insert(subject.clone(), key.clone()) {
                panic!("{slug}: {key} and {other} share the subject {subject:?}");
            }
        }
    }
}
