use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

use super::{Icon, IconName};

/// A button and the menu it opens: a native popover (light dismiss, Esc, focus back on the button; works before the
/// browser's half has loaded), with arrow keys on top. On a phone it rises as a sheet.
#[component]
pub fn Menu(
    /// Unique in the page.
    #[prop(into)]
    id: String,
    /// What the menu is: "More actions".
    #[prop(into)]
    label: String,
    /// Class of the button.
    #[prop(default = "button button--icon")]
    class: &'static str,
    /// Lines up with the button's right edge.
    #[prop(optional)]
    end: bool,
    /// What the button shows; the label is its name when this is only a picture.
    #[prop(into)]
    face: ViewFnOnce,
    /// [`MenuItem`], [`MenuLink`], [`MenuRule`].
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    let focus_first = move |_| {
        if let Some(menu) = node.get_untracked()
            && menu.matches(":popover-open").unwrap_or(false)
        {
            focus(&menu, Step::First);
        }
    };
    let close = move |_| {
        if let Some(menu) = node.get_untracked() {
            let _ = menu.hide_popover();
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let step = match event.key().as_str() {
            "ArrowDown" => Step::Next,
            "ArrowUp" => Step::Previous,
            "Home" => Step::First,
            "End" => Step::Last,
            _ => return,
        };
        event.prevent_default();
        if let Some(menu) = node.get_untracked() {
            focus(&menu, step);
        }
    };
    view! {
        <button type="button" class=class popovertarget=id.clone() aria-haspopup="menu" aria-label=label.clone() title=label.clone()>
            {face.run()}
        </button>
        <div
            class=if end { "menu menu--end" } else { "menu" }
            id=id
            popover="auto"
            role="menu"
            aria-label=label
            node_ref=node
            on:toggle=focus_first
            on:keydown=on_key
            on:click=close
        >
            {children()}
        </div>
    }
}

/// A line of a [`Menu`] that does something.
#[component]
pub fn MenuItem(
    #[prop(into)] on_press: Callback<()>,
    #[prop(optional, into)] icon: Option<IconName>,
    #[prop(optional)] danger: bool,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// A short word at the end: a key or a count.
    #[prop(optional, into)]
    hint: Option<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <button
            type="button"
            role="menuitem"
            class=if danger { "menu__item menu__item--danger" } else { "menu__item" }
            disabled=move || disabled.get()
            on:click=move |_| on_press.run(())
        >
            {icon.map(|name| view! { <Icon name=name/> })}
            {children()}
            {hint.map(|hint| view! { <span class="menu__end">{hint}</span> })}
        </button>
    }
}

/// A line of a [`Menu`] that goes somewhere. `chosen` makes it one choice of several, ticked or not.
#[component]
pub fn MenuLink(
    #[prop(into)] href: String,
    #[prop(optional, into)] icon: Option<IconName>,
    #[prop(optional, into)] chosen: MaybeProp<bool>,
    #[prop(optional, into)] hint: Option<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <a
            class="menu__item"
            href=href
            role=move || if chosen.get().is_some() { "menuitemradio" } else { "menuitem" }
            aria-checked=move || chosen.get().map(|chosen| if chosen { "true" } else { "false" })
        >
            {icon.map(|name| view! { <Icon name=name/> })}
            {children()}
            {hint.map(|hint| view! { <span class="menu__end">{hint}</span> })}
        </a>
    }
}

/// A line between groups of a [`Menu`].
#[component]
pub fn MenuRule() -> impl IntoView {
    view! { <hr/> }
}

#[derive(Clone, Copy)]
enum Step {
    First,
    Last,
    Next,
    Previous,
}

fn focus(menu: &web_sys::HtmlDivElement, step: Step) {
    let Ok(items) = menu.query_selector_all("[role^=menuitem]:not(:disabled)") else {
        return;
    };
    let count = items.length();
    if count == 0 {
        return;
    }
    let active = document().active_element();
    let at = (0..count).find(|&index| {
        items
            .item(index)
            .is_some_and(|item| active.as_ref().is_some_and(|active| active.is_same_node(Some(&item))))
    });
    let to = match (step, at) {
        (Step::First, _) | (Step::Next, None) => 0,
        (Step::Last, _) | (Step::Previous, None) => count - 1,
        (Step::Next, Some(at)) => (at + 1) % count,
        (Step::Previous, Some(at)) => (at + count - 1) % count,
    };
    if let Some(item) = items.item(to).and_then(|item| item.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = item.focus();
    }
}
