use domain::MailboxFailureId;
use domain::view::mailboxes::{FailureLine, FailureView};
use leptos::prelude::*;

use crate::any::CollectAny;
use crate::components::{Button, Column, DataTable, Dialog, Icon, IconName, Time, use_toasts};
use crate::layouts::use_refresh;
use crate::server_fns::mailboxes::{deal_with_failure, mailbox_failure};

/// Mails that could not be read, for a person. Nothing while there are none.
#[component]
pub(super) fn Failures(slug: String, failures: Vec<FailureLine>) -> impl IntoView {
    if failures.is_empty() {
        return ().into_any();
    }
    let toasts = use_toasts();
    let (open, shown) = (RwSignal::new(false), RwSignal::new(None::<FailureView>));
    let of = slug.clone();
    let show = Callback::new(move |id: MailboxFailureId| {
        let slug = of.clone();
        leptos::task::spawn_local(async move {
            match mailbox_failure(slug, id).await {
                Ok(found) => {
                    let _ = shown.try_set(Some(found));
                    let _ = open.try_set(true);
                }
                Err(error) => toasts.problem(error.to_string()),
            }
        });
    });
    let left = failures.iter().filter(|failure| !failure.is_dealt_with).count();
    let head = match left {
        0 => "all dealt with".to_owned(),
        left => format!("{left} to look at"),
    };
    let columns = vec![
        Column::text("From"),
        Column::text("Subject"),
        Column::text("Why"),
        Column::text("Arrived"),
        Column::number("Size"),
        Column::tools("Actions"),
    ];
    let rows = failures.into_iter().map(|failure| line(failure, show)).collect_any();
    view! {
        <section class="section">
            <header class="section__head"><h2>"Mails that were passed over"</h2><span class="meta">{head}</span></header>
            <div class="panel">
                <DataTable caption="Mails that were passed over" columns=columns inset=true>{rows}</DataTable>
            </div>
            {source(slug, open, shown)}
        </section>
    }
    .into_any()
}

fn line(failure: FailureLine, show: Callback<MailboxFailureId>) -> impl IntoView {
    let id = failure.id;
    let from = if failure.from.is_empty() { "Unknown sender".to_owned() } else { failure.from };
    let subject = if failure.subject.is_empty() { "–".to_owned() } else { failure.subject };
    let arrived = failure.arrived;
    view! {
        <tr class=failure.is_dealt_with.then_some("faint")>
            <th scope="row" class="clip" data-phone="title">{from}</th>
            <td class="clip" data-phone="sub">{subject}</td>
            <td class="clip"><span title=failure.reason.clone()>{failure.reason.clone()}</span></td>
            <td data-phone="end"><Time instant=arrived.instant text=arrived.text full=arrived.full/></td>
            <td class="num">{failure.size}</td>
            <td class="shrink" data-phone="sub-end">
                <button type="button" class="button button--quiet button--small" on:click=move |_| show.run(id)>
                    <Icon name=IconName::Eye/>
                    "View"
                </button>
            </td>
        </tr>
    }
}

fn source(slug: String, open: RwSignal<bool>, shown: RwSignal<Option<FailureView>>) -> impl IntoView {
    let (toasts, refresh) = (use_toasts(), use_refresh());
    let busy = RwSignal::new(false);
    let done = move |()| {
        let Some(id) = shown.with_untracked(|shown| shown.as_ref().map(|found| found.line.id)) else {
            return;
        };
        let slug = slug.clone();
        busy.set(true);
        leptos::task::spawn_local(async move {
            let outcome = deal_with_failure(slug, id).await;
            let _ = busy.try_set(false);
            match outcome {
                Ok(()) => {
                    let _ = open.try_set(false);
                    refresh.now();
                }
                Err(error) => toasts.problem(error.to_string()),
            }
        });
    };
    let is_done = move || shown.with(|shown| shown.as_ref().is_some_and(|found| found.line.is_dealt_with));
    let foot: Children = Box::new(move || {
        view! {
            <Button on_press=move |()| open.set(false)>"Close"</Button>
            <Button busy=busy disabled=Signal::derive(is_done) on_press=done>"Mark as dealt with"</Button>
        }
        .into_any()
    });
    let body = move || {
        shown.get().map(|found| {
            let cut = (!found.is_whole).then(|| view! { <p class="meta">"Only the beginning is kept here; the whole mail is in the mailbox."</p> });
            let source = if found.source.is_empty() { "Nothing of it could be fetched.".to_owned() } else { found.source };
            view! {
                <p>{found.line.reason}</p>
                {cut}
                <pre class="mail-source" tabindex="0">{source}</pre>
            }
        })
    };
    let title = Signal::derive(move || {
        shown.with(|shown| match shown {
            Some(found) if !found.line.subject.is_empty() => found.line.subject.clone(),
            Some(_) | None => "Mail without a subject".to_owned(),
        })
    });
    view! { <Dialog id="mailbox-failure" title=title open=open wide=true foot=foot>{move || body()}</Dialog> }
}
