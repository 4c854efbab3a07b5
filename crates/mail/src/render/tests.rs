use std::fs;
use std::path::Path;

use super::*;

pub(super) const LAYOUT: &str = r#"<!doctype html><html><head><style>@media print{p{color:red}}</style></head><body>
<div style="display:none">{% block preheader %}{% endblock %}</div>
<table><tr><td>{% block content %}{% endblock %}</td></tr></table>
<p>{{ brand.legal_name }}, {{ brand.postal_address }} <a href="{{ unsubscribe_url }}">Unsubscribe</a></p>
{% if false %}{% block text_footer %}{{ brand.legal_name }}
Unsubscribe: {{ unsubscribe_url }}{% endblock %}{% endif %}
<title>{% block subject %}{% endblock %}</title></body></html>"#;

pub(super) const MAIL: &str = r#"{% extends "acme/_layout.html" %}
{% block subject %}A word with {{ contact.company or "you" }}{% endblock %}
{% block preheader %}Two minutes & no more{% endblock %}
{% block content %}<h1>Hello</h1><p>{{ contact.salutation }}</p>
<p>We looked at your site and saw three things that keep people from booking.</p>
<p><a href="{{ brand.website }}/contact">Talk to us</a> or write to <a href="mailto:{{ brand.contact_email }}">{{ brand.contact_email }}</a></p>{% endblock %}"#;

pub(super) fn context() -> MailContext {
    MailContext {
        contact: ContactFields {
            salutation: "Hi Priya,".into(),
            first_name: "Priya".into(),
            company: "Tom & Priya's <Sweets>".into(),
            website: String::new(),
            email: "priya@sweets.example".into(),
        },
        brand: BrandFields {
            name: "Acme".into(),
            legal_name: "Acme Pty Ltd".into(),
            website: "https://acme.example".into(),
            postal_address: "1 High St\nSydney".into(),
            contact_email: "hello@acme.example".into(),
            phone: String::new(),
            logo_url: String::new(),
        },
        sender: SenderFields { name: "Sam".into(), title: String::new() },
        unsubscribe_url: "https://acme.example/u/abc?a=1&b=2".into(),
        pixel_url: String::new(),
        year: 2026,
        previous_subject: String::new(),
    }
}

pub(super) fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder");
    write(dir.path(), "acme/_layout.html", LAYOUT);
    for (path, source) in files {
        write(dir.path(), path, source);
    }
    dir
}

pub(super) fn write(dir: &Path, path: &str, source: &str) {
    let path = dir.join(path);
    fs::create_dir_all(path.parent().expect("in a folder")).expect("create the folder");
    fs::write(path, source).expect("write the template");
}

fn render_one(source: &str, context: &MailContext) -> Result<Rendered, RenderError> {
    let dir = folder(&[("acme/sales/hello.html", source)]);
    TemplateStore::open(dir.path()).expect("a folder").render("acme", "hello", context)
}

fn reason(source: &str, context: &MailContext) -> String {
    render_one(source, context).expect_err("must not render").to_string()
}

#[test]
fn values_are_escaped_in_html_and_plain_elsewhere() {
    let mail = render_one(MAIL, &context()).expect("renders");
    assert_eq!(mail.subject, "A word with Tom & Priya's <Sweets>");
    assert_eq!(mail.preheader, "Two minutes & no more");
    assert!(
        mail.html.contains("<title>A word with Tom &amp; Priya&#x27;s &lt;Sweets&gt;</title>"),
        "{}",
        mail.html
    );
}

#[test]
fn the_text_part_reads_like_the_mail_and_names_the_addresses() {
    let mail = render_one(MAIL, &context()).expect("renders");
    assert_eq!(
        mail.text,
        "Hello\n\nHi Priya,\n\nWe looked at your site and saw three things that keep people from booking.\n\n\
         Talk to us (https://acme.example/contact) or write to hello@acme.example\n\n-- \n\
         Acme Pty Ltd\nUnsubscribe: https://acme.example/u/abc?a=1&b=2\n"
    );
}

#[test]
fn missing_templates_are_named() {
    let dir = folder(&[("acme/sales/hello.html", MAIL)]);
    let store = TemplateStore::open(dir.path()).expect("a folder");
    assert_eq!(
        store.render("acme", "../../etc/passwd", &context()),
        Err(RenderError::UnknownTemplate { brand: "acme".into(), key: "../../etc/passwd".into() })
    );
    assert!(!store.exists("other", "hello"));
    assert!(!store.exists("acme", "_layout"));
    assert_eq!(store.keys("acme"), ["hello"]);
}

#[test]
fn variants_are_those_that_exist() {
    let dir = folder(&[("acme/sales/hello.html", MAIL), ("acme/sales/hello_short.html", MAIL)]);
    let store = TemplateStore::open(dir.path()).expect("a folder");
    assert_eq!(store.variants("acme", "hello"), ["hello_short"]);
    assert!(store.variants("acme", "hello_short").is_empty());
}

#[test]
fn one_key_twice_is_refused() {
    let dir = folder(&[("acme/sales/hello.html", MAIL), ("acme/backlink/hello.html", MAIL)]);
    assert!(matches!(TemplateStore::open(dir.path()), Err(OpenError::DuplicateKey { .. })));
}

#[test]
fn unfit_mails_are_refused_with_the_reason() {
    let without = |part: &str| MAIL.replace(part, "");
    for (source, said) in [
        (without("<p>{{ contact.salutation }}</p>"), "the greeting is missing"),
        (without("We looked at your site and saw three things that keep people from booking."), "no message"),
        (without("Two minutes & no more"), "the preview text is empty"),
        (without(r#"A word with {{ contact.company or "you" }}"#), "the subject is empty"),
        (MAIL.replace("Hello", "{{ '{{ name }}' }}"), "contains \u{201c}{{\u{201d}"),
        (MAIL.replace("Hello", "Dear None"), "contains \u{201c}None\u{201d}"),
        (MAIL.replace("Hello", "{{ none }}"), "the value is none"),
        (MAIL.replace("Hello", "{{ contact.nickname }}"), "contact.nickname"),
        (MAIL.replace("Hello", "{% if %}"), "hello.html, line"),
        (
            MAIL.replace(
                "Hello",
                "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}",
            ),
            "fuel",
        ),
        (MAIL.replace("Hello", "{{ 'long words ' * 20000 }}"), "more than 100 kB"),
        (MAIL.replace("acme/_layout", "acme/_none"), "_none.html"),
    ] {
        let reason = reason(&source, &context());
        assert!(reason.contains(said), "expected {said:?} in {reason:?}");
    }
}

#[test]
fn a_lost_opt_out_is_refused() {
    let dir = folder(&[("acme/sales/hello.html", MAIL)]);
    write(dir.path(), "acme/_layout.html", &LAYOUT.replace("href=\"{{ unsubscribe_url }}\"", "href=\"#\""));
    let store = TemplateStore::open(dir.path()).expect("a folder");
    let reason = store.render("acme", "hello", &context()).expect_err("must not render").to_string();
    assert!(reason.contains("the unsubscribe link is missing"), "{reason}");
}

#[test]
fn a_contact_named_by_a_broken_export_is_refused() {
    let mut context = context();
    context.contact.salutation = "Hi None,".into();
    assert!(reason(MAIL, &context).contains("None"));
    context.contact.salutation = "  ".into();
    assert!(reason(MAIL, &context).contains("no greeting"));
}

#[test]
fn the_other_subject_uses_the_same_variables_and_stays_one_line() {
    let dir = folder(&[("acme/sales/hello.html", MAIL)]);
    let store = TemplateStore::open(dir.path()).expect("a folder");
    let mut context = context();
    context.contact.company = "Sweets\r\nBcc: all@example.com".into();
    let subject =
        |template| store.render_with_subject("acme", "hello", Some(template), &context).map(|m| m.subject);
    assert_eq!(
        subject("{% if contact.company %}{{ contact.company }}{% endif %}: a question").expect("renders"),
        "Sweets Bcc: all@example.com: a question"
    );
    for faulty in [
        "",
        "{{ nobody }}",
        "{{ contact.first_name",
        "{% include 'acme/sales/hello.html' %}",
        "{{ 'x' * 100000000 }}",
        "{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}x",
    ] {
        assert!(matches!(subject(faulty), Err(RenderError::Subject { .. })), "{faulty}");
    }
}

#[test]
fn development_sees_changed_and_added_files_at_once() {
    let dir = folder(&[("acme/sales/hello.html", MAIL)]);
    let store = TemplateStore::open_reloading(dir.path()).expect("a folder");
    assert_eq!(
        store.render("acme", "hello", &context()).expect("renders").preheader,
        "Two minutes & no more"
    );
    write(
        dir.path(),
        "acme/sales/hello.html",
        &MAIL.replace("Two minutes & no more", "Five minutes at the most"),
    );
    write(dir.path(), "acme/sales/added.html", MAIL);
    assert_eq!(
        store.render("acme", "hello", &context()).expect("renders").preheader,
        "Five minutes at the most"
    );
    assert!(store.exists("acme", "added"));
}

const WRAPPER: &str = r#"{% extends "acme/_layout.html" %}
{% block subject %}{{ draft.subject }}{% endblock %}
{% block preheader %}{{ draft.preheader }}{% endblock %}
{% block content %}<p>{{ contact.salutation }}</p>
{% for lines in draft.paragraphs %}<p>{{ lines | join(" / ") }}</p>{% endfor %}
{% if draft.button %}<a href="{{ draft.button.url | safe }}">{{ draft.button.label }}</a>{% endif %}{% endblock %}"#;

fn draft(body: &str, url: &str) -> Draft {
    Draft {
        subject: "Two ideas".into(),
        preheader: "For the festival weeks".into(),
        body: body.into(),
        button: Some(DraftButton { label: "Yes".into(), url: url.into() }),
    }
}

#[test]
fn written_mails_are_wrapped_and_their_words_are_never_markup() {
    let dir = folder(&[("acme/general/generic.html", WRAPPER)]);
    let store = TemplateStore::open(dir.path()).expect("a folder");
    let body = "We read your <b>page</b> and would change two things.\r\n \r\n\nFirst line\nsecond line\n";
    let mail =
        store.render_draft("acme", &draft(body, "https://acme.example/go"), &context()).expect("renders");
    assert_eq!((mail.subject.as_str(), mail.preheader.as_str()), ("Two ideas", "For the festival weeks"));
    assert!(mail.html.contains("<p>We read your &lt;b&gt;page&lt;&#x2f;b&gt; and"), "{}", mail.html);
    assert!(mail.html.contains("<p>First line &#x2f; second line</p>"), "{}", mail.html);
    assert_eq!(mail.html.matches("<p>").count(), 4, "{}", mail.html);
}

#[test]
fn written_mails_that_are_not_fit_to_be_sent_are_refused() {
    let dir = folder(&[("acme/general/generic.html", WRAPPER), ("other/sales/hello.html", MAIL)]);
    let store = TemplateStore::open(dir.path()).expect("a folder");
    let body = "We read your page and would change two things on it at once.";
    let said = |brand, draft: &Draft| {
        store.render_draft(brand, draft, &context()).expect_err("must not render").to_string()
    };
    for url in ["http://acme.example", "javascript:alert(1)", "", "//acme.example"] {
        assert!(said("acme", &draft(body, url)).contains("neither https: nor mailto:"), "{url}");
    }
    let fine = "https://acme.example";
    assert!(said("acme", &draft("", fine)).contains("no message"));
    assert!(said("acme", &draft(&format!("{body} {{{{ name }}}}"), fine)).contains("{{"));
    assert!(said("other", &draft(body, fine)).contains("no template"));
    // A stage that names the wrapper is blocked with a reason.
    assert!(store.render("acme", GENERIC, &context()).expect_err("no draft").to_string().contains("draft"));
}
