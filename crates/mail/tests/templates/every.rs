//! Every designed template that exists, with and without what may be unknown of a contact.

use mail::render::{ContactFields, Rendered};

use crate::cast::{OPT_OUT, PIXEL, contacts, context, render, store};

/// Every template with every contact.
fn each(mut check: impl FnMut(&str, &ContactFields, &Rendered)) {
    let store = store();
    let mut count = 0;
    for slug in store.brands() {
        for key in store.keys(&slug) {
            for contact in contacts() {
                for (sender_title, previous) in [("Partnerships", ""), ("", "An earlier subject")] {
                    let mut context = context(&slug, contact.clone());
                    context.sender.title = sender_title.into();
                    context.previous_subject = previous.into();
                    let mail = render(&store, &slug, &key, &context);
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
            let subject = render(&store, &slug, &key, &context(&slug, contact)).subject;
            if let Some(other) = subjects.insert(subject.clone(), key.clone()) {
                panic!("{slug}: {key} and {other} share the subject {subject:?}");
            }
        }
    }
}
