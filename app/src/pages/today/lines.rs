use domain::view::board::When;
use domain::view::today::{ProposalTodo, ReplyTodo, StuckTodo, TaskTodo};
use leptos::prelude::*;

use crate::components::{Avatar, AvatarSize, Badge, BadgeKind, IconName, StatusBadge, Time, use_toasts};
use crate::layouts::{use_links, use_refresh};
use crate::paths;
use crate::server_fns::today::finish_task;

pub(super) fn reply(todo: ReplyTodo) -> impl IntoView {
    let path = match (todo.deal, todo.contact) {
        (Some(deal), _) => paths::deal(deal),
        (None, Some(contact)) => paths::contact(contact),
        (None, None) => "/emails".to_owned(),
    };
    let badge = if todo.unsure {
        view! { <Badge kind=BadgeKind::Warning icon=IconName::Unverified label="Unsure"/> }.into_any()
    } else {
        view! { <StatusBadge of=todo.intent/> }.into_any()
    };
    let words = if todo.start.is_empty() { "No text".to_owned() } else { format!("“{}”", todo.start) };
    let action = if todo.unsure { "Sort" } else { "Answer" };
    line(todo.name, todo.company, path.clone(), view! { {badge} " " {words} }, todo.at, open(path, action))
}

pub(super) fn proposal(todo: ProposalTodo) -> impl IntoView {
    let path = paths::deal(todo.deal);
    let what = view! { <StatusBadge of=todo.action/> " " {todo.reasoning} };
    line(todo.name, todo.company, path.clone(), what, todo.at, open(path, "Review"))
}

pub(super) fn blocked(todo: StuckTodo) -> impl IntoView {
    let path = paths::deal(todo.deal);
    let action = if todo.lacks_consent {
        open(paths::contact(todo.contact), "Add consent").into_any()
    } else {
        open(path.clone(), "Open").into_any()
    };
    line(todo.name, todo.company, path, todo.reason, todo.since, action)
}

pub(super) fn overdue(todo: StuckTodo) -> impl IntoView {
    let path = paths::deal(todo.deal);
    let what = view! { {todo.stage} {(!todo.reason.is_empty()).then(|| format!(" · {}", todo.reason))} };
    line(todo.name, todo.company, path.clone(), what, todo.since, open(path, "Open"))
}

pub(super) fn by_hand(todo: StuckTodo) -> impl IntoView {
    overdue(todo)
}

pub(super) fn task(todo: TaskTodo) -> impl IntoView {
    let path = todo.deal.map_or_else(|| paths::contact(todo.contact), paths::deal);
    let (toasts, refresh, busy) = (use_toasts(), use_refresh(), RwSignal::new(false));
    let id = todo.id;
    let done = move |_| {
        busy.set(true);
        leptos::task::spawn_local(async move {
            match finish_task(id).await {
                Ok(()) => {
                    toasts.good("Task done.");
                    refresh.now();
                }
                Err(error) => {
                    let _ = busy.try_set(false);
                    toasts.problem(error.to_string());
                }
            }
        });
    };
    let action = view! {
        <button type="button" class="button button--small" disabled=move || busy.get() on:click=done>"Done"</button>
    };
    line(todo.name, todo.company, path, todo.body, todo.due, action)
}

fn open(path: String, label: &'static str) -> impl IntoView {
    let links = use_links();
    view! { <a class="button button--small" href=move || links.to(&path)>{label}</a> }
}

fn line(
    name: String,
    company: String,
    path: String,
    what: impl IntoView + 'static,
    at: When,
    action: impl IntoView + 'static,
) -> impl IntoView {
    let links = use_links();
    view! {
        <li class="todo">
            <Avatar name=name.clone() size=AvatarSize::Large/>
            <div>
                <p class="todo__who"><a href=move || links.to(&path)>{name}</a><small>{company}</small></p>
                <p class="todo__what">{what}</p>
            </div>
            <div class="todo__end">
                <Time instant=at.instant text=at.text full=at.full overdue=at.overdue/>
                {action}
            </div>
        </li>
    }
}
