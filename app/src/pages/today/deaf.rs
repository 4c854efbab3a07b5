use domain::view::today::DeafBrand;
use leptos::prelude::*;

use crate::any::CollectAny;
use crate::components::{Notice, NoticeKind, Time};
use crate::layouts::use_links;

/// Brands that no reply reaches: a “stop” isn't heard there either.
#[component]
pub(super) fn Deaf(brands: Vec<DeafBrand>) -> impl IntoView {
    (!brands.is_empty())
        .then(|| view! { <div class="today__notices">{brands.into_iter().map(notice).collect_any()}</div> })
}

fn notice(brand: DeafBrand) -> impl IntoView {
    let links = use_links();
    let path = format!("/settings/brands/{}/mailbox", brand.slug);
    let since = brand.since;
    let open = brand.may_edit.then(|| {
        view! { <a class="link" href=move || links.to(&path)>"Open the mailbox’s settings"</a> }
    });
    view! {
        <Notice kind=NoticeKind::Error>
            <p>
                {format!("{}’s mailbox hasn’t been read since ", brand.name)}
                <Time instant=since.instant text=since.text full=since.full/>
                ": replies, and whoever asks to be left alone, aren’t heard. "
                {open}
            </p>
        </Notice>
    }
}
