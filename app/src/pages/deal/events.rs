use domain::engagement::{EventKind, Verdict};
use domain::pipeline::DealStatus;
use domain::view::board::When;
use domain::view::deal::{DecisionLine, Happening, TimelineEntry};
use leptos::prelude::*;

use super::mail_entry::MailEntry;
use crate::any::CollectAny;
use crate::components::{Icon, IconName, Notice, NoticeKind, StatusBadge, Time};

/// One entry of the timeline: its picture and its words.
pub fn entry(entry: TimelineEntry, person: &str) -> AnyView {
    let TimelineEntry { at, what } = entry;
    match what {
        Happening::Mail(mail) => {
            frame("event__icon event__icon--info", IconName::Emails, view! { <MailEntry mail=mail at=at/> })
        }
        Happening::Event { kind, verdict, reason, subject, url } => {
            let (class, icon) = look(kind, verdict);
            frame(class, icon, hit(person, kind, verdict, &reason, &subject, url, at))
        }
        Happening::Move { who, from, to, status, same_stage, reason } => {
            let (class, icon) = match status {
                DealStatus::Won => ("event__icon event__icon--good", IconName::Won),
                DealStatus::Lost => ("event__icon", IconName::Lost),
                DealStatus::Paused if same_stage => ("event__icon", IconName::Pause),
                DealStatus::Active if same_stage => ("event__icon", IconName::Play),
                DealStatus::Active | DealStatus::Paused => ("event__icon", IconName::Move),
            };
            frame(class, icon, moved(who, from, to, status, same_stage, reason, at))
        }
        Happening::Note { who, body, is_task, due, done } => {
            frame("event__icon", IconName::Note, note(who, body, is_task, due, done, at))
        }
        Happening::Decision(decision) => {
            frame("event__icon", IconName::Decisions, view! { <Decision decision=decision at=at/> })
        }
        Happening::Reply { from, subject, body, intent, confidence, reason, needs_review } => {
            let head = line(view! { <span><b>{from}</b>" replied "<StatusBadge of=intent/></span> }, at);
            let review = needs_review.then(|| {
                view! { <Notice kind=NoticeKind::Warning>"The autopilot isn't sure what this means: a person decides."</Notice> }
            });
            let how = format!("{confidence} % sure: {reason}");
            let view = view! {
                {head}
                <div class="event__card">
                    <p class="event__text"><b>{subject}</b>"\n"{body}</p>
                    <div class="mail__meta"><span>{how}</span></div>
                </div>
                {review}
            };
            frame("event__icon event__icon--good", IconName::Reply, view)
        }
    }
}

fn frame(class: &'static str, icon: IconName, body: impl IntoView + 'static) -> AnyView {
    view! {
        <span class=class aria-hidden="true"><Icon name=icon/></span>
        <div class="event__body">{body}</div>
    }
    .into_any()
}

fn line(words: impl IntoView + 'static, at: When) -> AnyView {
    view! { <div class="event__line">{words}<Time instant=at.instant text=at.text full=at.full/></div> }
        .into_any()
}

const fn look(kind: EventKind, verdict: Verdict) -> (&'static str, IconName) {
    match (kind, verdict) {
        (EventKind::Open | EventKind::Click, Verdict::Machine) => ("event__icon", IconName::Robot),
        (EventKind::Open, Verdict::Human | Verdict::Unknown) => ("event__icon", IconName::Eye),
        (EventKind::Click, Verdict::Human | Verdict::Unknown) => {
            ("event__icon event__icon--good", IconName::Click)
        }
        (EventKind::Reply, _) => ("event__icon event__icon--good", IconName::Reply),
        (EventKind::Bounce | EventKind::SoftBounce, _) => ("event__icon event__icon--bad", IconName::MailX),
        (EventKind::Complaint, _) => ("event__icon event__icon--bad", IconName::Spam),
        (EventKind::Unsubscribe, _) => ("event__icon event__icon--bad", IconName::Unsubscribe),
    }
}

fn hit(
    person: &str,
    kind: EventKind,
    verdict: Verdict,
    reason: &str,
    subject: &str,
    url: Option<String>,
    at: When,
) -> AnyView {
    let who = match (kind, verdict) {
        (_, Verdict::Machine) => "A machine".to_owned(),
        (EventKind::Bounce | EventKind::SoftBounce, _) => "The mail server".to_owned(),
        (_, Verdict::Human | Verdict::Unknown) => person.to_owned(),
    };
    let did = match kind {
        EventKind::Open => " opened ",
        EventKind::Click => " clicked in ",
        EventKind::Reply => " replied to ",
        EventKind::Bounce => " refused ",
        EventKind::SoftBounce => " put off ",
        EventKind::Complaint => " marked as spam ",
        EventKind::Unsubscribe => " unsubscribed from ",
    };
    let class = match verdict {
        Verdict::Human => "verdict verdict--human",
        Verdict::Machine | Verdict::Unknown => "verdict verdict--machine",
    };
    let icon = match verdict {
        Verdict::Human => IconName::Check,
        Verdict::Machine => IconName::Robot,
        Verdict::Unknown => IconName::Unverified,
    };
    let title = format!("{}: {reason}", verdict.label());
    let url = url.map(|url| view! { <span class="faint">{format!(" {url}")}</span> });
    let words = view! {
        <span>
            <b>{who}</b>
            {did}
            <b>{subject.to_owned()}</b>
            {url}
            " "
            <span class=class title=title><Icon name=icon/><span>{verdict.label()}</span></span>
        </span>
    };
    line(words, at)
}

fn moved(
    who: String,
    from: Option<String>,
    to: String,
    status: DealStatus,
    same_stage: bool,
    reason: String,
    at: When,
) -> AnyView {
    let what = match (from, same_stage, status) {
        (_, true, DealStatus::Paused) => view! { " paused this deal" }.into_any(),
        (_, true, DealStatus::Active) => view! { " resumed this deal" }.into_any(),
        (_, true, DealStatus::Won | DealStatus::Lost) => {
            view! { " closed this deal in "<b>{to}</b> }.into_any()
        }
        (Some(from), false, _) => view! { " moved this deal from "<b>{from}</b>" to "<b>{to}</b> }.into_any(),
        (None, false, _) => view! { " began this deal in "<b>{to}</b> }.into_any(),
    };
    let reason = (!reason.is_empty()).then(|| format!(": {reason}"));
    line(view! { <span><b>{who}</b>{what}{reason}</span> }, at)
}

fn note(who: String, body: String, is_task: bool, due: Option<String>, done: bool, at: When) -> AnyView {
    let kind = match (is_task, done) {
        (false, _) => " added a note".to_owned(),
        (true, true) => " did a task".to_owned(),
        (true, false) => {
            due.map_or_else(|| " added a task".to_owned(), |due| format!(" added a task, due {due}"))
        }
    };
    let head = line(view! { <span><b>{who}</b>{kind}</span> }, at);
    view! { {head}<div class="event__card event__card--note"><p class="event__text">{body}</p></div> }
        .into_any()
}

/// A decision of the autopilot, with its receipt behind a disclosure.
#[component]
fn Decision(decision: DecisionLine, at: When) -> impl IntoView {
    let outcome = decision.outcome;
    let by = decision.decided_by.map(|name| format!(" by {name}"));
    let words = view! {
        <span>
            "Autopilot: "<b>{decision.action.label()}</b>" "<StatusBadge of=outcome/>{by}". "{decision.reasoning}
        </span>
    };
    let guards = decision
        .guards
        .into_iter()
        .map(|(name, passed, detail)| {
            let icon = if passed { IconName::Check } else { IconName::Hourglass };
            view! { <li class=(!passed).then_some("guards__stop")><Icon name=icon/><span>{format!("{name}: {detail}")}</span></li> }
        })
        .collect_any();
    let otherwise = (!decision.counterfactual.is_empty()).then(
        || view! { <p class="meta">{format!("What would have changed it: {}", decision.counterfactual)}</p> },
    );
    view! {
        {line(words, at)}
        <details class="event__receipt">
            <summary class="meta">"Receipt"</summary>
            <div class="stack stack--tight">
                <p class="meta">{format!("Rule: {} · engine: {}", decision.rule, decision.engine)}</p>
                <ul class="guards" aria-label="Guards">{guards}</ul>
                {otherwise}
            </div>
        </details>
    }
}
