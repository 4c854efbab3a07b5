use crate::closed_set;

closed_set! {
    /// What happened to a mail after it was sent.
    pub enum EventKind {
        Open = "open", "Opened";
        Click = "click", "Clicked";
        Reply = "reply", "Replied";
        Bounce = "bounce", "Bounced";
        SoftBounce = "soft_bounce", "Bounced (temporary)";
        Complaint = "complaint", "Marked as spam";
        Unsubscribe = "unsubscribe", "Unsubscribed";
    }
}

closed_set! {
    /// Who caused an open or a click, as far as can be told.
    pub enum Verdict {
        Human = "human", "Person";
        Machine = "machine", "Machine";
        Unknown = "unknown", "Unknown";
    }
}
