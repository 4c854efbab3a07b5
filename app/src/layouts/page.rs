use leptos::prelude::*;
use leptos::text_prop::TextProp;
use leptos_meta::Title;

use super::clock_control::ClockControl;
use super::use_links;
use crate::any::CollectAny;

/// A place above the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crumb {
    label: String,
    path: String,
}

impl Crumb {
    /// The place's name and its path without a brand: `Crumb::new("Deals", "/deals")`.
    pub fn new(label: impl Into<String>, path: impl Into<String>) -> Self {
        Self { label: label.into(), path: path.into() }
    }
}

/// A page inside the frame: its top bar and its main column. Everything under a route of the frame is wrapped in one.
///
/// `<Page title="Deals">…</Page>`, `<Page title="Sharma" crumbs=vec![Crumb::new("Deals", "/deals")]>…</Page>`; a board
/// passes `fill=true` and its pipeline menu as `head`.
#[component]
pub fn Page(
    /// The browser's title, and the words in the top bar.
    #[prop(into)]
    title: Signal<String>,
    /// Places above this page.
    #[prop(optional)]
    crumbs: Vec<Crumb>,
    /// Stands in the top bar instead of the title.
    #[prop(optional, into)]
    head: Option<ViewFnOnce>,
    /// Stands at the end of the top bar, before the demo's clock.
    #[prop(optional, into)]
    tools: Option<ViewFnOnce>,
    /// The page fills the window and scrolls inside: boards and mailbox.
    #[prop(optional)]
    fill: bool,
    children: Children,
) -> impl IntoView {
    let head = match head {
        Some(head) => head.run(),
        None if crumbs.is_empty() => {
            view! { <div class="topbar__title">{move || title.get()}</div> }.into_any()
        }
        None => view! { <Crumbs crumbs=crumbs title=title/> }.into_any(),
    };
    view! {
        <Title text=window_title(title)/>
        <header class="topbar">
            {head}
            <div class="topbar__end">{tools.map(ViewFnOnce::run)} <ClockControl/></div>
        </header>
        <main class=if fill { "main main--fill" } else { "main" } id="main" tabindex="-1">
            {children()}
        </main>
    }
}

/// The server reads the title when all else is drawn; what it derives from may be gone by then, so it gets the words of
/// now.
#[cfg(feature = "ssr")]
fn window_title(title: Signal<String>) -> TextProp {
    title.get_untracked().into()
}

#[cfg(not(feature = "ssr"))]
fn window_title(title: Signal<String>) -> TextProp {
    // The window asks for the titles of pages that go at this moment, too.
    (move || title.try_get().unwrap_or_default()).into()
}

#[component]
fn Crumbs(crumbs: Vec<Crumb>, title: Signal<String>) -> impl IntoView {
    let links = use_links();
    let above = crumbs
        .into_iter()
        .map(|crumb| view! { <li><a href=move || links.to(&crumb.path)>{crumb.label}</a></li> })
        .collect_any();
    view! {
        <nav class="crumbs" aria-label="Breadcrumb">
            <ol>
                {above}
                <li aria-current="page">{move || title.get()}</li>
            </ol>
        </nav>
    }
}
