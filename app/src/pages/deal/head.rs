use domain::pipeline::DealStatus;
use domain::view::board::NextKind;
use domain::view::deal::{DealView, StatusChange};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::edit_dialog::EditDialog;
use super::move_menu::MoveMenu;
use super::page::DealActions;
use super::send_dialog::SendDialog;
use crate::components::{
    Avatar, AvatarSize, Button, ButtonKind, Icon, IconName, Menu, MenuItem, MenuRule, StatusBadge, TierBadge,
};
use crate::effect::effect;
use crate::pages::board::LostDialog;

/// Who it is, how they stand, and what can be done.
#[component]
pub fn Head(view: DealView, actions: DealActions) -> impl IntoView {
    let contact = view.contact.clone();
    let place = [contact.company.clone(), contact.place.clone()];
    let place = place.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    view! {
        <header class="detail__head">
            <Avatar name=contact.name.clone() size=AvatarSize::Huge/>
            <div class="detail__name">
                <h1>
                    {format!("{} ", contact.name)}
                    <TierBadge tier=view.tier unverified=view.unverified/>
                    <StatusBadge of=view.status/>
                </h1>
                <p>{place}</p>
            </div>
            <Actions view=view actions=actions/>
        </header>
    }
}

#[component]
fn Actions(view: DealView, actions: DealActions) -> impl IntoView {
    let query = use_query_map();
    // "Send now…" on a card leads here with the dialog open.
    let sending = RwSignal::new(false);
    effect(move || {
        if query.with(|query| query.get("send").is_some()) {
            sending.set(true);
        }
    });
    let (moving, losing, editing) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    let name = view.contact.name.clone();
    let lose = move |reason| actions.set_status(StatusChange::Lost(reason));
    view! {
        <div class="detail__actions">
            <Primary view=view.clone() actions=actions sending=sending/>
            <More view=view.clone() actions=actions moving=moving losing=losing editing=editing/>
        </div>
        <SendDialog view=view.clone() actions=actions open=sending/>
        <MoveMenu view=view.clone() actions=actions open=moving losing=losing/>
        <EditDialog view=view actions=actions open=editing/>
        <LostDialog name=name open=losing on_choose=lose/>
    }
}

/// The most likely action, and pause or resume beside it.
#[component]
fn Primary(view: DealView, actions: DealActions, sending: RwSignal<bool>) -> impl IntoView {
    let mails = view.next.kind == NextKind::Send;
    let busy = actions.busy;
    let set = move |change| move |()| actions.set_status(change);
    match view.status {
        DealStatus::Active => view! {
            <Button icon=IconName::Pause busy=busy on_press=set(StatusChange::Pause)>"Pause"</Button>
            {mails
                .then(|| {
                    let label = format!("Send {} now…", view.next.what.to_ascii_lowercase());
                    view! {
                        <Button kind=ButtonKind::Primary icon=IconName::Send on_press=move |()| sending.set(true)>{label}</Button>
                    }
                })}
        }
        .into_any(),
        DealStatus::Paused => view! {
            <Button kind=ButtonKind::Primary icon=IconName::Play busy=busy on_press=set(StatusChange::Open)>"Resume"</Button>
        }
        .into_any(),
        DealStatus::Won | DealStatus::Lost => view! {
            <Button icon=IconName::Undo busy=busy on_press=set(StatusChange::Open)>"Open again"</Button>
        }
        .into_any(),
    }
}

#[component]
fn More(
    view: DealView,
    actions: DealActions,
    moving: RwSignal<bool>,
    losing: RwSignal<bool>,
    editing: RwSignal<bool>,
) -> impl IntoView {
    let face = || view! { <Icon name=IconName::More/> };
    let won = view.status == DealStatus::Won;
    let lost = view.status == DealStatus::Lost;
    view! {
        <Menu id="deal-menu" label="More actions" end=true face=face>
            <MenuItem icon=IconName::Move on_press=move |()| moving.set(true)>"Move to…"</MenuItem>
            <MenuItem icon=IconName::Pencil on_press=move |()| editing.set(true)>"Edit deal…"</MenuItem>
            <MenuRule/>
            <MenuItem icon=IconName::Won disabled=won on_press=move |()| actions.set_status(StatusChange::Won)>
                "Mark as won"
            </MenuItem>
            <MenuItem icon=IconName::Lost disabled=lost on_press=move |()| losing.set(true)>"Mark as lost…"</MenuItem>
        </Menu>
    }
}
