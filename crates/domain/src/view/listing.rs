//! Tables of many records: deals, contacts, mails, decisions.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::board::{NextView, When};
use crate::autopilot::{DecisionAction, DecisionOutcome};
use crate::contact::ContactStatus;
use crate::engagement::Tier;
use crate::mailing::MessageState;
use crate::pipeline::DealStatus;
use crate::{BrandId, ContactId, DealId, DecisionId, MessageId, PipelineId};

/// What narrows a table down, as the address spells it. The server reads each value into its type; an empty one is no
/// restriction.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ListQuery {
    /// A slug, `all` or empty.
    pub brand: String,
    /// In name, company or address; in a mail's subject.
    pub text: String,
    pub pipeline: String,
    /// A stage kind.
    pub kind: String,
    /// A deal's or contact's status, a mail's state, a decision's outcome.
    pub status: String,
    pub tier: String,
    /// A person's id, `me` or `nobody`.
    pub owner: String,
    /// A decision's action.
    pub action: String,
    /// `overdue` or `blocked` deals, contacts without consent (`none`).
    pub only: String,
    /// What came back for a mail.
    #[serde(default)]
    pub signal: String,
    /// A mail's template, by its key.
    #[serde(default)]
    pub template: String,
    /// First day, `2026-11-26`, in the person's zone.
    #[serde(default)]
    pub from: String,
    /// Last day, the same way.
    #[serde(default)]
    pub to: String,
    /// The column, with a minus sign before it for falling order.
    pub sort: String,
    /// The record after which the page begins.
    pub after: String,
    /// The record before which the page ends.
    pub before: String,
    /// Number of the page's first row.
    pub row: String,
}

impl ListQuery {
    /// Reads the address's query.
    pub fn from_query(get: impl Fn(&str) -> Option<String>) -> Self {
        let value =
            |name| get(name).map(|value| value.trim().chars().take(100).collect()).unwrap_or_default();
        Self {
            brand: value("brand"),
            text: value("q"),
            pipeline: value("pipeline"),
            kind: value("kind"),
            status: value("status"),
            tier: value("tier"),
            owner: value("owner"),
            action: value("action"),
            only: value("only"),
            signal: value("signal"),
            template: value("template"),
            from: value("from"),
            to: value("to"),
            sort: value("sort"),
            after: value("after"),
            before: value("before"),
            row: value("row"),
        }
    }

    /// The column and whether the order falls.
    pub fn order(&self) -> (&str, bool) {
        self.sort.strip_prefix('-').map_or((self.sort.as_str(), false), |column| (column, true))
    }
}

/// One page of a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ListPage<T> {
    pub rows: Vec<T>,
    /// Of every page.
    pub total: i64,
    /// There are more than `total`: they were not counted to the end.
    pub more_than_total: bool,
    /// Number of the first row, from 1; 0 when there are none.
    pub first_row: i64,
    /// The last record, when more follow.
    pub next: Option<Uuid>,
    /// The first record, when others come before.
    pub previous: Option<Uuid>,
}

impl<T> ListPage<T> {
    /// Number of the last row.
    pub fn last_row(&self) -> i64 {
        let shown = i64::try_from(self.rows.len()).unwrap_or(0);
        if shown == 0 { 0 } else { self.first_row + shown - 1 }
    }
}

/// A filter of a table with how many records it would leave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// As the address spells it.
    pub value: String,
    pub count: i64,
}

/// A choice of a filter: value and words.
pub type Choice = (String, String);

/// The deals of a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DealList {
    pub page: ListPage<DealRow>,
    /// Cents of every page's deals.
    pub value_cents: i64,
    /// Per status, `overdue` and `blocked`, whatever filter is on.
    pub tallies: Vec<Tally>,
    /// People who may own deals: id and name.
    pub owners: Vec<Choice>,
}

/// A deal in a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DealRow {
    pub id: DealId,
    pub name: String,
    pub company: String,
    pub brand_slug: String,
    pub pipeline: String,
    pub pipeline_key: String,
    pub stage: String,
    pub tier: Tier,
    pub unverified: bool,
    pub status: DealStatus,
    /// Cents.
    pub value_cents: i64,
    /// ISO 4217.
    pub currency: String,
    pub mails_sent: i32,
    pub next: NextView,
    /// Empty: nobody's.
    pub owner: String,
}

/// A contact in a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ContactRow {
    pub id: ContactId,
    pub name: String,
    pub company: String,
    pub email: String,
    pub brand: BrandId,
    pub brand_slug: String,
    pub brand_name: String,
    pub status: ContactStatus,
    /// "Published address"; `None`: nothing may be sent.
    pub consent: Option<String>,
    pub deals: i64,
    pub mails: i64,
    /// "opened", "added".
    pub activity: String,
    pub activity_at: When,
}

/// The mails of a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EmailList {
    pub page: ListPage<EmailRow>,
    /// Per state.
    pub tallies: Vec<Tally>,
    /// Key and words of each template the brands mail with.
    pub templates: Vec<(String, String)>,
}

/// A mail in a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EmailRow {
    pub id: MessageId,
    pub subject: String,
    pub to: String,
    /// Empty for a mail of no deal.
    pub pipeline: String,
    /// "Invitation", with the subject variant when it is not the first.
    pub template: String,
    pub state: MessageState,
    /// Why it failed, waits or is unclear.
    pub reason: String,
    /// Opens by persons.
    pub opens: i64,
    pub clicks: i64,
    pub machine_hits: i64,
    pub replied: bool,
    pub bounced: bool,
    pub is_test: bool,
    pub at: When,
}

/// The decisions of a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DecisionList {
    pub page: ListPage<DecisionRow>,
    /// Per outcome, and per action as `action:close`.
    pub tallies: Vec<Tally>,
}

/// A decision of the autopilot with its receipt.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DecisionRow {
    pub id: DecisionId,
    pub deal: DealId,
    pub name: String,
    pub company: String,
    pub pipeline: PipelineId,
    pub pipeline_name: String,
    pub action: DecisionAction,
    pub outcome: DecisionOutcome,
    pub rule: String,
    pub reasoning: String,
    pub counterfactual: String,
    /// Name, whether it passed, and the detail.
    pub guards: Vec<(String, bool, String)>,
    /// What it saw: a word and its value.
    pub inputs: Vec<(String, String)>,
    pub engine: String,
    /// "No cost".
    pub cost: String,
    pub decided_by: Option<String>,
    pub at: When,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_from_the_address() {
        let get = |name: &str| match name {
            "q" => Some("  gill ".to_owned()),
            "sort" => Some("-value".to_owned()),
            _ => None,
        };
        let query = ListQuery::from_query(get);
        assert_eq!(
            (query.text.as_str(), query.order(), query.status.as_str()),
            ("gill", ("value", true), "")
        );
    }

    #[test]
    fn rows_are_numbered_through_the_pages() {
        let page = |rows: Vec<()>, first_row| ListPage {
            rows,
            total: 60,
            more_than_total: false,
            first_row,
            next: None,
            previous: None,
        };
        assert_eq!(page(vec![(); 10], 51).last_row(), 60);
        assert_eq!(page(Vec::new(), 0).last_row(), 0);
    }
}
