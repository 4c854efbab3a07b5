use crate::closed_set;

closed_set! {
    /// Life of a mail in the outbox.
    pub enum MessageState {
        /// Written, not released.
        Draft = "draft", "Draft";
        /// Waits for its slot.
        Scheduled = "scheduled", "Scheduled";
        /// Due; a worker may claim it.
        Queued = "queued", "Queued";
        /// Claimed: the provider may have it already.
        Sending = "sending", "Sending";
        /// The provider accepted it.
        Sent = "sent", "Sent";
        /// Refused for good.
        Failed = "failed", "Failed";
        /// The worker died or timed out between hand-over and answer. Never sent again by itself; counts as sent for cadence.
        Unknown = "unknown", "Unclear";
        /// A guard forbids it.
        Blocked = "blocked", "Blocked";
        Cancelled = "cancelled", "Cancelled";
    }
}

impl MessageState {
    /// The person may have this mail: it counts for cadence and caps.
    pub const fn may_have_reached(self) -> bool {
        match self {
            Self::Sending | Self::Sent | Self::Unknown => true,
            Self::Draft | Self::Scheduled | Self::Queued | Self::Failed | Self::Blocked | Self::Cancelled => {
                false
            }
        }
    }
}

closed_set! {
    /// What came of one attempt to hand a mail over.
    pub enum AttemptOutcome {
        Sent = "sent", "Accepted";
        /// Not taken for a passing reason.
        Again = "again", "Not taken now";
        Refused = "refused", "Refused";
        /// Perhaps taken.
        Unclear = "unclear", "Unclear";
    }
}

closed_set! {
    /// What came back for a mail.
    pub enum MailSignal {
        /// By a person.
        Opened = "opened", "Opened by a person";
        /// By a person.
        Clicked = "clicked", "Clicked by a person";
        Replied = "replied", "Answered";
        Bounced = "bounced", "Bounced";
        /// Opened by machines alone.
        MachineOnly = "machine_only", "Opened by machines only";
        /// It went out, and nothing has come back.
        Nothing = "nothing", "Nothing yet";
    }
}

closed_set! {
    /// Why an address must not be mailed by a brand.
    pub enum SuppressionReason {
        Unsubscribed = "unsubscribed", "Unsubscribed";
        HardBounce = "hard_bounce", "Hard bounce";
        SoftBounces = "soft_bounces", "Repeated soft bounces";
        Complaint = "complaint", "Marked as spam";
        Manual = "manual", "Added by hand";
    }
}
