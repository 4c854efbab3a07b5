use domain::view::contact::ContactView;
use leptos::prelude::*;

use super::allow::AllowDialog;
use super::consent::ConsentDialog;
use crate::components::{
    Avatar, AvatarSize, Badge, BadgeKind, Button, ButtonKind, Confirm, Icon, IconName, Menu, MenuItem,
    StatusBadge, use_toasts,
};
use crate::layouts::use_refresh;
use crate::server_fns::contacts::never_mail_again;

/// Who it is, and what can be done.
#[component]
pub(super) fn Head(view: ContactView) -> impl IntoView {
    let facts = view.facts;
    let lead = match (facts.role.is_empty(), facts.company.is_empty()) {
        (false, false) => format!("{} at {}", facts.role, facts.company),
        (true, _) => facts.company.clone(),
        (false, true) => facts.role.clone(),
    };
    let suppressed = facts.suppressed.clone().map(|reason| {
        view! { <Badge kind=BadgeKind::Bad icon=IconName::Ban label=format!("Do not mail: {}", reason.to_ascii_lowercase())/> }
    });
    let consent_open = RwSignal::new(false);
    let allow_open = RwSignal::new(false);
    let never_open = RwSignal::new(false);
    let lacks_consent = facts.consent.is_none() && facts.suppressed.is_none();
    let (toasts, refresh, id) = (use_toasts(), use_refresh(), facts.id);
    let never = move |()| {
        leptos::task::spawn_local(async move {
            match never_mail_again(id).await {
                Ok(0) => toasts.good("The address will not be mailed again."),
                Ok(1) => toasts.good("The address will not be mailed again; one deal was closed."),
                Ok(deals) => {
                    toasts.good(format!("The address will not be mailed again; {deals} deals were closed."))
                }
                Err(error) => toasts.problem(error.to_string()),
            }
            refresh.now();
        });
    };
    let mailable = facts.suppressed.is_none();
    view! {
        <header class="detail__head">
            <Avatar name=facts.name.clone() size=AvatarSize::Huge/>
            <div class="detail__name">
                <h1>{facts.name.clone()} " " <StatusBadge of=view.status/> " " {suppressed}</h1>
                <p>{lead}</p>
            </div>
            <div class="detail__actions">
                {lacks_consent
                    .then(|| {
                        view! {
                            <Button kind=ButtonKind::Primary icon=IconName::Check on_press=move |()| consent_open.set(true)>
                                "Add consent…"
                            </Button>
                        }
                    })}
                {(!mailable)
                    .then(|| view! { <Button on_press=move |()| allow_open.set(true)>"Allow mail again…"</Button> })}
                {mailable
                    .then(|| {
                        view! {
                            <Menu id="contact-menu" label="More actions" end=true face=|| view! { <Icon name=IconName::More/> }>
                                <MenuItem icon=IconName::Check on_press=move |()| consent_open.set(true)>"Record consent…"</MenuItem>
                                <MenuItem icon=IconName::Ban danger=true on_press=move |()| never_open.set(true)>
                                    "Never mail again…"
                                </MenuItem>
                            </Menu>
                        }
                    })}
            </div>
        </header>
        <AllowDialog contact=id open=allow_open/>
        <ConsentDialog contact=id open=consent_open/>
        <Confirm
            id="never-mail"
            title="Never mail this address again?"
            text=format!(
                "{} will get no mail from {} any more, open deals are closed, and importing the address again changes nothing.",
                facts.email,
                view.brand_name,
            )
            action="Never mail again"
            open=never_open
            on_confirm=never
            danger=true
        />
    }
}
