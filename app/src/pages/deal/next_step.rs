use domain::view::board::NextKind;
use domain::view::deal::{DealView, ProposalView};
use leptos::prelude::*;

use super::page::DealActions;
use crate::any::CollectAny;
use crate::components::{Button, ButtonKind, Icon, IconName, Time};
use crate::pages::board::next_icon;
use crate::server_fns::deal::answer_proposal;

/// What happens next, when and why; or what blocks it.
#[component]
pub fn NextStepPanel(view: DealView, actions: DealActions) -> impl IntoView {
    let next = view.next;
    let (class, label) = match next.kind {
        NextKind::Blocked => ("next-step next-step--blocked", "Blocked"),
        NextKind::Person => ("next-step next-step--person", "Your turn"),
        NextKind::Approval => ("next-step next-step--person", "Waits for approval"),
        NextKind::Won | NextKind::Lost => ("next-step", "Closed"),
        NextKind::Send | NextKind::Wait | NextKind::Close | NextKind::Paused => ("next-step", "Next step"),
    };
    let when = next.when.map(|when| {
        view! {
            <p class="next-step__when">
                <Time instant=when.instant text=when.text full=when.full overdue=when.overdue/>
            </p>
        }
    });
    let consent = view.contact.consent.is_none().then(|| {
        format!(
            "Nothing says why {} may write to this address. Add the consent on the contact's page.",
            view.brand_name
        )
    });
    let suppressed =
        view.contact.suppressed.map(|reason| format!("This address must not be mailed: {reason}."));
    let lines = [Some(next.why).filter(|why| !why.is_empty()), consent, suppressed];
    let lines: Vec<String> = lines.into_iter().flatten().collect();
    let why = (!lines.is_empty() || view.proposal.is_some()).then(|| {
        let lines = lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_any();
        let proposal = view.proposal.map(|proposal| view! { <Proposal proposal=proposal actions=actions/> });
        view! { <div class="next-step__why">{lines}{proposal}</div> }
    });
    view! {
        <section class=class aria-labelledby="next-step">
            <h2 class="next-step__label" id="next-step"><Icon name=next_icon(next.kind) size=14/>{label}</h2>
            <p class="next-step__what">{next.what}</p>
            {when}
            {why}
        </section>
    }
}

/// What the autopilot proposes, to be approved or dismissed.
#[component]
fn Proposal(proposal: ProposalView, actions: DealActions) -> impl IntoView {
    let id = proposal.id;
    let answer = move |approve: bool| {
        let done = if approve { "Approved" } else { "Dismissed: the autopilot looks again later" };
        actions.carry_out(done, answer_proposal(id, approve));
    };
    view! {
        <p>{proposal.reasoning}</p>
        <div class="row">
            <Button
                kind=ButtonKind::Primary
                small=true
                icon=IconName::Check
                busy=actions.busy
                on_press=move |()| answer(true)
            >
                "Approve"
            </Button>
            <Button small=true busy=actions.busy on_press=move |()| answer(false)>"Dismiss"</Button>
        </div>
    }
}
