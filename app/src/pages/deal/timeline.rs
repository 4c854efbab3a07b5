use domain::view::deal::{Happening, TimelineDay};
use leptos::prelude::*;

use super::events::entry;
use crate::any::CollectAny;
use crate::components::{EmptyState, IconName, Segment, Segmented};

/// What has happened, newest first, by day; narrowed to one kind if asked for.
#[component]
pub fn Timeline(
    days: Vec<TimelineDay>,
    /// Older entries were left out.
    cut: bool,
    /// The contact's name.
    #[prop(into)]
    person: String,
) -> impl IntoView {
    if days.is_empty() {
        return view! {
            <EmptyState
                icon=IconName::Clock
                title="Nothing has happened yet"
                text="Mails, opens, replies, moves and notes appear here, newest first."
            />
        }
        .into_any();
    }
    let shown = RwSignal::new("all".to_owned());
    let choices = vec![
        Segment::new("all", "All"),
        Segment::new("mails", "Mails"),
        Segment::new("moves", "Moves"),
        Segment::new("notes", "Notes"),
    ];
    let list = days.into_iter().map(|day| view_of(day, &person, shown)).collect_any();
    view! {
        <div class="detail__filter"><Segmented label="Show" choices=choices value=shown/></div>
        <ol class="timeline">{list}</ol>
        {cut.then(|| view! { <p class="meta">"Older entries are left out."</p> })}
    }
    .into_any()
}

fn view_of(day: TimelineDay, person: &str, shown: RwSignal<String>) -> impl IntoView {
    let groups: Vec<&'static str> = day.entries.iter().map(|entry| group(&entry.what)).collect();
    let passes = move |group: &str| shown.with(|shown| shown == "all" || shown == group);
    let any = move || groups.iter().any(|group| passes(group));
    let entries = day
        .entries
        .into_iter()
        .map(|line| {
            let group = group(&line.what);
            view! { <li class="event" hidden=move || !passes(group)>{entry(line, person)}</li> }
        })
        .collect_any();
    view! { <li class="timeline__day" hidden=move || !any()>{day.heading}</li>{entries} }
}

const fn group(what: &Happening) -> &'static str {
    match what {
        Happening::Mail(_) | Happening::Event { .. } | Happening::Reply { .. } => "mails",
        Happening::Move { .. } | Happening::Decision(_) => "moves",
        Happening::Note { .. } => "notes",
    }
}
