use leptos::prelude::*;

use super::{Icon, IconName};

/// Nothing here yet: what this is for, and the first step (children: the buttons).
#[component]
pub fn EmptyState(
    icon: IconName,
    #[prop(into)] title: String,
    #[prop(into)] text: String,
    /// For panels and columns.
    #[prop(optional)]
    small: bool,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class=if small { "empty empty--small" } else { "empty" }>
            <span class="empty__icon"><Icon name=icon size=20/></span>
            <h2>{title}</h2>
            <p>{text}</p>
            {children.map(|children| view! { <div class="empty__actions">{children()}</div> })}
        </div>
    }
}
