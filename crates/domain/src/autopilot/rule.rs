use crate::closed_set;

closed_set! {
    /// The rule that decided. Guards come first, in the order they are asked.
    pub enum Rule {
        AutopilotOn = "autopilot_on", "Autopilot is on";
        DoNotMail = "do_not_mail", "Do not mail";
        OneMailPerStep = "one_mail_per_step", "One mail per step";
        Consent = "consent", "Consent";
        OutOfOffice = "out_of_office", "Out of office";
        FinalFollowUp = "final_follow_up", "Final follow-up expired";
        Ghost = "ghost", "Ghost";
        Burnout = "burnout", "Burnout";
        Template = "template", "Template";
        Caps = "caps", "Sending limits";
        /// The contact answered after the deal came into its stage.
        Answered = "answered", "Answered";
        /// The contact told the brand no.
        Refused = "refused", "Not interested";
        /// The wait of the tier isn't over.
        Cadence = "cadence", "Waiting time";
        NextMail = "next_mail", "Next mail is due";
        NewApproach = "new_approach", "New approach";
        /// The stage's own mail, on entry.
        StageMail = "stage_mail", "Mail of the stage";
        PersonsTurn = "persons_turn", "A person's turn";
        NothingToDo = "nothing_to_do", "Nothing to do";
    }
}

impl Rule {
    /// Whether a wait for this rule is something in the way rather than the ordinary rhythm.
    pub const fn blocks(self) -> bool {
        match self {
            Self::AutopilotOn
            | Self::DoNotMail
            | Self::OneMailPerStep
            | Self::Consent
            | Self::OutOfOffice
            | Self::Burnout
            | Self::Template
            | Self::Caps
            | Self::Answered
            | Self::Refused => true,
            Self::FinalFollowUp
            | Self::Ghost
            | Self::Cadence
            | Self::NextMail
            | Self::NewApproach
            | Self::StageMail
            | Self::PersonsTurn
            | Self::NothingToDo => false,
        }
    }
}
