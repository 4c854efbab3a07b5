use domain::engagement::{EventKind, Verdict};
use domain::view::board::When;
use domain::view::mailbox::LetterEvent;
use leptos::prelude::*;

use crate::any::CollectAny;
use crate::components::{Badge, BadgeKind, IconName};

/// What happened to the mail, in order.
#[component]
pub(super) fn Events(sent: When, events: Vec<LetterEvent>) -> impl IntoView {
    let events = events
        .into_iter()
        .map(|event| {
            let (kind, icon) = look(&event);
            let full = match event.reason.as_str() {
                "" => event.at.full,
                reason => format!("{reason} · {}", event.at.full),
            };
            view! { <span title=full><Badge kind=kind icon=icon label=label(event.kind, event.verdict, &event.at.text)/></span> }
        })
        .collect_any();
    view! {
        <div class="mailbox__events" aria-label="What happened to the mail" role="group">
            <span title=sent.full>
                <Badge kind=BadgeKind::Outline icon=IconName::Send label=format!("Sent {}", sent.text)/>
            </span>
            {events}
        </div>
    }
}

fn look(event: &LetterEvent) -> (BadgeKind, IconName) {
    match (event.kind, event.verdict) {
        (EventKind::Open | EventKind::Click, Verdict::Machine) => (BadgeKind::Neutral, IconName::Robot),
        (EventKind::Open | EventKind::Click, Verdict::Unknown) => {
            (BadgeKind::Unverified, IconName::Unverified)
        }
        (EventKind::Open, Verdict::Human) => (BadgeKind::Good, IconName::Eye),
        (EventKind::Click, Verdict::Human) => (BadgeKind::Good, IconName::Click),
        (EventKind::Reply, _) => (BadgeKind::Good, IconName::Reply),
        (EventKind::Bounce, _) => (BadgeKind::Bad, IconName::MailX),
        (EventKind::SoftBounce, _) => (BadgeKind::Warning, IconName::Hourglass),
        (EventKind::Complaint, _) => (BadgeKind::Bad, IconName::Spam),
        (EventKind::Unsubscribe, _) => (BadgeKind::Neutral, IconName::Unsubscribe),
    }
}

fn label(kind: EventKind, verdict: Verdict, at: &str) -> String {
    match kind {
        EventKind::Open | EventKind::Click => {
            format!("{} {at}, {}", kind.label(), verdict.label().to_ascii_lowercase())
        }
        EventKind::Reply
        | EventKind::Bounce
        | EventKind::SoftBounce
        | EventKind::Complaint
        | EventKind::Unsubscribe => format!("{} {at}", kind.label()),
    }
}
