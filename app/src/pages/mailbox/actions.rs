use domain::view::mailbox::MailboxAct;
use leptos::prelude::*;

use super::open::Recipient;
use crate::any::CollectAny;
use crate::components::{Button, ButtonKind, Icon, IconName, Menu, MenuItem};
use crate::pages::listing::ListAddress;

/// The bar above a mail: what its recipient may do.
#[component]
pub(super) fn Actions(
    person: String,
    links: Vec<String>,
    recipient: Recipient,
    /// Opens the dialog to answer in.
    replying: RwSignal<bool>,
) -> impl IntoView {
    let address = ListAddress::here();
    let before = move || address.value("before");
    let back = move || address.with(&[("mail", ""), ("before", &before())]);
    let busy = recipient.busy;
    let does = move |act: MailboxAct| move |()| recipient.does(act.clone());
    view! {
        <div class="mailbox__bar" role="toolbar" aria-label=format!("Act as {person}")>
            <a class="button button--quiet button--icon only-phone" aria-label="Back to the list" href=back>
                <Icon name=IconName::ChevronLeft/>
            </a>
            <Button kind=ButtonKind::Primary icon=IconName::Eye busy=busy on_press=does(MailboxAct::Open)>"Open"</Button>
            <Button
                icon=IconName::Robot
                bare=true
                label="Let Apple’s proxy fetch the pictures"
                busy=busy
                on_press=does(MailboxAct::OpenByProxy)
            />
            <ClickMenu links=links recipient=recipient/>
            <Button icon=IconName::Reply busy=busy on_press=move |()| replying.set(true)>"Reply…"</Button>
            <span class="push">
                <Button kind=ButtonKind::Quiet busy=busy on_press=does(MailboxAct::Unsubscribe)>"Unsubscribe"</Button>
                <BounceMenu recipient=recipient/>
                <Button kind=ButtonKind::Quiet busy=busy on_press=does(MailboxAct::Spam)>"Mark as spam"</Button>
            </span>
        </div>
    }
}

#[component]
fn ClickMenu(links: Vec<String>, recipient: Recipient) -> impl IntoView {
    let nothing =
        links.is_empty().then(|| view! { <p class="menu__title">"This mail has no tracked link"</p> });
    let items = (0_u16..)
        .zip(links)
        .map(|(link, url)| {
            let press = move |()| recipient.does(MailboxAct::Click(link));
            view! { <MenuItem icon=IconName::External on_press=press>{shortened(&url)}</MenuItem> }
        })
        .collect_any();
    let face = || {
        view! { <Icon name=IconName::Click/> "Click link" <Icon name=IconName::ChevronDown size=14/> }
            .into_any()
    };
    view! { <Menu id="click-link" label="Click a link of the mail" class="button" face=face>{nothing} {items}</Menu> }
}

/// What the recipient's mail server may answer.
#[component]
fn BounceMenu(recipient: Recipient) -> impl IntoView {
    let does = move |act: MailboxAct| move |()| recipient.does(act.clone());
    let face = || view! { "Bounce" <Icon name=IconName::ChevronDown size=14/> }.into_any();
    view! {
        <Menu id="bounce" label="Bounce" class="button button--quiet" end=true face=face>
            <MenuItem icon=IconName::MailX on_press=does(MailboxAct::BounceHard)>"Address doesn’t exist"</MenuItem>
            <MenuItem icon=IconName::Hourglass on_press=does(MailboxAct::BounceSoft)>"Mailbox full, for now"</MenuItem>
        </Menu>
    }
}

/// Host and path: what fits a menu.
fn shortened(url: &str) -> String {
    const LONGEST: usize = 48;
    let bare = url.split_once("://").map_or(url, |(_, rest)| rest).trim_end_matches('/');
    if bare.chars().count() <= LONGEST {
        return bare.to_owned();
    }
    let cut: String = bare.chars().take(LONGEST - 1).collect();
    format!("{cut}…")
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn links_are_short_enough_for_a_menu() {
        assert_eq!(shortened("https://desifirms.example/"), "desifirms.example");
        assert_eq!(shortened(&format!("https://a.example/{}", "x".repeat(80))).chars().count(), 48);
    }
}
