use domain::autopilot::TemplateVariant;
use domain::mailing::MessageState;
use domain::view::board::When;
use domain::view::deal::MailLine;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::any::CollectAny;
use crate::components::{Icon, IconName, MailFrame, StatusBadge, Time};
use crate::error::AppError;
use crate::server_fns::deal::read_mail;

/// A mail of ours: subject, verdicts and first line; its text when opened.
#[component]
pub fn MailEntry(mail: MailLine, at: When) -> impl IntoView {
    let body = RwSignal::new(None::<Result<String, AppError>>);
    let id = mail.id;
    let on_toggle = move |_| {
        if body.with_untracked(Option::is_none) {
            spawn_local(async move { body.set(Some(read_mail(id).await.map(|body| body.html))) });
        }
    };
    let title = format!("Mail: {}", mail.subject);
    let state = (mail.state != MessageState::Sent).then(|| view! { <StatusBadge of=mail.state/> });
    let reason = (!mail.reason.is_empty()).then(|| view! { <span>{mail.reason.clone()}</span> });
    let template =
        (!mail.template.is_empty()).then(|| view! { <span>{format!("Template {}", mail.template)}</span> });
    // A version of the template is named with it; only the plain one has a second subject.
    let version = mail.variant.parse::<TemplateVariant>().is_ok();
    let subject = (!version).then(|| view! { <span>{format!("Subject {}", mail.variant)}</span> });
    let text = move || match body.get() {
        None => view! { <p class="loading event__text" role="status">"Loading…"</p> }.into_any(),
        Some(Ok(html)) => view! { <MailFrame title=title.clone() html=html/> }.into_any(),
        Some(Err(error)) => view! { <p class="event__text" role="alert">{error.to_string()}</p> }.into_any(),
    };
    view! {
        <details class="mail event__card" on:toggle=on_toggle>
            <summary>
                <span class="mail__subject">{mail.subject.clone()}</span>
                <span class="mail__time"><Time instant=at.instant text=at.text full=at.full/></span>
                <span class="mail__first">{mail.first_line.clone()}</span>
                <span class="mail__verdicts">{state}<Verdicts mail=mail.clone()/></span>
            </summary>
            <div class="mail__meta">
                <span>{format!("To {}", mail.to)}</span>
                {template}
                {subject}
                {mail.is_test.then(|| view! { <span>"Test"</span> })}
                {reason}
            </div>
            {move || text()}
        </details>
    }
}

/// What became of a mail, as pictures with counts.
#[component]
fn Verdicts(mail: MailLine) -> impl IntoView {
    let times = |count: i64| {
        if count == 1 { "once".to_owned() } else { format!("{count} times") }
    };
    let human = "verdict verdict--human";
    let marks = [
        (
            mail.opens > 0,
            human,
            IconName::Eye,
            mail.opens,
            format!("Opened {} by a person", times(mail.opens)),
        ),
        (mail.clicks > 0, human, IconName::Click, mail.clicks, format!("Clicked {}", times(mail.clicks))),
        (mail.replied, human, IconName::Reply, 1, "Answered".to_owned()),
        (
            mail.machine_opens > 0,
            "verdict verdict--machine",
            IconName::Robot,
            mail.machine_opens,
            format!("Opened {} by a machine", times(mail.machine_opens)),
        ),
        (mail.bounced, "verdict verdict--bad", IconName::MailX, 1, "Bounced".to_owned()),
    ];
    marks
        .into_iter()
        .filter(|(shown, ..)| *shown)
        .map(|(_, class, icon, count, title)| {
            view! {
                <span class=class title=title.clone()>
                    <Icon name=icon/>
                    <span aria-hidden="true">{count}</span>
                    <span class="sr-only">{title.clone()}</span>
                </span>
            }
        })
        .collect_any()
}
