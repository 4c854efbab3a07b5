use crate::closed_set;

closed_set! {
    /// What a brand wants of a contact.
    pub enum ContactType {
        Lead = "lead", "Lead";
        BacklinkTarget = "backlink_target", "Backlink target";
        Partner = "partner", "Partner";
    }
}

closed_set! {
    /// Where a brand stands with a contact.
    pub enum ContactStatus {
        New = "new", "New";
        Contacted = "contacted", "Contacted";
        Replied = "replied", "Replied";
        Interested = "interested", "Interested";
        NotInterested = "not_interested", "Not interested";
        Unsubscribed = "unsubscribed", "Unsubscribed";
    }
}

closed_set! {
    /// Why a brand may write to somebody (Spam Act 2003 (Cth), schedule 2). Without one nothing is sent.
    pub enum ConsentBasis {
        Express = "express", "Express consent";
        /// Inferred from an existing business relationship.
        Relationship = "relationship", "Existing relationship";
        /// Conspicuously published work address, and the mail relates to that role (ACMA's test).
        Published = "published", "Published address";
    }
}
