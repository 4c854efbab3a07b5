//! What follows from an inbound mail. Decides only: `outreach` carries it out.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::bounce::BounceKind;
use super::{Classification, InboundKind, Intent};
use crate::closed_set;
use crate::contact::ContactStatus;
use crate::engagement::EventKind;
use crate::mailing::SuppressionReason;
use crate::pipeline::{LostReason, StageKind};

/// So many temporary bounces in a row count as a hard one.
pub const SOFT_BOUNCE_LIMIT: u32 = 3;
/// Days to wait for somebody who is away without a date of return.
const DAYS_AWAY_UNKNOWN: u64 = 7;

closed_set! {
    /// The kind of stage that a reply moves a deal to.
    pub enum TargetKind {
        Replied = "replied", "Replied";
        Lost = "lost", "Lost";
    }
}

/// What the rule needs to know besides the mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct EffectFacts {
    /// The date in the contact's zone.
    pub today: NaiveDate,
    /// The kind of stage the deal is in.
    pub stage: StageKind,
    /// Temporary bounces of the address since its last delivered mail, this one included.
    pub soft_bounces: u32,
}

/// What to do with the deal and its contact.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyEffect {
    /// Cancel mails that wait and let the autopilot send nothing more until a person acts.
    pub stop_outreach: bool,
    /// Counts as an answer for engagement tiers, experiments and conversion.
    pub counts_as_reply: bool,
    /// Where the deal goes; `None` leaves it where it is. A closed deal is never moved to lost.
    pub move_to: Option<TargetKind>,
    /// Set when `move_to` is lost.
    pub lost_reason: Option<LostReason>,
    /// The address must not be mailed by the brand again.
    pub suppress: Option<SuppressionReason>,
    /// The deal sleeps until office hours of this day (the contact's zone) and goes on by itself.
    pub resume_on: Option<NaiveDate>,
    pub contact_status: Option<ContactStatus>,
    /// The event to append for the mail that was answered.
    pub event: Option<EventKind>,
    /// Goes to the review queue.
    pub needs_review: bool,
    /// Tell the deal's owner.
    pub notify: bool,
    /// Our mailbox, domain or content was refused: the brand's sending needs a look, the contact is fine.
    pub sender_alarm: bool,
}

/// The effect of a classified mail on its deal.
pub fn effect(mail: &Classification, facts: &EffectFacts) -> ReplyEffect {
    match mail.kind {
        InboundKind::Other => ReplyEffect { needs_review: mail.needs_review(), ..ReplyEffect::default() },
        InboundKind::Bounce => bounced(mail, facts),
        InboundKind::AutoReply => automatic(mail, facts),
        InboundKind::Complaint | InboundKind::Reply => match mail.intent {
            Intent::Complaint => complained(facts),
            _ if mail.needs_review() => answered(facts, None, true),
            Intent::Unsubscribe => unsubscribed(mail.kind, facts),
            Intent::Interested => answered(facts, Some(ContactStatus::Interested), false),
            Intent::NotInterested => declined(facts),
            Intent::Question | Intent::Referral | Intent::Other => {
                answered(facts, Some(ContactStatus::Replied), true)
            }
            Intent::OutOfOffice => ReplyEffect { notify: true, ..away(mail, facts) },
            // A bounce is never a person's reply: let a person see what it is.
            Intent::Bounce => answered(facts, None, true),
        },
    }
}

/// A machine's answer is no reply: the deal stays where it is.
fn automatic(mail: &Classification, facts: &EffectFacts) -> ReplyEffect {
    match mail.intent {
        Intent::Unsubscribe => unsubscribed(mail.kind, facts),
        Intent::OutOfOffice if !mail.needs_review() => away(mail, facts),
        // Whoever has left reads nothing: a person picks the successor.
        Intent::Referral => {
            ReplyEffect { stop_outreach: true, needs_review: true, notify: true, ..ReplyEffect::default() }
        }
        Intent::OutOfOffice
        | Intent::Interested
        | Intent::NotInterested
        | Intent::Question
        | Intent::Bounce
        | Intent::Complaint
        | Intent::Other => ReplyEffect { needs_review: mail.needs_review(), ..ReplyEffect::default() },
    }
}

fn answered(facts: &EffectFacts, status: Option<ContactStatus>, review: bool) -> ReplyEffect {
    ReplyEffect {
        stop_outreach: true,
        counts_as_reply: true,
        move_to: match facts.stage {
            // An answer after the deal was given up opens it again.
            StageKind::Entry | StageKind::Outreach | StageKind::Lost => Some(TargetKind::Replied),
            StageKind::Replied | StageKind::Progress | StageKind::Won => None,
        },
        contact_status: Some(status.unwrap_or(ContactStatus::Replied)),
        event: Some(EventKind::Reply),
        needs_review: review,
        notify: true,
        ..ReplyEffect::default()
    }
}

fn declined(facts: &EffectFacts) -> ReplyEffect {
    ReplyEffect {
        counts_as_reply: true,
        contact_status: Some(ContactStatus::NotInterested),
        event: Some(EventKind::Reply),
        ..closed(facts, LostReason::NotInterested)
    }
}

fn unsubscribed(kind: InboundKind, facts: &EffectFacts) -> ReplyEffect {
    ReplyEffect {
        counts_as_reply: kind == InboundKind::Reply,
        suppress: Some(SuppressionReason::Unsubscribed),
        contact_status: Some(ContactStatus::Unsubscribed),
        event: Some(EventKind::Unsubscribe),
        ..closed(facts, LostReason::Unsubscribed)
    }
}

fn complained(facts: &EffectFacts) -> ReplyEffect {
    ReplyEffect {
        suppress: Some(SuppressionReason::Complaint),
        event: Some(EventKind::Complaint),
        ..closed(facts, LostReason::Complained)
    }
}

fn bounced(mail: &Classification, facts: &EffectFacts) -> ReplyEffect {
    match mail.bounce.unwrap_or(BounceKind::Soft) {
        // No event: counted as temporary bounces, three refusals of ours would condemn the address.
        BounceKind::Policy => {
            ReplyEffect { needs_review: true, notify: true, sender_alarm: true, ..ReplyEffect::default() }
        }
        BounceKind::Hard if !mail.needs_review() => ReplyEffect {
            suppress: Some(SuppressionReason::HardBounce),
            event: Some(EventKind::Bounce),
            ..closed(facts, LostReason::InvalidEmail)
        },
        BounceKind::Hard | BounceKind::Soft if facts.soft_bounces >= SOFT_BOUNCE_LIMIT => ReplyEffect {
            suppress: Some(SuppressionReason::SoftBounces),
            event: Some(EventKind::SoftBounce),
            ..closed(facts, LostReason::InvalidEmail)
        },
        BounceKind::Hard | BounceKind::Soft => ReplyEffect {
            event: Some(EventKind::SoftBounce),
            needs_review: mail.needs_review(),
            ..ReplyEffect::default()
        },
    }
}

/// The deal ends, unless it has ended already.
fn closed(facts: &EffectFacts, reason: LostReason) -> ReplyEffect {
    let open = !facts.stage.is_closed();
    ReplyEffect {
        stop_outreach: true,
        move_to: open.then_some(TargetKind::Lost),
        lost_reason: open.then_some(reason),
        notify: true,
        ..ReplyEffect::default()
    }
}

fn away(mail: &Classification, facts: &EffectFacts) -> ReplyEffect {
    let resume_on = match mail.return_date {
        // The first day back is for the pile of mail.
        Some(date) => next_working_day(date.max(facts.today)),
        None => facts.today + Days::new(DAYS_AWAY_UNKNOWN),
    };
    ReplyEffect { resume_on: Some(resume_on), ..ReplyEffect::default() }
}

/// The next Monday to Friday after `date`. Public holidays are the calendar's business.
fn next_working_day(date: NaiveDate) -> NaiveDate {
    let ahead = match date.weekday() {
        Weekday::Fri => 3,
        Weekday::Sat => 2,
        Weekday::Sun | Weekday::Mon | Weekday::Tue | Weekday::Wed | Weekday::Thu => 1,
    };
    date + Days::new(ahead)
}

#[cfg(test)]
mod tests;
