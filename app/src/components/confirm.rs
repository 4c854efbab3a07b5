use leptos::prelude::*;

use super::{Button, ButtonKind, Dialog};

/// Asks before something that can't be undone. The button says what happens ("Close 14 deals"), never "OK".
#[component]
pub fn Confirm(
    #[prop(into)] id: String,
    #[prop(into)] title: Signal<String>,
    /// What will happen, and what can't be taken back.
    #[prop(into)]
    text: Signal<String>,
    #[prop(into)] action: Signal<String>,
    open: RwSignal<bool>,
    #[prop(into)] on_confirm: Callback<()>,
    /// Red: something ends or is lost.
    #[prop(optional)]
    danger: bool,
) -> impl IntoView {
    let kind = if danger { ButtonKind::Danger } else { ButtonKind::Primary };
    let confirm = move |()| {
        open.set(false);
        on_confirm.run(());
    };
    let foot: Children = Box::new(move || {
        view! {
            <Button on_press=move |()| open.set(false)>"Cancel"</Button>
            <Button kind=kind on_press=confirm>{move || action.get()}</Button>
        }
        .into_any()
    });
    view! { <Dialog id=id title=title open=open foot=foot><p>{move || text.get()}</p></Dialog> }
}
