//! Pages that are fetched when somebody first goes there.
//!
//! `xtask` cuts the browser's half at the functions below: what only the pages of one part need, comes with that part.

use std::pin::Pin;

use leptos::prelude::*;
use leptos::wasm_split::SplitLoaderError;
use leptos_router::ChooseView;
#[cfg(not(feature = "ssr"))]
use leptos_router::hooks::use_url;

use crate::components::Problem;
use crate::error::AppError;

type Fetching<T> = Pin<Box<dyn Future<Output = Result<T, SplitLoaderError>>>>;

/// A page of a part, as a route's `view`.
#[derive(Clone, Copy)]
pub struct OnDemand {
    #[cfg(feature = "ssr")]
    part: &'static str,
    fetch: fn() -> Fetching<()>,
    draw: fn() -> Fetching<AnyView>,
}

impl ChooseView for OnDemand {
    async fn choose(self) -> AnyView {
        #[cfg(feature = "ssr")]
        announce(self.part);
        (self.draw)().await.unwrap_or_else(|_| view! { <Problem error=AppError::Unreachable/> }.into_any())
    }

    async fn preload(&self) {
        if (self.fetch)().await.is_err() {
            instead().await;
        }
    }
}

/// Lets the document name the part, and the browser fetch it beside the main module. Leptos has a way for this, which
/// runs when all is drawn, on whatever thread that was, and there often finds no page that asks for it.
#[cfg(feature = "ssr")]
fn announce(part: &'static str) {
    use leptos_meta::{Html, Link};
    // What is for the head of the document goes there when it is drawn, and draws nothing.
    let _ = view! { <Html {..} data-part=part/> }.to_html();
    let Some(manifest) = use_context::<leptos::WasmSplitManifest>() else { return };
    let (folder, files, loader) = &*manifest.0.read_value();
    for file in files.get(part).into_iter().flatten() {
        let href = format!("{folder}/{file}.wasm");
        let _ = view! { <Link rel="preload" href=href as_="fetch" type_="application/wasm" crossorigin="anonymous"/> }
            .to_html();
    }
    let _ = view! { <Link rel="modulepreload" href=format!("{folder}/{loader}") crossorigin="anonymous"/> }
        .to_html();
}

/// Fetches the part of the page that the server drew, which the document names: taking a page over must wait for nothing
/// (`xtask/src/front/snip.rs`).
///
/// # Errors
/// When the part does not come: there is no connection, or a new version of the product and no longer a file of that name.
pub async fn first_page() -> Result<(), SplitLoaderError> {
    let named = document().document_element().and_then(|root| root.get_attribute("data-part"));
    let pages = PARTS.iter().filter(|(part, _)| named.as_deref() == Some(part)).flat_map(|(_, pages)| *pages);
    for fetch in pages {
        fetch().await?;
    }
    Ok(())
}

/// What happens when the part of another page does not come. The page that was asked for is then loaded whole, by the
/// browser, which says so when it cannot.
async fn instead() {
    #[cfg(not(feature = "ssr"))]
    {
        let place = use_url().read_untracked().clone();
        let query = if place.search().is_empty() { String::new() } else { format!("?{}", place.search()) };
        let there = format!("{}{query}{}", place.path(), place.hash());
        let location = location();
        let here = [location.pathname(), location.search(), location.hash()]
            .into_iter()
            .flatten()
            .collect::<String>();
        // After “back” the browser is there already, and would not move. Neither fails for an address of ours.
        let _ = if here == there { location.reload() } else { location.set_href(&there) };
    }
    std::future::pending().await
}

/// `part { page = Component, … }`: for each page a function that gives its route's `view`.
macro_rules! parts {
    ($($part:ident { $($page:ident = $component:path),+ $(,)? })+) => { $($(
        mod $page {
            use leptos::prelude::*;
            use leptos::wasm_split::{SplitLoaderError, wasm_split};

            #[wasm_split($part, wasm_split_path = leptos::wasm_split, fallible, preload(fetch))]
            pub(super) fn $page() -> Result<AnyView, SplitLoaderError> {
                Ok(view! { <$component/> }.into_any())
            }
        }

        #[doc = concat!("[`", stringify!($component), "`].")]
        pub fn $page() -> OnDemand {
            OnDemand {
                #[cfg(feature = "ssr")]
                part: stringify!($part),
                fetch: || Box::pin($page::fetch()),
                draw: || Box::pin($page::$page()),
            }
        }
    )+)+

    /// Every part, and what fetches it for each of its pages.
    const PARTS: &[(&str, &[fn() -> Fetching<()>])] =
        &[$((stringify!($part), &[$(|| Box::pin($page::fetch())),+])),+];
    };
}

parts! {
    sign_in { login = crate::pages::Login }
    today { today = crate::pages::Today, decisions = crate::pages::Decisions }
    lists { deals = crate::pages::Deals, contacts = crate::pages::Contacts, emails = crate::pages::Emails }
    contact { contact = crate::pages::ContactPage }
    email { email = crate::pages::EmailPage }
    deal { deal = crate::pages::DealPage }
    board { board_index = crate::pages::BoardIndex, board = crate::pages::BoardPage }
    mail { inbox = crate::pages::Inbox, mailbox = crate::pages::Mailbox }
    imports { imports = crate::pages::Imports, import = crate::pages::ImportPage }
    settings {
        settings = crate::pages::settings::Settings,
        pipelines = crate::pages::settings::Pipelines,
        pipeline = crate::pages::settings::Pipeline,
        jobs = crate::pages::settings::Jobs,
        account = crate::pages::settings::Account,
    }
    brands {
        brands = crate::pages::settings::Brands,
        brand = crate::pages::settings::Brand,
        brand_mailbox = crate::pages::settings::MailboxSettings,
        brand_ai = crate::pages::settings::AiSettings,
    }
    templates { templates = crate::pages::settings::Templates, template = crate::pages::settings::Template }
}
