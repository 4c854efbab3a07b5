use leptos::prelude::*;

use super::field::described_by;
use super::text_field::field;

/// The one multi-line input; a bare `<textarea>` is forbidden elsewhere (`cargo xtask test` looks for it).
///
/// Leptos 0.8 writes the children of `<textarea>` unescaped on the server, so a stored `</textarea><script>` would run.
/// The value goes in as `inner_html`, escaped here, and as a property once the browser's half runs.
#[component]
pub fn TextArea(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    value: RwSignal<String>,
    #[prop(optional, into)] name: Option<String>,
    #[prop(default = 3)] rows: u16,
    #[prop(optional, into)] placeholder: Option<String>,
    #[prop(optional, into)] help: Option<String>,
    #[prop(optional, into)] error: MaybeProp<String>,
    #[prop(optional)] required: bool,
    #[prop(optional)] optional: bool,
    /// Leaves out the frame of a field: the label is for screen readers only (the note box of a timeline).
    #[prop(optional)]
    bare: bool,
    /// Called on Ctrl + Enter or ⌘ + Enter.
    #[prop(optional, into)]
    on_submit: Option<Callback<()>>,
) -> impl IntoView {
    let has_help = help.is_some();
    let described = {
        let id = id.clone();
        move || described_by(&id, has_help, error.with(Option::is_some))
    };
    let area = view! {
        <textarea
            class="textarea"
            id=id.clone()
            name=name
            rows=rows.to_string()
            placeholder=placeholder
            required=required
            aria-label=bare.then(|| label.clone())
            aria-invalid=move || error.with(Option::is_some).then_some("true")
            aria-describedby=described
            prop:value=move || value.get()
            on:input=move |event| value.set(event_target_value(&event))
            on:keydown=move |event| {
                if let Some(on_submit) = on_submit
                    && event.key() == "Enter"
                    && (event.ctrl_key() || event.meta_key())
                {
                    event.prevent_default();
                    on_submit.run(());
                }
            }
            inner_html=escaped(&value.get_untracked())
        ></textarea>
    };
    if bare { area.into_any() } else { field(id, label, help, error, optional, area).into_any() }
}

/// Text as it may stand inside `<textarea>`. Browsers drop one newline right after the tag, so one more is added.
fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 1);
    if text.starts_with('\n') {
        html.push('\n');
    }
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            other => html.push(other),
        }
    }
    html
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use leptos::prelude::*;

    use super::TextArea;

    fn rendered(text: &str) -> String {
        let text = text.to_owned();
        Owner::new().with(|| {
            let value = RwSignal::new(text);
            view! { <TextArea id="note" label="Note" value=value/> }.to_html()
        })
    }

    #[test]
    fn stored_markup_stays_inert() {
        let html = rendered("</textarea><script>alert(1)</script>");
        assert!(!html.contains("<script"), "{html}");
        assert_eq!(html.matches("</textarea>").count(), 1, "{html}");
        assert!(html.contains("&lt;/textarea&gt;&lt;script&gt;alert(1)"), "{html}");
    }

    #[test]
    fn the_server_writes_the_value_once_and_unharmed() {
        let html = rendered("Ring Priya & Arjun\n< 5 pm");
        assert!(html.contains(">Ring Priya &amp; Arjun\n&lt; 5 pm</textarea>"), "{html}");
    }

    #[test]
    fn a_first_newline_survives_the_parser() {
        assert!(rendered("\nline").contains(">\n\nline</textarea>"));
    }

    #[test]
    fn a_bare_one_still_has_a_name() {
        let html = Owner::new().with(|| {
            view! { <TextArea id="note" label="Note" value=RwSignal::new(String::new()) bare=true/> }
                .to_html()
        });
        assert!(html.contains("aria-label=\"Note\""), "{html}");
    }
}
