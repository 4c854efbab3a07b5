//! What a board shows, in a constant number of statements.

mod cards;
mod figures;
mod frame;

pub use cards::{Card, Place, cards, first_cards, next_cards};
pub use figures::{Cell, Lines, figures};
pub use frame::{BoardFrame, BoardStage, by_key, find};

use domain::UserId;

use crate::listing::contains;

/// What narrows a board down; all of it has to hold.
#[derive(Debug, Clone, Default)]
pub struct Narrowing {
    pub due: bool,
    pub overdue: bool,
    pub blocked: bool,
    pub hot: bool,
    pub mine: bool,
    /// In name, company or address; empty: any.
    pub text: String,
}

impl Narrowing {
    /// SQL conditions on `d`. They hold no value of the person's: those are bound, see [`Bound`].
    fn conditions(&self) -> String {
        let mut sql = String::new();
        for (on, question) in [
            (self.due, figures::DUE),
            (self.overdue, figures::OVERDUE),
            (self.blocked, figures::BLOCKED),
            (self.hot, figures::HOT),
            (self.mine, figures::MINE),
        ] {
            if on {
                sql.push_str(" AND ");
                sql.push_str(&question.condition());
            }
        }
        if !self.text.is_empty() {
            sql.push_str(
                " AND EXISTS (SELECT FROM contacts narrowed WHERE narrowed.id = d.contact_id \
                 AND narrowed.search_text LIKE $4)",
            );
        }
        sql
    }

    fn pattern(&self) -> String {
        contains(&self.text)
    }
}

/// Who looks, and which moments count for them.
#[derive(Debug, Clone, Copy)]
pub struct Viewpoint {
    pub viewer: UserId,
    /// Due: before this moment.
    pub lines: Lines,
}
