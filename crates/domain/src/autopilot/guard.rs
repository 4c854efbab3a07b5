use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{Rule, Snapshot};
use crate::StageId;
use crate::contact::ContactStatus;
use crate::engagement::Tier;
use crate::mailing::{Slot, SuppressionReason};
use crate::pipeline::{DealStatus, LostReason, NextStep, PipelineMode, StageKind};

const BURNOUT_WAIT: TimeDelta = TimeDelta::days(7);

/// What the guards say together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum GuardVerdict {
    /// Not the autopilot's: the deal isn't active or the autopilot is off. Nothing changes, nothing is recorded.
    LeaveAlone {
        reason: String,
    },
    /// The address must never be mailed: close.
    CloseNeverMail {
        lost_reason: LostReason,
    },
    HoldAskPerson {
        reason: String,
    },
    CloseNoResponse {
        to: StageId,
    },
    CloseGhost {
        to: StageId,
    },
    WaitUntil {
        at: DateTime<Utc>,
        reason: String,
    },
    /// Nothing stands in the way: the engine decides.
    Proceed,
}

/// One guard's answer, for the receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuardResult {
    pub name: Rule,
    pub passed: bool,
    pub detail: String,
}

/// The verdict and how it came about. The trail ends with the guard that stopped the deal, if one did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guarded {
    pub verdict: GuardVerdict,
    pub trail: Vec<GuardResult>,
}

enum Answer {
    Pass(String),
    Stop(GuardVerdict, String),
}

type Guard = fn(&Snapshot) -> Answer;

/// The order is the rule (specification, product 5).
const GUARDS: &[(Rule, Guard)] = &[
    (Rule::AutopilotOn, autopilot_on),
    (Rule::DoNotMail, do_not_mail),
    (Rule::OneMailPerStep, one_mail_per_step),
    (Rule::Consent, consent),
    (Rule::OutOfOffice, out_of_office),
    (Rule::FinalFollowUp, final_follow_up),
    (Rule::Ghost, ghost),
    (Rule::Burnout, burnout),
    (Rule::Template, template),
    (Rule::Caps, caps),
];

/// Asks the guards in order until one stops the deal.
pub fn guard(snapshot: &Snapshot) -> Guarded {
    let mut trail = Vec::with_capacity(GUARDS.len());
    for &(name, ask) in GUARDS {
        match ask(snapshot) {
            Answer::Pass(detail) => trail.push(GuardResult { name, passed: true, detail }),
            Answer::Stop(verdict, detail) => {
                trail.push(GuardResult { name, passed: false, detail });
                return Guarded { verdict, trail };
            }
        }
    }
    Guarded { verdict: GuardVerdict::Proceed, trail }
}

fn pass(detail: impl Into<String>) -> Answer {
    Answer::Pass(detail.into())
}

fn wait(at: DateTime<Utc>, reason: &str) -> Answer {
    Answer::Stop(GuardVerdict::WaitUntil { at, reason: reason.to_owned() }, reason.to_owned())
}

fn hold(reason: String) -> Answer {
    Answer::Stop(GuardVerdict::HoldAskPerson { reason: reason.clone() }, reason)
}

fn autopilot_on(s: &Snapshot) -> Answer {
    let reason = match (s.status, s.mode, s.stage.kind) {
        (DealStatus::Paused, _, _) => "The deal is paused.".to_owned(),
        (DealStatus::Won | DealStatus::Lost, _, _) | (_, _, StageKind::Won | StageKind::Lost) => {
            "The deal is closed.".to_owned()
        }
        (DealStatus::Active, PipelineMode::Off, _) => "The autopilot is off for this pipeline.".to_owned(),
        (
            DealStatus::Active,
            PipelineMode::Suggest | PipelineMode::Auto,
            StageKind::Entry | StageKind::Outreach | StageKind::Replied | StageKind::Progress,
        ) => {
            return pass(format!("Active deal; autopilot: {}.", s.mode.label().to_lowercase()));
        }
    };
    Answer::Stop(GuardVerdict::LeaveAlone { reason: reason.clone() }, reason)
}

fn do_not_mail(s: &Snapshot) -> Answer {
    let marked = (s.contact_status == ContactStatus::Unsubscribed).then_some(SuppressionReason::Unsubscribed);
    let Some(reason) = s.suppressed.or(marked) else {
        return pass("The address may be mailed.");
    };
    let lost_reason = lost_reason_of(reason);
    Answer::Stop(
        GuardVerdict::CloseNeverMail { lost_reason },
        format!("The address must not be mailed: {}.", reason.label().to_lowercase()),
    )
}

/// Why a deal is lost when its address is suppressed.
pub const fn lost_reason_of(reason: SuppressionReason) -> LostReason {
    match reason {
        SuppressionReason::Unsubscribed => LostReason::Unsubscribed,
        SuppressionReason::HardBounce | SuppressionReason::SoftBounces => LostReason::InvalidEmail,
        SuppressionReason::Complaint => LostReason::Complained,
        SuppressionReason::Manual => LostReason::Other,
    }
}

fn one_mail_per_step(s: &Snapshot) -> Answer {
    if s.outbox_pending {
        return wait(s.now + TimeDelta::hours(1), "A mail for this step is already in the outbox.");
    }
    pass("No mail for this step is in the outbox.")
}

fn consent(s: &Snapshot) -> Answer {
    let needed = s.mail_ahead() || matches!(s.next_step, NextStep::CloseNoResponse { .. });
    match s.consent {
        Some(basis) => pass(format!("{}.", basis.label())),
        None if needed => {
            hold("No consent basis is recorded: add one with its evidence before anything is sent.".into())
        }
        None => pass("None recorded, and no mail is ahead."),
    }
}

fn out_of_office(s: &Snapshot) -> Answer {
    match s.out_until {
        Some(at) if at > s.now => wait(at, "The contact is out of office."),
        Some(_) | None => pass("Not away."),
    }
}

fn final_follow_up(s: &Snapshot) -> Answer {
    match &s.next_step {
        NextStep::CloseNoResponse { to } if s.ready() && s.counts.replied == 0 => Answer::Stop(
            GuardVerdict::CloseNoResponse { to: *to },
            format!("The last outreach mail went unanswered for {} days.", s.stage.days),
        ),
        NextStep::CloseNoResponse { .. } if s.counts.replied > 0 => pass("The contact has replied before."),
        NextStep::CloseNoResponse { .. } => pass("The last outreach mail still has time."),
        NextStep::Send { .. }
        | NextStep::SendHere { .. }
        | NextStep::AskPerson { .. }
        | NextStep::Nothing => pass("Not the last outreach mail."),
    }
}

fn ghost(s: &Snapshot) -> Answer {
    if s.assessment.tier != Tier::Ghost {
        return pass(format!("{}: {}", s.assessment.tier.label(), s.assessment.reason));
    }
    // Only outreach can go unanswered. Entry means that a person has started again, replied and progress that the
    // contact is known by other ways than our pixel.
    if s.stage.kind != StageKind::Outreach {
        return pass("No mail opened, but this stage isn't outreach.");
    }
    if s.assessment.unverified {
        return pass("Some mails can't be verified, so silence proves nothing.");
    }
    Answer::Stop(GuardVerdict::CloseGhost { to: s.lost_stage }, s.assessment.reason.clone())
}

fn burnout(s: &Snapshot) -> Answer {
    if !s.assessment.burnout {
        return pass(format!("{} unopened in a row.", s.counts.consecutive_unopened));
    }
    if !s.mail_ahead() {
        return pass("No mail is ahead.");
    }
    // Counted from when the step was ready, so that the wait ends by itself instead of starting again every time.
    let at = s.ready_at() + BURNOUT_WAIT;
    if s.reached(at) {
        return pass("The extra week is over.");
    }
    wait(at, &format!("{} mails in a row unopened: a week's rest.", s.counts.consecutive_unopened))
}

fn template(s: &Snapshot) -> Answer {
    match &s.template_ok {
        Err(reason) if s.mail_due() => hold(format!("The mail can't be written: {reason}")),
        Err(_) => pass("Not needed now."),
        Ok(()) => pass("Renders."),
    }
}

fn caps(s: &Snapshot) -> Answer {
    match s.slot {
        Slot::At(at, reason) if s.mail_due() && at > s.now => {
            wait(at, &format!("The slot is kept: {}.", reason.label()))
        }
        Slot::At(..) | Slot::Now => pass("Nothing to wait for."),
    }
}
