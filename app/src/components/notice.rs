use leptos::prelude::*;

use super::{Icon, IconName};

/// How urgent a notice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NoticeKind {
    #[default]
    Info,
    Good,
    Warning,
    Error,
}

/// A paragraph that must be noticed, in the flow of the page.
#[component]
pub fn Notice(#[prop(optional)] kind: NoticeKind, children: Children) -> impl IntoView {
    let (class, icon, role) = match kind {
        NoticeKind::Info => ("notice", IconName::Info, None),
        NoticeKind::Good => ("notice notice--good", IconName::Check, None),
        NoticeKind::Warning => ("notice notice--warning", IconName::Alert, None),
        NoticeKind::Error => ("notice notice--error", IconName::Alert, Some("alert")),
    };
    view! { <div class=class role=role><Icon name=icon/><div>{children()}</div></div> }
}
