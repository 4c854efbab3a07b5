use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::StageId;
use domain::autopilot::DecisionAction;
use domain::calendar::words;
use domain::pipeline::{DealStatus, Ladder, LostReason, NextStep, Stage};
use domain::view::board::{NextKind, NextView, When, overdue_words};

/// How a deal stands, as far as its next step depends on it.
#[derive(Debug, Clone, Copy)]
pub struct Standing<'a> {
    pub stage: StageId,
    pub status: DealStatus,
    pub lost_reason: Option<LostReason>,
    pub next_action_at: Option<DateTime<Utc>>,
    pub next_reason: &'a str,
    pub blocked_reason: Option<&'a str>,
    /// What waits for approval.
    pub proposed: Option<DecisionAction>,
}

/// The moments a reader sees things from.
#[derive(Debug, Clone, Copy)]
pub struct Reader {
    pub now: DateTime<Utc>,
    pub tz: Tz,
    pub overdue_before: DateTime<Utc>,
}

/// What happens next, in words for the reader.
pub fn next(standing: &Standing<'_>, ladder: &Ladder, reader: &Reader) -> NextView {
    let why = standing.next_reason.to_owned();
    let view = |kind, what: &str, when| NextView { kind, what: what.to_owned(), when, why: why.clone() };
    match standing.status {
        DealStatus::Won => return view(NextKind::Won, "Won", None),
        DealStatus::Lost => {
            let reason = standing.lost_reason.map_or("Lost", LostReason::label);
            return view(NextKind::Lost, reason, None);
        }
        DealStatus::Paused => return view(NextKind::Paused, "Paused", None),
        DealStatus::Active => {}
    }
    if let Some(blocked) = standing.blocked_reason {
        return view(NextKind::Blocked, blocked, None);
    }
    if let Some(action) = standing.proposed {
        return view(NextKind::Approval, &format!("Approve: {}", lower_first(action.label())), None);
    }
    let step = ladder.next_step_after(standing.stage);
    let when = standing.next_action_at.map(|at| when(at, reader));
    match (&step, when) {
        (NextStep::AskPerson { reason }, None) => {
            let said = if standing.next_reason.is_empty() { reason.as_str() } else { standing.next_reason };
            view(NextKind::Person, said, None)
        }
        (NextStep::AskPerson { .. }, when) => view(NextKind::Person, "Your turn by", when),
        (_, None) if standing.next_reason.is_empty() => view(NextKind::Person, "Nothing is planned", None),
        (_, None) => view(NextKind::Person, standing.next_reason, None),
        (NextStep::Send { to, .. }, when) => view(NextKind::Send, &mail_name(ladder.stage(*to)), when),
        (NextStep::SendHere { .. }, when) => {
            let name = ladder.stage(standing.stage).map_or("this stage", |stage| stage.name.as_str());
            view(NextKind::Send, &format!("Mail of {name}"), when)
        }
        (NextStep::CloseNoResponse { .. }, when) => view(NextKind::Close, "Closes as no response", when),
        (NextStep::Nothing, when) => view(NextKind::Wait, "Looked at again", when),
    }
}

/// "First mail", then the names of the stages the mails lead to.
fn mail_name(stage: Option<&Stage>) -> String {
    match stage {
        Some(stage) if stage.step == Some(1) => "First mail".to_owned(),
        Some(stage) => stage.name.clone(),
        None => "Next mail".to_owned(),
    }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// An instant in words, red when it is long past.
pub fn when(at: DateTime<Utc>, reader: &Reader) -> When {
    let overdue = at < reader.overdue_before;
    let text = if overdue {
        overdue_words((reader.now - at).num_seconds())
    } else {
        words::short(at, reader.now, reader.tz)
    };
    When {
        instant: at.to_rfc3339(),
        seconds: at.timestamp(),
        text,
        full: words::full(at, reader.tz),
        overdue,
    }
}
