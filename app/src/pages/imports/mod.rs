//! Importing contacts: the upload with what was imported before, the columns, the progress.

mod columns;
mod counts;
mod earlier;
mod errors;
mod mapping;
mod options;
mod preview;
mod progress;
mod upload;
mod wizard;

use domain::ImportId;
use domain::view::import::{ImportView, ImportsView};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use self::earlier::Earlier;
use self::mapping::Mapping;
use self::progress::Progress;
use self::upload::Upload;
use self::wizard::{Step, Wizard};
use crate::components::Load;
use crate::error::AppError;
use crate::layouts::{Crumb, Page, use_links, use_refresh};
use crate::server_fns::imports::{import, imports};
use crate::wire::blocking;

/// `/imports`.
#[component]
pub fn Imports() -> impl IntoView {
    let (links, refresh) = (use_links(), use_refresh());
    let view = blocking(move || (links.brand().get(), refresh.track()), |(brand, _)| imports(brand));
    view! {
        <Page title="Import">
            <Load resource=view let:view>
                <Start view=view/>
            </Load>
        </Page>
    }
    .into_any()
}

#[component]
fn Start(view: ImportsView) -> impl IntoView {
    let ImportsView { brands, imports, largest_mb } = view;
    view! {
        <div class="page page--reading">
            <header class="page__head">
                <div>
                    <h1>"Import contacts"</h1>
                    <p>"A CSV becomes contacts and, if you like, deals. Nothing is mailed until you have seen the preview."</p>
                </div>
            </header>
            <Wizard at=Step::File/>
            <div class="stack stack--loose">
                <Upload brands=brands largest_mb=largest_mb/>
                <Earlier imports=imports/>
            </div>
        </div>
    }
}

/// `/imports/{id}`.
#[component]
pub fn ImportPage() -> impl IntoView {
    let params = use_params_map();
    let refresh = use_refresh();
    let id =
        Memo::new(move |_| params.with(|params| params.get("id").and_then(|id| id.parse::<ImportId>().ok())));
    let view = blocking(
        move || (id.get(), refresh.track()),
        |(id, _)| async move {
            match id {
                Some(id) => import(id).await,
                None => Err(AppError::NotFound),
            }
        },
    );
    view! {
        <Page title="Import contacts" crumbs=vec![Crumb::new("Import", "/imports")]>
            <Load resource=view let:view>
                {match view {
                    ImportView::Mapping(view) => view! { <Mapping view=*view/> }.into_any(),
                    ImportView::Progress(view) => view! { <Progress view=*view/> }.into_any(),
                }}
            </Load>
        </Page>
    }
    .into_any()
}
