use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

use super::{Icon, IconName};
use crate::effect::effect;

/// What [`Dialog`](super::Dialog) and [`Sheet`](super::Sheet) share: a native modal, so focus stays inside, Esc closes
/// and focus goes back to where it was.
pub(super) fn modal(
    class: &'static str,
    id: String,
    title: Signal<String>,
    open: RwSignal<bool>,
    body: Children,
    foot: Option<Children>,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    effect(move || {
        let wanted = open.get();
        let Some(dialog) = node.get() else { return };
        if wanted && !dialog.open() {
            // Fails only when the node isn't in the document, where it could not be seen anyway.
            let _ = dialog.show_modal();
        } else if !wanted && dialog.open() {
            dialog.close();
        }
    });
    // The dialog itself is hit only beside its content: on the backdrop.
    let close_on_backdrop = move |event: ev::MouseEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlDialogElement>().ok());
        if target.is_some() {
            open.set(false);
        }
    };
    let title_id = format!("{id}-title");
    let labelled_by = title_id.clone();
    view! {
        <dialog
            class=class
            id=id
            aria-labelledby=labelled_by
            node_ref=node
            on:close=move |_| open.set(false)
            on:click=close_on_backdrop
        >
            <header class="dialog__head"><h2 id=title_id>{move || title.get()}</h2></header>
            <div class="dialog__body">{body()}</div>
            {foot.map(|foot| view! { <footer class="dialog__foot">{foot()}</footer> })}
            <button
                type="button"
                class="button button--quiet button--icon dialog__close"
                aria-label="Close"
                on:click=move |_| open.set(false)
            >
                <Icon name=IconName::Close/>
            </button>
        </dialog>
    }
}
