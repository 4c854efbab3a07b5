use leptos::prelude::*;

use super::account_menu::AccountMenu;
use super::brand_menu::BrandMenu;
use super::destinations::{Destination, INBOX, SETTINGS, WORK, records};
use super::{use_frame, use_links};
use crate::any::CollectAny;
use crate::components::{Icon, IconName};

/// Brand, places and account. Folded it shows pictures only.
#[component]
pub(super) fn Sidebar(folded: RwSignal<bool>, #[prop(into)] on_fold: Callback<()>) -> impl IntoView {
    let demo =
        use_frame().with_untracked(|frame| frame.as_ref().is_some_and(|frame| frame.demo_clock.is_some()));
    view! {
        <aside class="sidebar" aria-label="Navigation">
            <BrandMenu/>
            <nav class="sidebar__nav" aria-label="Main">
                <ul>{WORK.iter().map(|place| entry(*place)).collect_any()}</ul>
                <ul>{records(demo).into_iter().map(entry).collect_any()}</ul>
            </nav>
            <div class="sidebar__foot">
                <ul>
                    {entry(SETTINGS)}
                    <li class="sidebar__fold">
                        <button
                            type="button"
                            class="nav-item"
                            title=move || fold_label(folded.get())
                            aria-expanded=move || if folded.get() { "false" } else { "true" }
                            on:click=move |_| on_fold.run(())
                        >
                            <Icon name=IconName::Fold/>
                            <span>{move || fold_label(folded.get())}</span>
                        </button>
                    </li>
                    <li><AccountMenu/></li>
                </ul>
            </div>
        </aside>
    }
}

const fn fold_label(folded: bool) -> &'static str {
    if folded { "Unfold sidebar" } else { "Fold sidebar" }
}

fn entry(place: Destination) -> impl IntoView {
    let (links, frame) = (use_links(), use_frame());
    // Mails that wait for a person.
    let count = move || {
        let waiting = frame.with(|frame| frame.as_ref().and_then(|frame| frame.inbox));
        waiting.filter(|count| *count > 0 && place.path == INBOX.path)
    };
    view! {
        <li>
            <a
                class="nav-item"
                href=move || links.to(place.path)
                title=move || match count() {
                    Some(count) => format!("{}: {count} to decide", place.label),
                    None => place.label.to_owned(),
                }
                aria-current=move || links.is_at(place.path).then_some("page")
            >
                <Icon name=place.icon/>
                <span>{place.label}</span>
                {move || {
                    count().map(|count| {
                        view! { <span class="nav-item__count nav-item__count--new" aria-hidden="true">{count}</span> }
                    })
                }}
            </a>
        </li>
    }
}
