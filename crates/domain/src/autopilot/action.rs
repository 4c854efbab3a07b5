use crate::closed_set;

closed_set! {
    /// What the autopilot decided.
    pub enum DecisionAction {
        SendEmail = "send_email", "Send the next mail";
        Wait = "wait", "Wait";
        ChangeApproach = "change_approach", "Change approach";
        Pause = "pause", "Pause";
        FlagForReview = "flag_for_review", "Ask a person";
        /// Closed as lost, with the reason in the receipt.
        Close = "close", "Close";
    }
}

closed_set! {
    /// What became of a decision.
    pub enum DecisionOutcome {
        Applied = "applied", "Done";
        /// The pipeline is in suggest mode: a person approves.
        Proposed = "proposed", "Waiting for approval";
        Approved = "approved", "Approved";
        Dismissed = "dismissed", "Dismissed";
    }
}
