//! One brand's settings.

mod account;
mod hours;
mod identity;
mod limits;
mod provider;
mod section;
mod test;
mod tracking;

use domain::view::brands::{BrandSettings, Today};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::SettingsPage;
use super::brands::State;
use crate::components::{LinkButton, Load};
use crate::error::AppError;
use crate::layouts::{Crumb, use_refresh};
use crate::server_fns::brands::brand;
use crate::wire::blocking;

/// Who a brand is, how its mail leaves, how much, when, and what is recorded of readers.
#[component]
pub fn Brand() -> impl IntoView {
    let params = use_params_map();
    let refresh = use_refresh();
    let slug = Memo::new(move |_| params.with(|params| params.get("slug").unwrap_or_default()));
    let settings = blocking(
        move || (slug.get(), refresh.track()),
        |(slug, _)| async move { if slug.is_empty() { Err(AppError::NotFound) } else { brand(slug).await } },
    );
    view! { <Load resource=settings let:settings><Sections settings=settings/></Load> }.into_any()
}

#[component]
fn Sections(settings: BrandSettings) -> impl IntoView {
    let BrandSettings { slug, name, sending, today, identity, account, limits, hours, tracking, .. } =
        settings;
    let shown = section::Shown(RwSignal::new(sending));
    provide_context(shown);
    let mailbox = format!("/settings/brands/{slug}/mailbox");
    let ai = format!("/settings/brands/{slug}/ai");
    let waiting = (today.waiting > 0).then(|| match today.waiting {
        1 => "1 mail is due and waits.".to_owned(),
        count => format!("{count} mails are due and wait."),
    });
    view! {
        <SettingsPage title=name.clone() above=vec![Crumb::new("Brands", "/settings/brands")]>
            <header class="page__head">
                <div>
                    <h1>{name}</h1>
                    <div class="brand-head">
                        {move || view! { <State sending=shown.0.get()/> }}
                        <span class="meta num">{figures(&today)} " mails today"</span>
                        {waiting.map(|words| view! { <span class="meta">{words}</span> })}
                    </div>
                </div>
                <span class="push row row--wrap">
                    <LinkButton href=Signal::stored(mailbox)>"Mailbox for replies"</LinkButton>
                    <LinkButton href=Signal::stored(ai)>"AI"</LinkButton>
                </span>
            </header>
            <identity::Identity slug=slug.clone() edit=identity/>
            <account::Account slug=slug.clone() account=account/>
            <limits::Limits slug=slug.clone() edit=limits today=today/>
            <hours::Hours slug=slug.clone() edit=hours zones=settings.zones regions=settings.regions/>
            <tracking::Tracking slug=slug edit=tracking/>
        </SettingsPage>
    }
}

/// "18 of 250", "3 of 20 (warm-up day 2)".
pub(super) fn figures(today: &Today) -> String {
    match today.warm_up_day {
        Some(day) => format!("{} of {} (warm-up day {day})", today.sent, today.cap),
        None => format!("{} of {}", today.sent, today.cap),
    }
}
