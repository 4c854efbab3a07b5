use chrono::{DateTime, Utc};
use database::deal::Deal;
use database::message::Message;
use domain::UserId;
use domain::engagement::MailActivity;
use domain::mailing::MessageState;

use super::dice::Dice;
use super::habits::Habit;
use super::letters::Mood;

/// One deal while it is lived through.
pub(super) struct Case {
    pub deal: Deal,
    /// Index of the contact.
    pub contact: usize,
    /// Index of the pipeline's plan.
    pub plan: usize,
    pub habit: Habit,
    pub future: Future,
    /// Slot kept for the next mail (UTC).
    pub kept_slot: Option<DateTime<Utc>>,
    /// Indices of its mails, oldest first.
    pub mails: Vec<usize>,
    /// Index of the receipt that waits for approval.
    pub proposal: Option<usize>,
    pub dice: Dice,
}

/// What the contact is going to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Future {
    /// What they write, and after which mail (from 1).
    pub answer: Option<(i32, Mood)>,
    /// After which mail an out-of-office notice comes.
    pub away: Option<i32>,
    /// After which mail they use the opt-out link.
    pub opts_out: Option<i32>,
    /// How many steps they go along after an answer.
    pub journey: i32,
}

/// One mail of a case.
pub(super) struct Mail {
    pub case: usize,
    /// Envelope; the subject comes with the text.
    pub message: Message,
    /// What came back, as the tiers count it.
    pub activity: Option<MailActivity>,
}

impl Mail {
    /// As the tiers count it: bounced mails and those nobody has are left out.
    pub fn counted(&self) -> Option<&MailActivity> {
        let reached = self.message.state.may_have_reached() && self.message.bounced_at.is_none();
        self.activity.as_ref().filter(|_| reached)
    }

    pub fn waits(&self) -> bool {
        matches!(self.message.state, MessageState::Scheduled | MessageState::Queued)
    }
}

impl Future {
    /// `eager` is how many in a hundred are interested.
    pub fn any(eager: usize, dice: &mut Dice) -> Self {
        let mood = dice.weighted(&[
            (eager, Some(Mood::Interested)),
            (5, Some(Mood::NotInterested)),
            (4, Some(Mood::Question)),
            (2, Some(Mood::Referral)),
            (2, Some(Mood::Unclear)),
            (2, Some(Mood::Stop)),
            (3, Some(Mood::HardBounce)),
            (2, Some(Mood::SoftBounce)),
            (1, Some(Mood::Complaint)),
            (76usize.saturating_sub(eager), None),
        ]);
        let after = match mood {
            Some(Mood::HardBounce) => 1,
            Some(_) => dice.weighted(&[(24, 1), (26, 2), (28, 3), (22, 4)]),
            None => 0,
        };
        let away = dice.percent(7).then(|| i32::try_from(dice.between(1, 3)).unwrap_or(1));
        let opts_out =
            (mood.is_none() && dice.percent(5)).then(|| i32::try_from(dice.between(1, 3)).unwrap_or(1));
        Self {
            answer: mood.map(|mood| (after, mood)),
            away,
            opts_out,
            journey: dice.weighted(&[(8, 0), (12, 1), (12, 2), (12, 3), (16, 4), (40, 5)]),
        }
    }
}

/// Somebody on our side did it.
#[derive(Debug, Clone)]
pub(super) struct Colleague {
    pub id: UserId,
    pub name: String,
}
