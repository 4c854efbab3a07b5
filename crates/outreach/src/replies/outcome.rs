use domain::reply::{InboundKind, Intent};
use domain::{ContactId, DealId, InboundId};

use super::{Applied, MatchedBy};

/// What became of a mail that came in.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// Stored and acted on.
    Received(Received),
    /// It was delivered a second time; nothing has changed.
    AlreadyReceived(InboundId),
    /// A copy of our own mail, or from the brand's own people.
    OwnMail,
}

/// A mail that was stored, and what followed.
#[derive(Debug, Clone, PartialEq)]
pub struct Received {
    pub id: InboundId,
    pub kind: InboundKind,
    pub intent: Intent,
    /// Share 0–1.
    pub confidence: f32,
    /// A person has to read it.
    pub needs_review: bool,
    pub contact: Option<ContactId>,
    pub deal: Option<DealId>,
    /// `None`: it belongs to nobody the brand knows.
    pub matched_by: Option<MatchedBy>,
    pub applied: Applied,
}

impl Received {
    /// What followed, in a sentence: "Deal moved to Responded".
    pub fn sentence(&self) -> String {
        let applied = &self.applied;
        let mut parts = Vec::new();
        match (&applied.moved_to, &applied.sleeps_until) {
            (Some(stage), _) => parts.push(format!("Deal moved to {stage}")),
            (None, Some(until)) => parts.push(format!("Deal sleeps until {until}")),
            (None, None) if applied.closed > 0 => {
                parts.push("The contact's open deals are closed".to_owned())
            }
            (None, None) => {}
        }
        if applied.suppressed {
            parts.push("the address is not mailed again".to_owned());
        }
        if self.needs_review {
            parts.push("waits for a person to read it".to_owned());
        }
        if parts.is_empty() {
            let stays = if self.deal.is_some() { "; the deal stays where it is" } else { "" };
            parts.push(format!("Taken as “{}”{stays}", self.intent.label().to_lowercase()));
        }
        let sentence = parts.join("; ");
        let mut letters = sentence.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }
}
