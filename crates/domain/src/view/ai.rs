//! The settings of brands' AIs, and how it goes with them.

use serde::{Deserialize, Serialize};

use super::board::When;

/// A brand's AI.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AiView {
    pub slug: String,
    pub brand_name: String,
    /// Without the key; a suggestion while there is none.
    pub edit: AiEdit,
    pub key_stored: bool,
    /// `None`: the brand has no AI.
    pub state: Option<AiState>,
}

/// How it goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AiState {
    pub enabled: bool,
    pub today: AiToday,
    /// Until when nothing is asked, because the server could not be reached or asked for patience.
    pub resting_until: Option<When>,
    /// Of the saved account.
    pub last_test: Option<AiTest>,
}

/// Questions of the brand's day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AiToday {
    pub answered: i64,
    pub failed: i64,
    /// Questions a day.
    pub allowed: i32,
    /// No further question is put today.
    pub is_used_up: bool,
    /// Read and written.
    pub tokens: i64,
    /// What went wrong last, today.
    pub last_error: Option<String>,
}

/// The settings, as typed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AiEdit {
    pub enabled: bool,
    pub base_url: String,
    pub model: String,
    /// Empty: keeps the stored one.
    pub key: String,
    pub daily_calls: String,
}

impl std::fmt::Debug for AiEdit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AiEdit").field("model", &self.model).finish_non_exhaustive()
    }
}

/// What a test found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AiTest {
    pub passed: bool,
    /// A sentence.
    pub words: String,
    pub at: When,
}

/// What became of an edit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AiSaved {
    /// When: "10:42".
    At(String),
    /// Nothing was stored: each control (its id) and what to change.
    Errors(Vec<(String, String)>),
}
