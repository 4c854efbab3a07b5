use leptos::prelude::*;

use super::{Icon, IconName};

/// How loud a button is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ButtonKind {
    /// The most likely action: one per view.
    Primary,
    #[default]
    Secondary,
    /// No outline: tools and closing.
    Quiet,
    /// Ends or removes something.
    Danger,
}

impl ButtonKind {
    fn class(self, small: bool, bare: bool) -> String {
        let kind = match self {
            Self::Primary => " button--primary",
            Self::Secondary => "",
            Self::Quiet => " button--quiet",
            Self::Danger => " button--danger",
        };
        let small = if small { " button--small" } else { "" };
        let bare = if bare { " button--icon" } else { "" };
        format!("button{kind}{small}{bare}")
    }
}

/// A button that says what happens. `type="button"` unless `submit`. `busy` keeps its width, disables it and tells
/// screen readers. With `bare` it shows only the icon and `label` becomes its name; use children otherwise.
#[component]
pub fn Button(
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional, into)] icon: Option<IconName>,
    #[prop(optional)] small: bool,
    #[prop(optional)] bare: bool,
    #[prop(optional)] submit: bool,
    #[prop(optional, into)] label: MaybeProp<String>,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional, into)] busy: Signal<bool>,
    /// Called on click; leave it out for a submit button.
    #[prop(optional, into)]
    on_press: Option<Callback<()>>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <button
            type=if submit { "submit" } else { "button" }
            class=kind.class(small, bare)
            aria-label=move || label.get()
            title=move || if bare { label.get() } else { None }
            disabled=move || disabled.get() || busy.get()
            aria-busy=move || busy.get().then_some("true")
            on:click=move |_| {
                if let Some(on_press) = on_press {
                    on_press.run(());
                }
            }
        >
            {icon.map(|name| view! { <Icon name=name/> })}
            {children.map(|children| children())}
        </button>
    }
}

/// A link that looks like a button: for going somewhere, never for changing something.
#[component]
pub fn LinkButton(
    #[prop(into)] href: Signal<String>,
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional, into)] icon: Option<IconName>,
    #[prop(optional)] small: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <a href=move || href.get() class=kind.class(small, false)>
            {icon.map(|name| view! { <Icon name=name/> })}
            {children()}
        </a>
    }
}
