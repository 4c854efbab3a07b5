use super::*;

const OPT_OUT: &str = "https://t.desifirms.com.au/u/abc?x=1&y=2";

fn numbered(html: &str) -> Rewritten {
    rewrite(html, OPT_OUT, |index, _| format!("https://t.example/t/c/{index}?a=1&b=2")).expect("plain HTML")
}

#[test]
fn web_links_are_rewritten_and_remembered_in_order() {
    let mail = numbered(
        r#"<p><a class="b" href="https://one.example/?q=1&amp;r=2">One</a> <A HREF='HTTP://two.example'>Two</A></p>"#,
    );
    assert_eq!(mail.targets, ["https://one.example/?q=1&r=2", "HTTP://two.example"]);
    assert_eq!(
        mail.html,
        r#"<p><a class="b" href="https://t.example/t/c/0?a=1&amp;b=2">One</a> <A HREF="https://t.example/t/c/1?a=1&amp;b=2">Two</A></p>"#
    );
}

#[test]
fn escaped_slashes_are_understood() {
    let mail = numbered(r#"<a href="https:&#x2f;&#x2F;one.example&#47;path">One</a>"#);
    assert_eq!(mail.targets, ["https://one.example/path"]);
}

#[test]
fn the_same_target_twice_is_two_links() {
    let mail = numbered(r#"<a href="https://one.example">1</a><a href="https://one.example">2</a>"#);
    assert_eq!(mail.targets.len(), 2);
}

#[test]
fn what_must_stay_direct_stays() {
    for html in [
        r#"<a href="mailto:hello@codeteki.au">Write</a>"#,
        r#"<a href="tel:+61412345678">Call</a>"#,
        r##"<a href="#top">Up</a>"##,
        r#"<a name="here">Here</a>"#,
        r#"<a href="/relative">Relative</a>"#,
        r#"<a href="javascript:alert(1)">No</a>"#,
        r#"<img src="https://one.example/logo.png">"#,
        r#"<a href="https://t.desifirms.com.au/u/abc?x=1&amp;y=2">Unsubscribe</a>"#,
        r#"<!-- <a href="https://one.example">hidden</a> -->"#,
    ] {
        let mail = numbered(html);
        assert_eq!(mail.html, html);
        assert!(mail.targets.is_empty(), "{html}");
    }
}

#[test]
fn links_marked_untracked_stay_and_lose_the_mark() {
    let mail = numbered(r#"<a href="https://one.example" data-track="OFF">One</a>"#);
    assert_eq!(mail.html, r#"<a href="https://one.example">One</a>"#);
    assert!(mail.targets.is_empty());
}

#[test]
fn the_pixel_comes_last_in_the_body_however_it_is_written() {
    for (html, after) in [
        ("<html><body><p>Hi</p></body></html>", "</body></html>"),
        ("<HTML><BODY><p>Hi</p></BODY></HTML>", "</BODY></HTML>"),
        ("<html><body><p>Hi</p></body ></html>", "</body ></html>"),
        ("<html><body><p>Hi</p>", ""),
        ("<p>Hi</p>", ""),
    ] {
        let mail =
            insert_marks(html, None, Some("https://t.example/t/o/abc.gif?a=1&b=2")).expect("plain HTML");
        let (before, rest) = mail.split_once("<img ").expect("has a pixel");
        assert!(before.ends_with("<p>Hi</p>"), "{mail}");
        assert!(rest.ends_with(&format!(";\">{after}")), "{mail}");
        assert!(rest.starts_with(r#"src="https://t.example/t/o/abc.gif?a=1&amp;b=2""#), "{mail}");
    }
}

#[test]
fn a_second_pixel_is_never_added() {
    let once = insert_marks("<p>Hi</p>", None, Some("https://t.example/t/o/abc.gif")).expect("plain HTML");
    assert_eq!(insert_marks(&once, None, Some("https://t.example/t/o/abc.gif")).expect("plain HTML"), once);
}

#[test]
fn the_honeypot_is_invisible_and_added_once() {
    let once =
        insert_marks("<body><p>Hi</p></body>", Some("https://t.example/t/c/trap"), None).expect("plain HTML");
    // Nothing to see, to hear or to reach with the tab key, and nothing a scanner that draws the mail leaves out.
    for hidden in
        ["aria-hidden=\"true\"", "tabindex=\"-1\"", "visibility:hidden", "mso-hide:all", "></a></div></body>"]
    {
        assert!(once.contains(hidden), "{hidden} not in {once}");
    }
    assert!(!once.contains("display:none"), "{once}");
    assert_eq!(insert_marks(&once, Some("https://t.example/t/c/trap"), None).expect("plain HTML"), once);
}

proptest::proptest! {
    #[test]
    fn odd_markup_never_panics(html in "[<>a-z/=\"' &#;!-]{0,200}") {
        let _ = rewrite(&html, OPT_OUT, |_, url| url.to_owned());
        let _ = insert_marks(&html, None, Some("https://t.example/t/o/abc.gif"));
    }

    #[test]
    fn an_address_written_into_an_attribute_reads_back(url in "https://[a-z]{1,8}\\.example/[a-z0-9?&=;\"'<>#%+-]{0,40}") {
        let encoded = encode_attribute(&url);
        let decoded = decode_entities(&encoded);
        proptest::prop_assert_eq!(decoded.as_ref(), url.as_str());
    }
}
