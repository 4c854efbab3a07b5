use domain::pipeline::DealStatus;
use domain::view::board::CardView;
use leptos::prelude::*;

use super::next_step::NextStep;
use super::state::{BoardState, Question};
use crate::components::{Avatar, Icon, IconName, TierBadge, money, use_toasts};
use crate::layouts::use_links;
use crate::paths;

/// A deal on the board: who, how warm and how much, what next.
#[component]
pub fn Card(card: CardView, board: BoardState) -> impl IntoView {
    let id = card.id;
    let links = use_links();
    let href = untrack(|| links.to(&paths::deal(id)));
    let class = match card.status {
        DealStatus::Active => "deal",
        DealStatus::Paused => "deal deal--paused",
        DealStatus::Won | DealStatus::Lost => "deal deal--ended",
    };
    let value = match card.value_cents {
        Some(cents) => view! { <span class="deal__value">{money(cents, &card.currency)}</span> },
        None => view! { <span class="deal__value deal__value--none">"–"</span> },
    };
    let company = (!card.company.is_empty()).then(
        || view! { <span class="deal__company" title=card.company.clone()>{card.company.clone()}</span> },
    );
    let mails = match card.mails_sent {
        0 => "–".to_owned(),
        count => count.to_string(),
    };
    view! {
        <article class=class class:deal--source=move || board.held.get() == Some(id) data-deal=id.to_string()>
            <div class="deal__who">
                <a class="deal__link" href=href title=card.name.clone() draggable="false">{card.name.clone()}</a>
                {company}
            </div>
            <div class="deal__facts"><TierBadge tier=card.tier unverified=card.unverified/>{value}</div>
            <div class="deal__foot">
                <NextStep next=card.next board=board/>
                <span class="deal__mails" title=mails_title(card.mails_sent)>
                    <span class="sr-only">"Mails sent: "</span>
                    <Icon name=IconName::Emails size=12/>
                    {mails}
                </span>
                <Avatar name=card.owner/>
            </div>
            <Actions deal=id name=card.name status=card.status board=board/>
        </article>
    }
}

fn mails_title(count: i32) -> String {
    match count {
        1 => "1 mail sent".to_owned(),
        count => format!("{count} mails sent"),
    }
}

/// Quick actions. All but the move appear under the pointer or the focus: hundreds of cards needn't carry them.
#[component]
fn Actions(deal: domain::DealId, name: String, status: DealStatus, board: BoardState) -> impl IntoView {
    let toasts = use_toasts();
    let hovered = move || board.hovered.get() == Some(deal);
    let send = move || {
        let href = format!("{}?send=1", paths::deal(deal));
        view! { <a class="deal__action" href=href title="Send now…" aria-label="Send now…"><Icon name=IconName::Send size=14/></a> }
    };
    let pause = move || {
        let (label, icon, paused) = match status {
            DealStatus::Paused => ("Resume", IconName::Play, false),
            DealStatus::Active | DealStatus::Won | DealStatus::Lost => ("Pause", IconName::Pause, true),
        };
        view! {
            <button type="button" class="deal__action" title=label aria-label=label on:click=move |_| board.set_paused(deal, paused, toasts)>
                <Icon name=icon size=14/>
            </button>
        }
    };
    let open = matches!(status, DealStatus::Active | DealStatus::Paused);
    view! {
        <div class="deal__actions">
            {move || (hovered() && status == DealStatus::Active).then(|| send().into_any())}
            {move || (hovered() && open).then(|| pause().into_any())}
            <button
                type="button"
                class="deal__action deal__action--more"
                title="Move to…"
                aria-label=format!("Move {name} to…")
                aria-haspopup="dialog"
                on:click=move |_| board.asking.set(board.card(deal).map(Question::WhereTo))
            >
                <Icon name=IconName::Move size=14/>
            </button>
        </div>
    }
}
