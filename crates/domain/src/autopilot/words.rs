use super::Rule;

/// What would have changed a decision made by this rule, for people.
pub(super) const fn counterfactual(rule: Rule) -> &'static str {
    match rule {
        Rule::AutopilotOn => "Resuming the deal or switching the pipeline's autopilot on.",
        Rule::DoNotMail => "Only fresh, recorded consent from the contact lifts a do-not-mail mark.",
        Rule::OneMailPerStep => "The mail in the outbox going out, or being cancelled.",
        Rule::Consent => "A recorded consent basis.",
        Rule::OutOfOffice => "A reply from the contact before the return date.",
        Rule::FinalFollowUp => "A reply before the stage's days ran out.",
        Rule::Ghost => "A single open or click by a person, or a mail whose opens can't be verified.",
        Rule::Burnout => "An open of one of the last three mails.",
        Rule::Template => "A template that renders for this contact.",
        Rule::Caps => "A higher cap, or fewer mails booked before this one.",
        Rule::Answered => "No reply since the deal came into this stage.",
        Rule::Refused => "A contact status other than Not interested.",
        Rule::Cadence => {
            "Another tier: engaged and hot wait 2 days at most, lurkers at least 5, cold at least 7."
        }
        Rule::NextMail => {
            "A reply, an opt-out, three mails in a row unopened, or a cap would have stopped it."
        }
        Rule::NewApproach => "An open in the last 14 days would have kept the standard mail.",
        Rule::StageMail => "The mail having gone out already during this visit.",
        Rule::PersonsTurn => "A person moving the deal, or the contact taking the next step.",
        Rule::NothingToDo => "Moving the deal to an open stage.",
    }
}
