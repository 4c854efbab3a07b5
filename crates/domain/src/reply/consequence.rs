//! What an effect does, in words, before it is done.

use super::{ReplyEffect, TargetKind};

/// The names that the words need.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    /// Whether the mail belongs to a deal.
    pub has_deal: bool,
    /// The stage of answered deals, if there is one to go to.
    pub replied: Option<String>,
    /// The lost stage.
    pub lost: String,
    /// "Mon 14 December", when the effect lets the deal rest.
    pub resumes: Option<String>,
}

/// "Moves the deal to Responded and stops the outreach."
pub fn consequence(effect: &ReplyEffect, names: &Names) -> String {
    let mut parts: Vec<String> = Vec::new();
    if effect.suppress.is_some() {
        parts.push("never mails the address again".to_owned());
    }
    if names.has_deal {
        match effect.move_to {
            Some(TargetKind::Lost) => parts.push(format!("closes the deal as {}", names.lost)),
            Some(TargetKind::Replied) => parts.push(match &names.replied {
                Some(stage) => format!("moves the deal to {stage}"),
                None => "opens the deal again".to_owned(),
            }),
            None => {}
        }
        if let Some(day) = &names.resumes {
            parts.push(format!("lets the deal rest until {day}"));
        }
        if effect.stop_outreach && effect.move_to != Some(TargetKind::Lost) && effect.suppress.is_none() {
            parts.push("stops the outreach".to_owned());
        }
    }
    let words = match parts.as_slice() {
        [] => "leaves everything as it is".to_owned(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    };
    let mut letters = words.chars();
    let capital = letters.next().map(char::to_uppercase).into_iter().flatten();
    format!("{}.", capital.chain(letters).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::{Names, consequence};
    use crate::mailing::SuppressionReason;
    use crate::reply::{ReplyEffect, TargetKind};

    #[test]
    fn consequences_are_said_in_a_sentence() {
        let names = Names {
            has_deal: true,
            replied: Some("Responded".into()),
            lost: "Not Interested".into(),
            resumes: None,
        };
        let nothing = ReplyEffect::default();
        let answered =
            ReplyEffect { stop_outreach: true, move_to: Some(TargetKind::Replied), ..nothing.clone() };
        let left = ReplyEffect {
            stop_outreach: true,
            move_to: Some(TargetKind::Lost),
            suppress: Some(SuppressionReason::Unsubscribed),
            ..nothing.clone()
        };
        assert_eq!(consequence(&nothing, &names), "Leaves everything as it is.");
        assert_eq!(consequence(&answered, &names), "Moves the deal to Responded and stops the outreach.");
        assert_eq!(
            consequence(&left, &names),
            "Never mails the address again and closes the deal as Not Interested."
        );
        let resting = Names { resumes: Some("Mon 14 December".into()), ..names };
        assert_eq!(consequence(&nothing, &resting), "Lets the deal rest until Mon 14 December.");
        assert_eq!(consequence(&answered, &Names::default()), "Leaves everything as it is.");
    }
}
