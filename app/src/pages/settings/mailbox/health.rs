use domain::mailing::MailboxHealth;
use domain::view::board::When;
use domain::view::mailboxes::HealthView;
use leptos::prelude::*;

use crate::components::{Badge, BadgeKind, Button, IconName, Notice, NoticeKind, Time, use_toasts};
use crate::layouts::use_refresh;
use crate::server_fns::mailboxes::check_mailbox;

/// How it goes: a word, a sentence, and the figures behind them.
#[component]
pub(super) fn Health(slug: String, health: HealthView) -> impl IntoView {
    let (toasts, refresh) = (use_toasts(), use_refresh());
    let busy = RwSignal::new(false);
    let check = move |()| {
        let slug = slug.clone();
        busy.set(true);
        leptos::task::spawn_local(async move {
            let outcome = check_mailbox(slug).await;
            let _ = busy.try_set(false);
            match outcome {
                Ok(()) => {
                    toasts.good("Started: a worker looks within seconds.");
                    // A short look is over by then, and a long one shows as reading.
                    set_timeout(move || refresh.now(), std::time::Duration::from_secs(3));
                }
                Err(error) => toasts.problem(error.to_string()),
            }
        });
    };
    let may_check = health.state != MailboxHealth::Off;
    let (kind, icon, word) = look(health.state);
    let reading = health
        .is_reading
        .then(|| view! { <Badge kind=BadgeKind::Info icon=IconName::Hourglass label="Reading now"/> });
    let error = health.last_error.map(|error| {
        let kind = if error.is_over { NoticeKind::Info } else { NoticeKind::Error };
        let before = if error.is_over { "It went well again since. " } else { "" };
        view! {
            <Notice kind=kind>
                <p>{before} {error.words} " " <span class="muted">{moment(error.at)}</span></p>
            </Notice>
        }
    });
    let backlog = if health.backlog == 0 { "–".to_owned() } else { health.backlog.to_string() };
    view! {
        <section class="panel">
            <header class="panel__head">
                <h2>"Health"</h2>
                <span class="push">
                    {may_check.then(|| view! {
                        <Button small=true icon=IconName::Play busy=busy on_press=check>"Check now"</Button>
                    })}
                </span>
            </header>
            <div class="panel__body stack">
                <p class="row row--wrap"><Badge kind=kind icon=icon label=word/>{reading}<span>{health.words}</span></p>
                {error}
                <dl class="health-facts">
                    <div><dt>"Last look that went well"</dt><dd>{perhaps(health.checked)}</dd></div>
                    <div><dt>"Next look"</dt><dd>{perhaps(health.next)}</dd></div>
                    <div><dt>"Newest mail read"</dt><dd>{perhaps(health.last_mail)}</dd></div>
                    <div><dt>"Lag"</dt><dd>{dash(health.lag)}</dd></div>
                    <div><dt>"Waiting"</dt><dd class="num">{backlog}</dd></div>
                    <div><dt>"Mails read"</dt><dd class="num">{health.mails_read}</dd></div>
                    <div><dt>"Read up to number"</dt><dd class="num">{dash(health.position)}</dd></div>
                    <div><dt>"Mail from"</dt><dd>{health.read_since} " on"</dd></div>
                </dl>
            </div>
        </section>
    }
}

const fn look(state: MailboxHealth) -> (BadgeKind, IconName, &'static str) {
    match state {
        MailboxHealth::Off => (BadgeKind::Neutral, IconName::Pause, "Off"),
        MailboxHealth::New => (BadgeKind::Outline, IconName::New, "New"),
        MailboxHealth::Ok => (BadgeKind::Good, IconName::Check, "OK"),
        MailboxHealth::Behind => (BadgeKind::Warning, IconName::Hourglass, "Behind"),
        MailboxHealth::Failing => (BadgeKind::Bad, IconName::Alert, "Failing"),
    }
}

fn moment(at: When) -> impl IntoView {
    view! { <Time instant=at.instant text=at.text full=at.full/> }
}

fn perhaps(at: Option<When>) -> AnyView {
    match at {
        Some(at) => moment(at).into_any(),
        None => dash(String::new()).into_any(),
    }
}

fn dash(text: String) -> String {
    if text.is_empty() { "–".to_owned() } else { text }
}
