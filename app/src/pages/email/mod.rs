//! The page of one mail.

mod actions;
mod events;

use domain::MessageId;
use domain::view::email::EmailView;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::any::CollectAny;
use crate::components::{
    Badge, BadgeKind, IconName, LinkButton, Load, MailFrame, Notice, NoticeKind, StatusBadge, TierBadge, Time,
};
use crate::error::AppError;
use crate::layouts::{Crumb, Page, use_links, use_refresh};
use crate::paths;
use crate::server_fns::listings::email;
use crate::wire::blocking;
use actions::{UnclearActions, WaitingActions};
use domain::mailing::MessageState;
use events::{Events, Tries};

/// One mail: envelope and events left, the mail itself right.
#[component]
pub fn EmailPage() -> impl IntoView {
    let params = use_params_map();
    let refresh = use_refresh();
    let id = Memo::new(move |_| {
        params.with(|params| params.get("id").and_then(|id| id.parse::<MessageId>().ok()))
    });
    let mail = blocking(
        move || (id.get(), refresh.track()),
        |(id, _)| async move {
            match id {
                Some(id) => email(id).await,
                None => Err(AppError::NotFound),
            }
        },
    );
    view! { <Load resource=mail let:view><Whole view=view/></Load> }.into_any()
}

#[component]
fn Whole(view: EmailView) -> impl IntoView {
    view! {
        <Page title=view.subject.clone() crumbs=vec![Crumb::new("Emails", "/emails")]><Content view=view/></Page>
    }
}

#[component]
fn Content(view: EmailView) -> impl IntoView {
    let links = use_links();
    let (contact, deal) = (view.contact.map(paths::contact), view.deal.map(paths::deal));
    let title = format!("Mail: {}", view.subject);
    let (html, text, events, tries) =
        (view.html.clone(), view.text.clone(), view.events.clone(), view.tries.clone());
    let waiting = view.waits.then(|| view! { <WaitingActions view=view.clone()/> });
    let unclear =
        (view.state == MessageState::Unknown).then(|| view! { <UnclearActions view=view.clone()/> });
    let test =
        view.is_test.then(|| view! { " " <Badge kind=BadgeKind::Outline icon=IconName::Eye label="Test"/> });
    view! {
        <div class="detail">
            <header class="detail__head">
                <div class="detail__name">
                    <h1>{view.subject.clone()} " " <StatusBadge of=view.state/> {test}</h1>
                    <p>"To " {view.to_name.clone()}</p>
                </div>
                <div class="detail__actions">
                    {waiting} {unclear}
                    {contact.map(|contact| view! { <LinkButton href=Signal::derive(move || links.to(&contact))>"Contact"</LinkButton> })}
                    {deal.map(|deal| view! { <LinkButton href=Signal::derive(move || links.to(&deal))>"Deal"</LinkButton> })}
                </div>
            </header>
            <div class="detail__columns">
                <aside class="detail__side" aria-label="Envelope" tabindex="0">
                    {reason(view.state, view.reason.clone())}
                    <div class="detail__facts"><Envelope view=view/></div>
                </aside>
                <section class="detail__main stack stack--loose" aria-label="Mail">
                    <MailFrame title=title html=html class="mail__frame panel"/>
                    <details class="panel">
                        <summary class="panel__body">"Text part"</summary>
                        <p class="event__text">{text}</p>
                    </details>
                    <Events events=events/>
                    <Tries tries=tries/>
                </section>
            </div>
        </div>
    }
}

fn reason(state: MessageState, reason: String) -> Option<impl IntoView> {
    let kind = match state {
        MessageState::Failed => NoticeKind::Error,
        MessageState::Unknown | MessageState::Blocked => NoticeKind::Warning,
        MessageState::Draft
        | MessageState::Scheduled
        | MessageState::Queued
        | MessageState::Sending
        | MessageState::Sent
        | MessageState::Cancelled => NoticeKind::Info,
    };
    (!reason.is_empty()).then(|| view! { <Notice kind=kind><p>{reason}</p></Notice> })
}

#[component]
fn Envelope(view: EmailView) -> impl IntoView {
    let headers =
        view.headers.into_iter().map(|(name, value)| view! { <dt>{name}</dt><dd>{value}</dd> }).collect_any();
    let moment = |label: &'static str, when: domain::view::board::When| {
        view! { <dt>{label}</dt><dd><Time instant=when.instant text=when.text full=when.full/></dd> }
    };
    let template = (!view.template.is_empty()).then(|| view! { <dt>"Template"</dt><dd>{view.template}</dd> });
    let tries = (view.attempts > 1).then(|| view! { <dt>"Tries"</dt><dd class="num">{view.attempts}</dd> });
    let provider =
        (!view.provider_id.is_empty()).then(|| view! { <dt>"Provider’s id"</dt><dd>{view.provider_id}</dd> });
    let tier = view.tier.map(|tier| view! { <dt>"Tier then"</dt><dd><TierBadge tier=tier/></dd> });
    let when = match view.sent {
        Some(sent) => moment("Sent", sent).into_any(),
        None => moment("Not before", view.scheduled).into_any(),
    };
    view! {
        <section class="facts__group">
            <div class="facts__head"><h2>"Sending"</h2></div>
            <dl class="facts">{when} {moment("Written", view.created)} {template} {tier} {tries} {provider}</dl>
        </section>
        <section class="facts__group">
            <div class="facts__head"><h2>"Headers"</h2></div>
            <dl class="facts">{headers}</dl>
        </section>
    }
}
