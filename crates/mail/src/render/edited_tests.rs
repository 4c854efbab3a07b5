use super::tests::{LAYOUT, MAIL, context, folder, write};
use super::{Edited, RenderError, TemplateStore, checksum};

fn store() -> (tempfile::TempDir, TemplateStore) {
    let dir = folder(&[("acme/sales/hello.html", MAIL)]);
    write(dir.path(), "other/_layout.html", LAYOUT);
    let store = TemplateStore::open(dir.path()).expect("a folder");
    (dir, store)
}

fn edited(store: &TemplateStore, source: &str) -> Result<String, RenderError> {
    let checksum = checksum(source);
    let edit = Edited { checksum: &checksum, source };
    store.render_edited("acme", "hello", edit, None, &context()).map(|mail| mail.preheader)
}

#[test]
fn an_edit_stands_in_for_the_file_and_leaves_it_alone() {
    let (_dir, store) = store();
    let first = MAIL.replace("Two minutes & no more", "Three minutes");
    let second = MAIL.replace("Two minutes & no more", "Four minutes");
    for _ in 0..2 {
        assert_eq!(edited(&store, &first).expect("renders"), "Three minutes");
        assert_eq!(edited(&store, &second).expect("renders"), "Four minutes");
    }
    let file = store.render("acme", "hello", &context()).expect("renders");
    assert_eq!(file.preheader, "Two minutes & no more");
}

#[test]
fn a_draft_is_rendered_as_it_stands_and_kept_nowhere() {
    let (_dir, store) = store();
    let draft = MAIL.replace("Two minutes & no more", "Five minutes");
    let mail = store.render_source("acme", "hello", &draft, &context()).expect("renders");
    assert_eq!(mail.preheader, "Five minutes");
    assert_eq!(
        store.render("acme", "hello", &context()).expect("renders").preheader,
        "Two minutes & no more"
    );
}

#[test]
fn a_fault_names_the_line_of_the_edit_and_its_file() {
    let (_dir, store) = store();
    let broken = MAIL.replace("<h1>Hello</h1>", "\n<h1>{{ contact.nickname }}</h1>");
    let line = broken.lines().position(|line| line.contains("nickname")).expect("a line") as u32 + 1;
    for error in [
        store.render_source("acme", "hello", &broken, &context()).expect_err("must not render"),
        store
            .render_edited("acme", "hello", Edited { checksum: "abc", source: &broken }, None, &context())
            .expect_err("must not render"),
    ] {
        assert_eq!(error.line(), Some(line), "{error}");
        assert!(error.to_string().contains(&format!("(acme/sales/hello.html, line {line})")), "{error}");
    }
    let unclosed = MAIL.replace("{% block preheader %}", "{% block preheader %");
    let error = store.render_source("acme", "hello", &unclosed, &context()).expect_err("must not compile");
    assert!(error.line().is_some(), "{error}");
}

#[test]
fn another_brands_files_are_out_of_reach() {
    let (_dir, store) = store();
    for (from, to) in [
        ("acme/_layout", "other/_layout"),
        ("acme/_layout", "../acme/_layout"),
        ("acme/_layout", "acme/../other/_layout"),
    ] {
        let error = store
            .render_source("acme", "hello", &MAIL.replace(from, to), &context())
            .expect_err("must not render");
        assert!(matches!(error, RenderError::Template { .. }), "{error}");
    }
}

#[test]
fn what_no_mail_may_have_is_refused() {
    let (_dir, store) = store();
    for (part, said) in [
        ("<script>alert(1)</script>", "<script"),
        ("<IFRAME src=x></IFRAME>", "<iframe"),
        ("<a href=\" JavaScript:alert(1)\">x</a>", "leads nowhere"),
    ] {
        let draft = MAIL.replace("<h1>Hello</h1>", part);
        let error = store.render_source("acme", "hello", &draft, &context()).expect_err("must not render");
        assert!(error.to_string().contains(said), "{error}");
    }
    let unescaped = MAIL.replace("<h1>Hello</h1>", "<h1>{{ contact.company | safe }}</h1>");
    let mut context = context();
    context.contact.company = "<script>x</script>".to_owned();
    assert!(store.render_source("acme", "hello", &unescaped, &context).is_err());
    assert!(store.render_source("acme", "hello", MAIL, &context).is_ok());
}
