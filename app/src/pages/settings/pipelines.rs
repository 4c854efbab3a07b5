use domain::view::settings::PipelineLine;
use leptos::prelude::*;

use super::SettingsPage;
use crate::any::CollectAny;
use crate::components::{Column, DataTable, Load, StatusBadge};
use crate::layouts::{use_links, use_refresh};
use crate::pages::listing::cell;
use crate::server_fns::settings::pipelines;
use crate::wire::blocking;

/// Every pipeline of the chosen brands.
#[component]
pub fn Pipelines() -> impl IntoView {
    let (links, refresh) = (use_links(), use_refresh());
    let list = blocking(move || (links.brand().get(), refresh.track()), |(brand, _)| pipelines(brand));
    view! {
        <SettingsPage title="Pipelines">
            <header class="page__head">
                <div>
                    <h1>"Pipelines"</h1>
                    <p>"How far the autopilot may go in each pipeline, how long it waits, and which mails it sends."</p>
                </div>
            </header>
            <Load resource=list let:list><Table list=list/></Load>
        </SettingsPage>
    }
    .into_any()
}

#[component]
fn Table(list: Vec<PipelineLine>) -> impl IntoView {
    let columns = vec![
        Column::text("Pipeline"),
        Column::text("Brand"),
        Column::number("Stages"),
        Column::number("Open deals"),
        Column::text("Autopilot"),
    ];
    let rows = list.into_iter().map(line).collect_any();
    view! {
        <div class="panel"><DataTable caption="Pipelines" columns=columns inset=true>{rows}</DataTable></div>
    }
}

fn line(pipeline: PipelineLine) -> impl IntoView {
    let links = use_links();
    let path = format!("/settings/pipelines/{}", pipeline.id);
    view! {
        <tr>
            <th scope="row" data-phone="title"><a class="table__link" href=move || links.to(&path)>{pipeline.name}</a></th>
            <td data-phone="sub">
                <span class="brand-tag"><span class=format!("dot dot--{}", pipeline.brand_slug)></span>{pipeline.brand_name}</span>
            </td>
            <td class="num">{pipeline.stages}</td>
            <td class="num" data-phone="sub-end">{cell(pipeline.open_deals)}</td>
            <td data-phone="end"><StatusBadge of=pipeline.mode/></td>
        </tr>
    }
}
