use crate::closed_set;

closed_set! {
    /// What sort of mail came in, from its headers.
    pub enum InboundKind {
        Reply = "reply", "Reply";
        AutoReply = "auto_reply", "Automatic reply";
        Bounce = "bounce", "Bounce";
        Complaint = "complaint", "Spam complaint";
        Other = "other", "Other mail";
    }
}

closed_set! {
    /// What the writer wants.
    pub enum Intent {
        Interested = "interested", "Interested";
        NotInterested = "not_interested", "Not interested";
        Question = "question", "Question";
        OutOfOffice = "out_of_office", "Out of office";
        Unsubscribe = "unsubscribe", "Unsubscribe";
        Bounce = "bounce", "Bounce";
        Complaint = "complaint", "Complaint";
        Referral = "referral", "Referral";
        Other = "other", "Other";
    }
}
