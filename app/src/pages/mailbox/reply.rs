use domain::view::mailbox::MailboxAct;
use leptos::prelude::*;

use super::open::Recipient;
use crate::any::CollectAny;
use crate::components::{Button, ButtonKind, Dialog, IconName, TextArea};

/// Answers that show what each sort of reply leads to.
fn quick_texts(back_on: &str) -> [(&'static str, String, bool); 5] {
    [
        (
            "Interested",
            "Yes, I'm interested. Please send me more details, and call me next week.".to_owned(),
            false,
        ),
        ("Not interested", "Thank you, but we are not interested.".to_owned(), false),
        ("Question", "How much does it cost, and how long does it take?".to_owned(), false),
        (
            "Out of office",
            format!("I am out of the office until {back_on} and will read your mail when I am back."),
            true,
        ),
        ("STOP", "STOP".to_owned(), false),
    ]
}

/// Where the person writes as the recipient.
#[component]
pub(super) fn ReplyDialog(
    person: String,
    /// A day to be back from holidays.
    back_on: String,
    recipient: Recipient,
    open: RwSignal<bool>,
) -> impl IntoView {
    let text = RwSignal::new(String::new());
    // The mail program wrote it, and says so in its headers.
    let automatic = RwSignal::new(false);
    let send = move |()| {
        open.set(false);
        recipient
            .does(MailboxAct::Reply { text: text.get_untracked(), automatic: automatic.get_untracked() });
        text.set(String::new());
        automatic.set(false);
    };
    let chips = quick_texts(&back_on)
        .into_iter()
        .map(|(label, words, by_machine)| {
            let fill = move |_| {
                text.set(words.clone());
                automatic.set(by_machine);
            };
            view! { <button type="button" class="chip" on:click=fill>{label}</button> }
        })
        .collect_any();
    let foot: Children = Box::new(move || {
        view! {
            <Button on_press=move |()| open.set(false)>"Cancel"</Button>
            <Button
                kind=ButtonKind::Primary
                icon=IconName::Send
                disabled=Signal::derive(move || text.with(|text| text.trim().is_empty()))
                on_press=send
            >
                "Send 1 reply"
            </Button>
        }
        .into_any()
    });
    view! {
        <Dialog id="reply-as" title=format!("Reply as {person}") open=open foot=foot>
            <div class="stack">
                <div class="chips" role="group" aria-label="Quick texts">{chips}</div>
                <TextArea id="reply-text" label="Text" value=text rows=6 on_submit=Callback::new(send)/>
                <label class="check">
                    <input
                        type="checkbox"
                        prop:checked=move || automatic.get()
                        on:change=move |event| automatic.set(event_target_checked(&event))
                    />
                    <span class="check__text">"Sent by the mail program itself (out-of-office notice)"</span>
                </label>
            </div>
        </Dialog>
    }
}
