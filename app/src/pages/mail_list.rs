//! The list of mails beside an open one: days, a search, a filter, and the way to earlier mails.

use leptos::prelude::*;

use super::listing::{ListAddress, SearchBox};
use crate::any::CollectAny;
use crate::components::{EmptyState, IconName};

/// What stands there when no mail passes.
#[derive(Clone, Copy)]
pub(super) struct Nothing {
    pub icon: IconName,
    pub title: &'static str,
    pub text: &'static str,
}

/// Mails by day, newest first. `days`: each heading with its lines.
#[component]
pub(super) fn MailList(
    days: Vec<(String, AnyView)>,
    /// The last mail shown, when there are earlier ones.
    older: Option<String>,
    /// What the list holds, for who can't see it.
    label: &'static str,
    nothing: Nothing,
    filter: AnyView,
) -> impl IntoView {
    let address = ListAddress::here();
    let Nothing { icon, title, text } = nothing;
    let nothing = days.is_empty().then(|| view! { <EmptyState icon=icon small=true title=title text=text/> });
    let days = days
        .into_iter()
        .map(|(heading, mails)| view! { <p class="mailbox__day">{heading}</p><ol>{mails}</ol> })
        .collect_any();
    let newest = move || {
        (!address.value("before").is_empty())
            .then(|| view! { <a class="button button--small" href=move || address.with(&[("mail", "")])>"Newest"</a> })
    };
    let older = older.map(|id| {
        view! {
            <a class="button button--small" href=move || address.with(&[("before", &id), ("mail", "")])>"Earlier mails"</a>
        }
    });
    view! {
        <section class="mailbox__list" aria-label="Mails">
            <div class="mailbox__search">
                <SearchBox label="Search mails" placeholder="Name, address or subject"/>
                {filter}
            </div>
            <div class="mailbox__items" tabindex="0" role="region" aria-label=label>
                {days}
                {nothing}
                <p class="pager">{move || newest()} {older}</p>
            </div>
        </section>
    }
}

/// Links that show one part of the list each: label, value of `show`, and what stands beside the label.
pub(super) fn show_filter(choices: Vec<(&'static str, &'static str, AnyView)>) -> AnyView {
    let address = ListAddress::here();
    let choices = choices
        .into_iter()
        .map(|(label, value, count)| {
            let chosen = move || address.value("show") == value;
            view! {
                <a
                    href=move || address.with(&[("show", value), ("mail", "")])
                    aria-current=move || chosen().then_some("true")
                >
                    {label}
                    {count}
                </a>
            }
        })
        .collect_any();
    view! { <div class="segmented" role="group" aria-label="Show">{choices}</div> }.into_any()
}

/// Where a line leads: its mail, in the same place of the list.
pub(super) fn to_mail(id: String) -> impl Fn() -> String + Clone + Send + Sync {
    let address = ListAddress::here();
    move || address.with(&[("mail", &id), ("before", &address.value("before"))])
}
