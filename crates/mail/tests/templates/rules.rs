//! What law, mail programs and the house ask of every mail.

use std::cell::RefCell;
use std::collections::BTreeSet;

use lol_html::{RewriteStrSettings, element, rewrite_str};
use mail::render::{MailContext, Rendered};

use crate::cast::{ADDRESS, OPT_OUT};

/// Gmail clips longer mails. Bytes.
const LARGEST: usize = 100_000;
const LONGEST_SUBJECT: usize = 75;
/// Claims of the earlier system that nobody could prove, and their kind.
const CLAIMS: [&str; 9] =
    ["87%", "10,000", "3x", "60%", "guarantee", "number one", "#1", "best-in-class", "limited time"];

/// What the mail does wrong, in words.
pub fn broken(mail: &Rendered, context: &MailContext) -> Vec<String> {
    let mut faults = Vec::new();
    let mut must = |holds: bool, fault: &str| {
        if !holds {
            faults.push(fault.to_owned());
        }
    };
    let (html, text) = (mail.html.as_str(), mail.text.as_str());
    must(text.contains(&context.contact.salutation), "doesn't greet");
    must(html.matches("mso-padding-alt").count() == 1, "hasn't exactly one button");
    for (part, words) in [("HTML", html), ("text", text)] {
        must(words.contains(&context.brand.legal_name), &format!("{part} without the legal name"));
        must(words.contains(ADDRESS), &format!("{part} without the postal address"));
        must(words.contains(OPT_OUT), &format!("{part} without the opt-out"));
        must(!words.contains("{{") && !words.contains("{%"), &format!("{part} with template marks"));
    }
    must(html.contains(&format!("href=\"{OPT_OUT}\"")), "the opt-out is no link");
    must(!mail.preheader.is_empty() && mail.preheader != mail.subject, "the preheader says nothing new");
    must(mail.subject.chars().count() <= LONGEST_SUBJECT, "the subject is too long");
    must(html.len() < LARGEST, "too large");
    must(!text.contains("http://") && links(html).iter().all(|link| secure(link)), "an insecure link");
    must(outlook(html), "Outlook gets no 600 px wrapper");
    faults.extend(claims(mail));
    faults.extend(markup(html));
    faults
}

/// "free" as a word; only an invitation may say it.
pub fn says_free(mail: &Rendered) -> bool {
    let said = format!("{} {} {}", mail.subject, mail.preheader, mail.text).to_lowercase();
    said.split(|letter: char| !letter.is_alphanumeric()).any(|word| word == "free")
}

fn claims(mail: &Rendered) -> Vec<String> {
    let said = format!("{} {} {}", mail.subject, mail.preheader, mail.text).to_lowercase();
    let mut found: Vec<String> = CLAIMS
        .iter()
        .filter(|claim| said.contains(**claim))
        .map(|claim| format!("claims {claim:?}"))
        .collect();
    let words = said.replace(" %", "%");
    if words.split_whitespace().filter(|word| !word.contains("://")).any(percentage) {
        found.push("names a percentage".to_owned());
    }
    found
}

fn percentage(word: &str) -> bool {
    word.split_once('%').is_some_and(|(before, _)| before.ends_with(|last: char| last.is_ascii_digit()))
}

fn links(html: &str) -> Vec<String> {
    let links = RefCell::new(Vec::new());
    let collect = element!("[href], [src]", |element| {
        links.borrow_mut().extend(["href", "src"].iter().filter_map(|name| element.get_attribute(name)));
        Ok(())
    });
    let settings = RewriteStrSettings::new().append_element_content_handler(collect);
    rewrite_str(html, settings).expect("well-formed");
    links.into_inner()
}

fn secure(link: &str) -> bool {
    link.starts_with("https://") || link.starts_with("mailto:")
}

/// Outlook doesn't know max-width: a table of that width stands around the card and around the footer.
fn outlook(html: &str) -> bool {
    let wrapper = "<table role=\"presentation\" width=\"600\"";
    html.matches(wrapper).count() == 2
        && html.contains(&format!("<!--[if mso]>{wrapper}"))
        && html.matches("<!--[if mso]>").count() == html.matches("<![endif]-->").count()
        && html.contains("max-width:600px")
}

/// Styles are inlined, as several programs drop `<style>`; what it holds is for dark mode and phones alone, and every
/// class means something there.
fn markup(html: &str) -> Vec<String> {
    let (head, page) = html.split_once("</head>").expect("a head");
    let mut faults = Vec::new();
    if page.contains("<style") || html.contains("<link") || html.contains("<script") {
        faults.push("styles or scripts outside the head".to_owned());
    }
    if !head.contains("@media (prefers-color-scheme:dark)") || !head.contains("@media (max-width:620px)") {
        faults.push("no dark mode or no phone".to_owned());
    }
    let (bare, classes) = (RefCell::new(Vec::new()), RefCell::new(BTreeSet::new()));
    let styled = element!("body p, body a, body td, body span, body strong, body img, body div", |element| {
        if element.get_attribute("style").is_none_or(|style| style.is_empty()) {
            bare.borrow_mut().push(format!("<{}> has no style of its own", element.tag_name()));
        }
        Ok(())
    });
    let described = element!("body img", |element| {
        if element.get_attribute("alt").is_none() {
            bare.borrow_mut().push("an image without a text".to_owned());
        }
        Ok(())
    });
    let classed = element!("[class]", |element| {
        let names = element.get_attribute("class").unwrap_or_default();
        classes.borrow_mut().extend(names.split_whitespace().map(str::to_owned));
        Ok(())
    });
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(styled)
        .append_element_content_handler(described)
        .append_element_content_handler(classed);
    rewrite_str(html, settings).expect("well-formed");
    faults.extend(bare.into_inner());
    let dead = classes
        .into_inner()
        .into_iter()
        .filter(|class| !["{", ",", " "].iter().any(|after| head.contains(&format!(".{class}{after}"))));
    faults.extend(dead.map(|class| format!("the class {class} means nothing")));
    faults
}

#[test]
fn rules_notice_what_they_are_there_for() {
    let store = crate::cast::store();
    let context = crate::cast::context("desifirms", crate::cast::known());
    let good = crate::cast::render(&store, "desifirms", "business_followup1", &context);
    assert_eq!(broken(&good, &context), Vec::<String>::new());
    assert!(!says_free(&good));
    let cases: [(&str, &str, &str); 8] = [
        ("mso-padding-alt", "padding", "exactly one button"),
        ("Desi Firms Pty Ltd", "Desi Firms", "legal name"),
        (ADDRESS, "", "postal address"),
        ("href=\"https://t.example/u/", "href=\"http://t.example/u/", "insecure link"),
        ("alt=\"\"", "", "image without a text"),
        ("width=\"600\"", "width=\"640\"", "600 px"),
        ("<p class=\"muted\" style=", "<p class=\"muted\" title=", "no style of its own"),
        ("class=\"muted\"", "class=\"mutter\"", "mutter means nothing"),
    ];
    for (from, to, fault) in cases {
        let bad = Rendered { html: good.html.replace(from, to), ..good.clone() };
        assert!(broken(&bad, &context).iter().any(|found| found.contains(fault)), "{from}: {fault}");
    }
    for (said, fault) in [("3x the leads", "claims"), ("Up 42 % this year", "percentage")] {
        let bad = Rendered { subject: said.to_owned(), ..good.clone() };
        assert!(broken(&bad, &context).iter().any(|found| found.contains(fault)), "{said}");
    }
    assert!(says_free(&Rendered { subject: "It is Free!".to_owned(), ..good }));
}
