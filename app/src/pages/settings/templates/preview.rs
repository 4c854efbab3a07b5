use domain::view::template::TemplateMail;
use leptos::prelude::*;

use super::addressee::Addressee;
use super::state::Editor;
use crate::components::{Segment, Segmented, disarmed, in_scheme};

/// The mail as its reader sees it.
#[component]
pub(super) fn Preview(editor: Editor, samples: Vec<(String, String)>) -> impl IntoView {
    let device = RwSignal::new("desktop".to_owned());
    let scheme = RwSignal::new("light".to_owned());
    let devices = vec![
        Segment::new("desktop", "Desktop"),
        Segment::new("phone", "Phone"),
        Segment::new("text", "Text"),
    ];
    let schemes = vec![Segment::new("light", "Light"), Segment::new("dark", "Dark")];
    let is = move |name: &str| device.with(|device| device == name);
    let mail = Memo::new(move |_| editor.preview.with(|preview| preview.mail.clone()));
    let frame = move || match mail.get() {
        None => view! {
            <p class="template-preview__none">"No mail can be written from this text for this contact."</p>
        }
        .into_any(),
        Some(mail) if is("text") => {
            view! { <pre class="template-preview__text" tabindex="0">{mail.text}</pre> }.into_any()
        }
        Some(mail) => {
            let html = disarmed(&in_scheme(&mail.html, scheme.with(|scheme| scheme == "dark")));
            let class = if is("phone") {
                "template-preview__frame template-preview__frame--phone"
            } else {
                "template-preview__frame"
            };
            view! { <iframe class=class sandbox="" title="The mail" srcdoc=html></iframe> }.into_any()
        }
    };
    let head = move || mail.get().map(|mail| view! { <Envelope mail=mail/> });
    view! {
        <div class="template-preview" aria-busy=move || editor.stale.get().then_some("true")>
            <div class="template-preview__bar">
                <Segmented label="Shown on" choices=devices value=device/>
                <Segmented label="Colours" choices=schemes value=scheme/>
            </div>
            <Addressee editor=editor samples=samples/>
            <div class="panel template-preview__mail">
                {move || head()}
                <div class="template-preview__stage" data-scheme=move || scheme.get()>{move || frame()}</div>
            </div>
            <p class="meta">"Remote pictures are left out, links go nowhere, and looking counts as nothing."</p>
        </div>
    }
}

#[component]
fn Envelope(mail: TemplateMail) -> impl IntoView {
    let weight = format!("{} kB of at most 100", mail.kilobytes);
    view! {
        <dl class="facts template-preview__head">
            <dt>"From"</dt>
            <dd>{mail.from}</dd>
            <dt>"To"</dt>
            <dd>{mail.to}</dd>
            <dt>"Subject"</dt>
            <dd data-subject><b>{mail.subject}</b></dd>
            <dt>"Preview text"</dt>
            <dd>{mail.preheader}</dd>
            <dt>"Size"</dt>
            <dd>{weight}</dd>
        </dl>
    }
}
