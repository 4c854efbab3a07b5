mod deaf;
mod figures;
mod lines;

use domain::view::today::{Section, TodayView};
use leptos::prelude::*;

use crate::any::CollectAny;
use crate::components::{EmptyState, IconName, LinkButton, Load};
use crate::layouts::{Page, use_links, use_refresh};
use crate::server_fns::today::today;
use crate::wire::blocking;
use deaf::Deaf;
use figures::Figures;

/// What needs the person now.
#[component]
pub fn Today() -> impl IntoView {
    let links = use_links();
    let refresh = use_refresh();
    let view = blocking(move || (links.brand().get(), refresh.track()), |(brand, _)| today(brand));
    view! { <Page title="Today"><Load resource=view let:view><Content view=view/></Load></Page> }.into_any()
}

#[component]
fn Content(view: TodayView) -> impl IntoView {
    let plan = plan_words(view.planned_total());
    if view.waiting == 0 {
        return view! { <NothingWaits view=view plan=plan/> }.into_any();
    }
    let lead = format!("{} {plan}", waiting_words(view.waiting));
    let TodayView { greeting, deaf, replies, proposals, blocked, overdue, by_hand, tasks, .. } = view.clone();
    view! {
        <div class="page page--reading">
            <header class="page__head"><div><h1>{greeting}</h1><p>{lead}</p></div></header>
            <Deaf brands=deaf/>
            <div class="today">
                <div class="today__main">
                    {section("Replies", "replies", replies, None, lines::reply)}
                    {section("Waiting for approval", "proposals", proposals, Some("/decisions?status=proposed"), lines::proposal)}
                    {section("Blocked", "blocked", blocked, Some("/deals?only=blocked"), lines::blocked)}
                    {section("Due by hand", "tasks", tasks, None, lines::task)}
                    {section("Your turn", "by-hand", by_hand, Some("/deals?kind=progress&sort=next"), lines::by_hand)}
                    {section("Overdue", "overdue", overdue, Some("/deals?only=overdue"), lines::overdue)}
                </div>
                <Figures view=view/>
            </div>
        </div>
    }
    .into_any()
}

/// A heading with the count of all, the first lines, and a link to the rest.
fn section<T: 'static, V: IntoView + 'static>(
    title: &'static str,
    key: &'static str,
    section: Section<T>,
    rest: Option<&'static str>,
    line: fn(T) -> V,
) -> Option<impl IntoView> {
    let links = use_links();
    let shown = i64::try_from(section.first.len()).unwrap_or(0);
    let total = section.total;
    (shown > 0).then(|| {
        let more = rest.filter(|_| total > shown).map(|path| {
            view! { <a class="link push meta" href=move || links.to(path)>{format!("All {total}")}</a> }
        });
        view! {
            <section class="section" aria-labelledby=format!("s-{key}") data-section=key>
                <header class="section__head">
                    <h2 id=format!("s-{key}")>{title}</h2>
                    <span class="meta num">{total}</span>
                    {more}
                </header>
                <ul class="todo-list">{section.first.into_iter().map(line).collect_any()}</ul>
            </section>
        }
    })
}

#[component]
fn NothingWaits(view: TodayView, plan: String) -> impl IntoView {
    let links = use_links();
    view! {
        <div class="page page--reading">
            <header class="page__head"><div><h1>{view.greeting.clone()}</h1><p>{plan}</p></div></header>
            <Deaf brands=view.deaf.clone()/>
            <div class="today">
                <div class="today__main">
                    <EmptyState
                        icon=IconName::Today
                        title="Nothing needs you"
                        text="Replies, proposals, blocked deals and tasks appear here."
                    >
                        <LinkButton href=Signal::derive(move || links.to("/board"))>"Open the board"</LinkButton>
                        <LinkButton href=Signal::derive(move || links.to("/imports"))>"Import contacts"</LinkButton>
                    </EmptyState>
                </div>
                <Figures view=view/>
            </div>
        </div>
    }
}

/// "Twelve things need a person."
fn waiting_words(count: i64) -> String {
    const SMALL: [&str; 13] = [
        "No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven",
        "Twelve",
    ];
    let number = usize::try_from(count)
        .ok()
        .and_then(|count| SMALL.get(count))
        .map_or_else(|| count.to_string(), |word| (*word).to_owned());
    if count == 1 {
        format!("{number} thing needs a person.")
    } else {
        format!("{number} things need a person.")
    }
}

/// "The autopilot takes up 63 deals today."
fn plan_words(count: i64) -> String {
    match count {
        0 => "The autopilot has nothing planned for the rest of today.".to_owned(),
        1 => "The autopilot takes up one deal today.".to_owned(),
        count => format!("The autopilot takes up {count} deals today."),
    }
}

#[cfg(test)]
mod tests {
    use super::{plan_words, waiting_words};

    #[test]
    fn counts_are_said_in_sentences() {
        assert_eq!(waiting_words(1), "One thing needs a person.");
        assert_eq!(waiting_words(12), "Twelve things need a person.");
        assert_eq!(waiting_words(130), "130 things need a person.");
        assert_eq!(plan_words(1), "The autopilot takes up one deal today.");
    }
}
