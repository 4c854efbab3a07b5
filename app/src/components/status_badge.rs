use domain::autopilot::{DecisionAction, DecisionOutcome};
use domain::contact::ContactStatus;
use domain::engagement::Verdict;
use domain::import::ImportStatus;
use domain::mailing::MessageState;
use domain::pipeline::{DealStatus, PipelineMode};
use domain::reply::Intent;
use leptos::prelude::*;

use super::{Badge, BadgeKind, IconName};

/// A state of a closed set as a badge: `<StatusBadge of=deal.status/>`.
#[component]
pub fn StatusBadge<S: Status>(of: S) -> impl IntoView {
    let (kind, icon) = of.look();
    view! { <Badge kind=kind icon=icon label=of.word()/> }
}

/// A closed set that knows how its members look.
pub trait Status: Copy + 'static {
    /// Meaning and picture.
    fn look(self) -> (BadgeKind, IconName);
    /// What people read.
    fn word(self) -> &'static str;
}

macro_rules! looks {
    ($($set:ident { $($member:ident => $kind:ident, $icon:ident;)+ })+) => { $(
        impl Status for $set {
            fn look(self) -> (BadgeKind, IconName) {
                match self { $(Self::$member => (BadgeKind::$kind, IconName::$icon),)+ }
            }
            fn word(self) -> &'static str { self.label() }
        }
    )+ };
}

looks! {
    DealStatus {
        Active => Outline, Play;
        Paused => Paused, Pause;
        Won => Won, Won;
        Lost => Lost, Lost;
    }
    PipelineMode {
        Off => Neutral, Pause;
        Suggest => Info, User;
        Auto => Good, Zap;
    }
    MessageState {
        Draft => Outline, Pencil;
        Scheduled => Info, Clock;
        Queued => Info, Hourglass;
        Sending => Info, Send;
        Sent => Good, Check;
        Failed => Bad, Alert;
        Unknown => Warning, Unverified;
        Blocked => Warning, Lock;
        Cancelled => Neutral, Ban;
    }
    ContactStatus {
        New => Outline, New;
        Contacted => Info, MailCheck;
        Replied => Info, Reply;
        Interested => Good, Check;
        NotInterested => Neutral, Lost;
        Unsubscribed => Neutral, Unsubscribe;
    }
    Intent {
        Interested => Good, Check;
        NotInterested => Neutral, Lost;
        Question => Info, Message;
        OutOfOffice => Warning, Calendar;
        Unsubscribe => Neutral, Unsubscribe;
        Bounce => Bad, MailX;
        Complaint => Bad, Spam;
        Referral => Info, ArrowRight;
        Other => Outline, Emails;
    }
    Verdict {
        Human => Good, User;
        Machine => Neutral, Robot;
        Unknown => Unverified, Unverified;
    }
    DecisionAction {
        SendEmail => Info, Send;
        Wait => Outline, Hourglass;
        ChangeApproach => Info, Move;
        Pause => Paused, Pause;
        FlagForReview => Warning, User;
        Close => Neutral, Lost;
    }
    ImportStatus {
        Uploaded => Warning, User;
        Queued => Info, Hourglass;
        Running => Info, Refresh;
        Done => Good, Check;
        Failed => Bad, Alert;
    }
    DecisionOutcome {
        Applied => Good, Check;
        Proposed => Warning, Hourglass;
        Approved => Good, User;
        Dismissed => Neutral, Close;
    }
}
