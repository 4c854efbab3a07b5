use crate::closed_set;

closed_set! {
    /// What a pipeline is for. Chooses templates; never used to guess a stage's meaning.
    pub enum PipelineType {
        Sales = "sales", "Sales";
        Backlink = "backlink", "Backlink outreach";
        Partnership = "partnership", "Partnership";
        RealEstate = "realestate", "Real estate";
        Business = "business", "Business listings";
        Events = "events", "Events";
        Classifieds = "classifieds", "Classifieds";
        RegisteredUsers = "registered_users", "Registered users";
    }
}

closed_set! {
    /// How far the autopilot may go by itself in a pipeline.
    pub enum PipelineMode {
        Off = "off", "Off";
        Suggest = "suggest", "Suggest";
        Auto = "auto", "Automatic";
    }
}

closed_set! {
    /// What a stage means. A deal's stage says what has last happened, and rules ask for the kind, never the name.
    pub enum StageKind {
        /// Found, nothing sent yet.
        Entry = "entry", "Entry";
        /// Outreach mail number `step` has been sent.
        Outreach = "outreach", "Outreach";
        /// The person has answered.
        Replied = "replied", "Replied";
        /// People move the deal on from here.
        Progress = "progress", "In progress";
        Won = "won", "Won";
        Lost = "lost", "Lost";
    }
}

impl StageKind {
    /// Won and lost end a deal.
    pub const fn is_closed(self) -> bool {
        match self {
            Self::Won | Self::Lost => true,
            Self::Entry | Self::Outreach | Self::Replied | Self::Progress => false,
        }
    }
}

closed_set! {
    /// Whether a deal is being worked.
    pub enum DealStatus {
        Active = "active", "Active";
        Paused = "paused", "Paused";
        Won = "won", "Won";
        Lost = "lost", "Lost";
    }
}

closed_set! {
    /// Why a deal was lost.
    pub enum LostReason {
        Unsubscribed = "unsubscribed", "Unsubscribed";
        NoResponse = "no_response", "No response";
        NotInterested = "not_interested", "Not interested";
        InvalidEmail = "invalid_email", "Invalid address";
        Complained = "complained", "Marked as spam";
        Competitor = "competitor", "Chose a competitor";
        Budget = "budget", "Budget";
        Timing = "timing", "Timing";
        Other = "other", "Other";
    }
}

impl LostReason {
    /// What a person may give. Opt-outs, complaints and bounces come from the contact or the provider and suppress the
    /// address as well.
    pub const BY_PERSON: &'static [Self] =
        &[Self::NotInterested, Self::NoResponse, Self::Competitor, Self::Budget, Self::Timing, Self::Other];
}
