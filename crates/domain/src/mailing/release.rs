use chrono::{DateTime, TimeDelta, Utc};

use super::{SlotReason, SuppressionReason};
use crate::contact::{ConsentBasis, ContactStatus};
use crate::pipeline::{DealStatus, PipelineMode};

/// What is known of a mail in the outbox at the moment a worker takes it. Much may have changed since it was written.
#[derive(Debug, Clone, PartialEq)]
pub struct ReleaseFacts {
    /// UTC.
    pub now: DateTime<Utc>,
    pub suppressed: Option<SuppressionReason>,
    pub contact_status: ContactStatus,
    pub consent: Option<ConsentBasis>,
    /// A person asked for this very mail: office hours and caps are theirs to judge.
    pub by_hand: bool,
    /// The deal it was written for.
    pub deal: Option<ReleaseDeal>,
    /// The law wants the sender's postal address in every mail.
    pub has_postal_address: bool,
    /// The recipient's office hours: this moment when they are on, else when they begin (UTC).
    pub opening: DateTime<Utc>,
    /// When the brand may send again, if a cap is reached (UTC).
    pub full_until: Option<(DateTime<Utc>, SlotReason)>,
}

/// The deal of a mail, as it is now.
#[derive(Debug, Clone, PartialEq)]
pub struct ReleaseDeal {
    pub status: DealStatus,
    pub mode: PipelineMode,
    /// Still on the visit to the stage the mail was written for.
    pub same_visit: bool,
}

/// What to do with the mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Release {
    Go,
    /// Not now.
    Wait {
        until: DateTime<Utc>,
        reason: String,
    },
    /// A guard forbids it.
    Block {
        reason: String,
    },
    /// Nobody wants it any more.
    Cancel {
        reason: String,
    },
}

/// The last look before a mail is handed over.
pub fn release(facts: &ReleaseFacts) -> Release {
    if let Some(reason) = facts.suppressed {
        return block(&format!("The address must not be mailed: {}.", reason.label().to_lowercase()));
    }
    if facts.contact_status == ContactStatus::Unsubscribed {
        return block("The contact has unsubscribed.");
    }
    if facts.consent.is_none() {
        return block("No consent basis is recorded any more.");
    }
    if let Some(reason) = facts.deal.as_ref().and_then(|deal| obsolete(deal, facts.by_hand)) {
        return Release::Cancel { reason: reason.to_owned() };
    }
    if !facts.has_postal_address {
        return wait(
            facts.now + TimeDelta::hours(1),
            "The brand has no postal address, which every mail must carry.",
        );
    }
    if facts.by_hand {
        return Release::Go;
    }
    if facts.opening > facts.now {
        return wait(facts.opening, "Waits for the recipient's office hours.");
    }
    match facts.full_until {
        Some((until, reason)) => wait(until, &format!("Waits: {}.", reason.label())),
        None => Release::Go,
    }
}

fn obsolete(deal: &ReleaseDeal, by_hand: bool) -> Option<&'static str> {
    match deal.status {
        DealStatus::Won | DealStatus::Lost => return Some("The deal was closed before the mail went out."),
        DealStatus::Paused if !by_hand => return Some("The deal was paused before the mail went out."),
        DealStatus::Active | DealStatus::Paused => {}
    }
    if !deal.same_visit {
        return Some("The deal was moved before the mail went out.");
    }
    match deal.mode {
        PipelineMode::Off if !by_hand => Some("The autopilot was switched off before the mail went out."),
        PipelineMode::Off | PipelineMode::Suggest | PipelineMode::Auto => None,
    }
}

fn block(reason: &str) -> Release {
    Release::Block { reason: reason.to_owned() }
}

fn wait(until: DateTime<Utc>, reason: &str) -> Release {
    Release::Wait { until, reason: reason.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts() -> ReleaseFacts {
        let now = DateTime::from_timestamp(1_780_000_000, 0).expect("in range");
        ReleaseFacts {
            now,
            suppressed: None,
            contact_status: ContactStatus::New,
            consent: Some(ConsentBasis::Published),
            by_hand: false,
            deal: Some(ReleaseDeal {
                status: DealStatus::Active,
                mode: PipelineMode::Auto,
                same_visit: true,
            }),
            has_postal_address: true,
            opening: now,
            full_until: None,
        }
    }

    fn with(change: impl FnOnce(&mut ReleaseFacts)) -> &'static str {
        let mut facts = facts();
        change(&mut facts);
        match release(&facts) {
            Release::Go => "go",
            Release::Wait { .. } => "wait",
            Release::Block { .. } => "block",
            Release::Cancel { .. } => "cancel",
        }
    }

    fn deal(facts: &mut ReleaseFacts, change: impl FnOnce(&mut ReleaseDeal)) {
        if let Some(deal) = &mut facts.deal {
            change(deal);
        }
    }

    #[test]
    fn what_changed_since_it_was_written_stops_a_mail() {
        assert_eq!(with(|_| ()), "go");
        assert_eq!(with(|f| f.suppressed = Some(SuppressionReason::Complaint)), "block");
        assert_eq!(with(|f| f.contact_status = ContactStatus::Unsubscribed), "block");
        assert_eq!(with(|f| f.consent = None), "block");
        assert_eq!(with(|f| deal(f, |d| d.same_visit = false)), "cancel");
        assert_eq!(with(|f| deal(f, |d| d.status = DealStatus::Lost)), "cancel");
        assert_eq!(with(|f| deal(f, |d| d.status = DealStatus::Paused)), "cancel");
        assert_eq!(with(|f| deal(f, |d| d.mode = PipelineMode::Off)), "cancel");
        assert_eq!(with(|f| f.has_postal_address = false), "wait");
        assert_eq!(with(|f| f.opening += TimeDelta::hours(1)), "wait");
        assert_eq!(with(|f| f.full_until = Some((f.now, SlotReason::HourCap))), "wait");
    }

    #[test]
    fn a_mail_asked_for_by_hand_ignores_hours_and_caps_but_no_opt_out() {
        let by_hand = |change: fn(&mut ReleaseFacts)| {
            with(|f| {
                f.by_hand = true;
                change(f)
            })
        };
        assert_eq!(by_hand(|f| f.opening += TimeDelta::hours(1)), "go");
        assert_eq!(by_hand(|f| f.full_until = Some((f.now, SlotReason::DayCap))), "go");
        assert_eq!(by_hand(|f| deal(f, |d| d.status = DealStatus::Paused)), "go");
        assert_eq!(by_hand(|f| deal(f, |d| d.status = DealStatus::Won)), "cancel");
        assert_eq!(by_hand(|f| f.suppressed = Some(SuppressionReason::Unsubscribed)), "block");
    }
}
