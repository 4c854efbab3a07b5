use domain::view::import::UploadProblem;
use leptos::prelude::*;
use leptos::{ev, html};
use leptos_router::hooks::use_query_map;

use crate::components::{Button, ButtonKind, Icon, IconName, Notice, NoticeKind, SelectField};
use crate::layouts::use_links;

/// The upload form. A plain form: it works before the browser's half has loaded.
#[component]
pub fn Upload(
    /// Slug and name.
    brands: Vec<(String, String)>,
    largest_mb: u32,
) -> impl IntoView {
    let query = use_query_map();
    let refused = move || {
        let problem = query.with(|query| query.get("problem"))?;
        problem.parse::<UploadProblem>().ok().map(|problem| problem.label().to_owned())
    };
    let links = use_links();
    let chosen = untrack(|| links.brand().get());
    let first = brands
        .iter()
        .find(|(slug, _)| *slug == chosen)
        .or_else(|| brands.first())
        .map(|(slug, _)| slug.clone())
        .unwrap_or_default();
    let brand = RwSignal::new(first.clone());
    let input: NodeRef<html::Input> = NodeRef::new();
    let (name, too_large, over, busy) =
        (RwSignal::new(String::new()), RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    let chose = move |_| {
        let file = input.get().and_then(|input| input.files()).and_then(|files| files.get(0));
        too_large.set(file.as_ref().is_some_and(|file| file.size() > f64::from(largest_mb) * 1_048_576.0));
        name.set(file.map(|file| file.name()).unwrap_or_default());
        over.set(false);
    };
    let send = move |event: ev::SubmitEvent| {
        if too_large.get_untracked() {
            event.prevent_default();
        } else {
            busy.set(true);
        }
    };
    let brand_field = if brands.len() > 1 {
        view! { <SelectField id="brand" label="Brand" name="brand" choices=brands value=brand help="The contacts belong to this brand only."/> }
            .into_any()
    } else {
        view! { <input type="hidden" name="brand" value=first/> }.into_any()
    };
    view! {
        <form class="stack" method="post" action="/imports/upload" enctype="multipart/form-data" on:submit=send>
            {move || refused().map(|text| view! { <Notice kind=NoticeKind::Error>{text}</Notice> })}
            {move || {
                too_large
                    .get()
                    .then(|| view! { <Notice kind=NoticeKind::Error>{UploadProblem::TooLarge.label()}</Notice> })
            }}
            {brand_field}
            <div
                class=move || if over.get() { "drop drop--over" } else { "drop" }
                on:dragenter=move |_| over.set(true)
                on:dragleave=move |_| over.set(false)
                on:drop=move |_| over.set(false)
            >
                <Icon name=IconName::Import size=20/>
                <label class="drop__title" for="file">
                    {move || if name.with(String::is_empty) { "Drop a CSV here, or ".to_owned() } else { format!("{} · ", name.get()) }}
                    <u>{move || if name.with(String::is_empty) { "choose a file" } else { "choose another" }}</u>
                </label>
                <p>
                    {format!(
                        "Comma, semicolon or tab, up to {largest_mb} MB. HubSpot, Pipedrive and Google exports are recognised.",
                    )}
                </p>
                <input
                    type="file"
                    id="file"
                    name="file"
                    accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values"
                    required
                    node_ref=input
                    on:change=chose
                />
            </div>
            <div class="row">
                <Button kind=ButtonKind::Primary submit=true busy=busy disabled=too_large>
                    {move || if busy.get() { "Uploading…" } else { "Upload and check columns" }}
                </Button>
            </div>
        </form>
    }
}
