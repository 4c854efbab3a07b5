//! What AIs are asked, and what came of it.

use crate::closed_set;

/// Questions a day that somebody may allow.
pub const MOST_CALLS: i32 = 100_000;
/// Questions a day that are suggested.
pub const USUAL_CALLS: i32 = 200;

closed_set! {
    /// What an AI is asked for.
    pub enum AiPurpose {
        ClassifyReply = "classify_reply", "Reading replies";
        Test = "test", "Test";
    }
}

closed_set! {
    /// What became of a question.
    pub enum CallOutcome {
        /// On its way; long afterwards: cut off.
        Asking = "asking", "Asking";
        Answered = "answered", "Answered";
        Failed = "failed", "Failed";
        /// Not asked: the day's calls were used up. One a day stands for all of them.
        OverBudget = "over_budget", "Over the budget";
    }
}
