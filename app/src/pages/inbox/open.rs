use domain::view::inbox::{Answered, InboxContact, InboxDeal, OpenInbound};
use leptos::prelude::*;

use super::assign::Assign;
use super::choices::Choices;
use super::triage::Triage;
use crate::components::{Icon, IconName, StatusBadge, Time};
use crate::layouts::use_links;
use crate::pages::listing::ListAddress;
use crate::paths;

/// A mail: what was written, what it answers, what the rules thought, and what a person says.
#[component]
pub(super) fn Open(mail: OpenInbound, triage: Triage) -> impl IntoView {
    let quoted = (!mail.quoted.is_empty()).then(|| {
        view! {
            <details class="inbox__quoted">
                <summary><Icon name=IconName::ChevronRight size=14/> "Whole mail, with what it quotes"</summary>
                <div class="inbox__text">{mail.quoted.clone()}</div>
            </details>
        }
    });
    let text = if mail.text.is_empty() {
        view! { <p class="meta">"The writer typed nothing of their own."</p> }.into_any()
    } else {
        view! { <div class="inbox__text">{mail.text.clone()}</div> }.into_any()
    };
    let unknown = mail.contact.is_none().then(|| view! { <Assign mail=mail.id triage=triage/> });
    view! {
        <Bar triage=triage newer=mail.newer.is_some() older=mail.older.is_some()/>
        <div class="inbox__scroll" tabindex="0" role="region" aria-label="Mail text">
            <header class="mailbox__head">
                <h2>{mail.subject.clone()}</h2>
                <dl>
                    <dt>"From"</dt>
                    <dd>{mail.from.clone()}</dd>
                    <Facts contact=mail.contact.clone() deal=mail.deal.clone() answers=mail.answers.clone()/>
                    <dt>"Came"</dt>
                    <dd>
                        <Time instant=mail.at.instant.clone() text=mail.at.text.clone() full=mail.at.full.clone()/>
                        " · " {mail.brand.clone()}
                    </dd>
                </dl>
            </header>
            <div class="inbox__mail">{text} {quoted}</div>
            {unknown}
        </div>
        <section class="inbox__decide" aria-label="What it means">
            <Thought mail=mail.clone()/>
            <Choices choices=mail.choices guess=mail.intent triage=triage/>
        </section>
    }
}

/// Back to the list on a phone; up and down everywhere.
#[component]
fn Bar(triage: Triage, newer: bool, older: bool) -> impl IntoView {
    let address = ListAddress::here();
    let before = move || address.value("before");
    let back = move || address.with(&[("mail", ""), ("before", &before())]);
    let step = move |label: &'static str, key: &'static str, icon: IconName, is_older: bool, there: bool| {
        view! {
            <button
                type="button"
                class="button button--quiet button--small"
                aria-keyshortcuts=key
                disabled=!there
                on:click=move |_| triage.step(is_older)
            >
                <Icon name=icon/>
                {label}
                <kbd class="key not-phone" aria-hidden="true">{key}</kbd>
            </button>
        }
    };
    view! {
        <div class="mailbox__bar inbox__bar">
            <a class="button button--quiet button--icon only-phone" aria-label="Back to the list" href=back>
                <Icon name=IconName::ChevronLeft/>
            </a>
            <span class="push">
                {step("Newer", "k", IconName::ArrowUp, false, newer)}
                {step("Older", "j", IconName::ArrowDown, true, older)}
            </span>
        </div>
    }
}

#[component]
fn Facts(contact: Option<InboxContact>, deal: Option<InboxDeal>, answers: Option<Answered>) -> impl IntoView {
    let links = use_links();
    let contact = contact.map(|contact| {
        let path = paths::contact(contact.id);
        let company = (!contact.company.is_empty()).then(|| format!(" · {}", contact.company));
        view! {
            <dt>"Contact"</dt>
            <dd><a class="link" href=move || links.to(&path)>{contact.name}</a>{company}</dd>
        }
    });
    let deal = deal.map(|deal| {
        let path = paths::deal(deal.id);
        view! {
            <dt>"Deal"</dt>
            <dd><a class="link" href=move || links.to(&path)>{deal.pipeline}</a>" · "{deal.stage}</dd>
        }
    });
    let answers = answers.map(|mail| {
        let path = paths::email(mail.id);
        let at = mail.at.map(|at| view! { " · " <Time instant=at.instant text=at.text full=at.full/> });
        view! {
            <dt>"Answers"</dt>
            <dd><a class="link" href=move || links.to(&path)>{mail.subject}</a>{at}</dd>
        }
    });
    view! { {contact} {deal} {answers} }
}

/// What the rules made of the mail, how sure they were and why; or what a person has said since.
#[component]
fn Thought(mail: OpenInbound) -> impl IntoView {
    let words = match mail.reviewed {
        Some(reviewed) => reviewed,
        None => format!("{} % sure: {}", mail.confidence, mail.reason),
    };
    let lead = if mail.waits { "Looks like" } else { "Taken as" };
    view! {
        <p class="inbox__thought">
            <span>{lead}</span>
            <StatusBadge of=mail.intent/>
            <span class="meta">{words}</span>
        </p>
    }
}
