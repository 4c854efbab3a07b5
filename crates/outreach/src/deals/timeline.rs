use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use database::Connection;
use database::timeline::{self, DecisionRow, HitRow, InboundRow, MailRow, MoveRow, NoteRow, Subject};
use domain::autopilot::{GuardResult, Rule};
use domain::calendar::words;
use domain::view::board::When;
use domain::view::deal::{DecisionLine, Happening, MailLine, TimelineDay, TimelineEntry};

use crate::Refused;

/// Most entries of each kind.
const MOST: i64 = 100;

/// What has happened, by day of the reader, newest first; and whether older entries were left out.
///
/// # Errors
/// When the database fails. A subject out of scope has no history.
pub async fn timeline(
    connection: &mut Connection,
    subject: Subject,
    now: DateTime<Utc>,
    tz: Tz,
) -> Result<(Vec<TimelineDay>, bool), Refused> {
    let mut entries: Vec<(DateTime<Utc>, Happening)> = Vec::new();
    let mut cut = false;
    let mut add = |found: Vec<(DateTime<Utc>, Happening)>| {
        cut |= i64::try_from(found.len()).is_ok_and(|count| count >= MOST);
        entries.extend(found);
    };
    add(timeline::mails(connection, subject, MOST).await?.into_iter().map(mail).collect());
    add(timeline::hits(connection, subject, MOST).await?.into_iter().map(hit).collect());
    add(timeline::inbound(connection, subject, MOST).await?.into_iter().map(reply).collect());
    add(timeline::moves(connection, subject, MOST).await?.into_iter().map(moved).collect());
    add(timeline::notes(connection, subject, MOST)
        .await?
        .into_iter()
        .map(|row| note(row, now, tz))
        .collect());
    add(timeline::decisions(connection, subject, MOST).await?.into_iter().map(decision).collect());
    entries.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    Ok((days(entries, now, tz), cut))
}

fn days(entries: Vec<(DateTime<Utc>, Happening)>, now: DateTime<Utc>, tz: Tz) -> Vec<TimelineDay> {
    let mut days: Vec<TimelineDay> = Vec::new();
    for (at, what) in entries {
        let heading = words::day(at, now, tz);
        let entry = TimelineEntry {
            at: When {
                instant: at.to_rfc3339(),
                seconds: at.timestamp(),
                text: words::time_of_day(at, tz),
                full: words::full(at, tz),
                overdue: false,
            },
            what,
        };
        match days.last_mut() {
            Some(day) if day.heading == heading => day.entries.push(entry),
            _ => days.push(TimelineDay { heading, entries: vec![entry] }),
        }
    }
    days
}

fn mail(row: MailRow) -> (DateTime<Utc>, Happening) {
    let line = MailLine {
        id: row.id,
        first_line: first_line(&row.start),
        subject: row.subject,
        to: row.to_email,
        template: row.template_key.unwrap_or_default(),
        variant: row.variant,
        state: row.state,
        reason: row.reason.unwrap_or_default(),
        is_test: row.is_test,
        opens: row.opens,
        clicks: row.clicks,
        machine_opens: row.machine_opens,
        replied: row.replied,
        bounced: row.bounced,
    };
    (row.at, Happening::Mail(line))
}

/// The first words of a text, on one line.
fn first_line(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(160) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

fn hit(row: HitRow) -> (DateTime<Utc>, Happening) {
    let what = Happening::Event {
        kind: row.kind,
        verdict: row.verdict,
        // Codes are words with underscores.
        reason: row.reason.replace('_', " "),
        subject: row.subject,
        url: row.url,
    };
    (row.at, what)
}

fn reply(row: InboundRow) -> (DateTime<Utc>, Happening) {
    let what = Happening::Reply {
        from: if row.from_name.is_empty() { row.from_email } else { row.from_name },
        subject: row.subject,
        body: row.body_text,
        intent: row.intent,
        confidence: percent(row.confidence),
        reason: row.reason,
        needs_review: row.needs_review,
    };
    (row.received_at, what)
}

#[expect(clippy::cast_possible_truncation, reason = "the database keeps it between 0 and 1")]
fn percent(share: f32) -> i32 {
    (share * 100.0).round() as i32
}

fn moved(row: MoveRow) -> (DateTime<Utc>, Happening) {
    let who = match (row.actor.as_str(), row.user_name.is_empty()) {
        ("person", false) => row.user_name,
        ("person", true) => "Somebody who has left".to_owned(),
        ("reply", _) => "A reply".to_owned(),
        ("contact", _) => "The contact".to_owned(),
        ("import", _) => "An import".to_owned(),
        ("demo", _) => "The demo".to_owned(),
        _ => "Autopilot".to_owned(),
    };
    let what = Happening::Move {
        who,
        from: row.from_stage,
        to: row.to_stage,
        status: row.to_status,
        same_stage: row.same_stage,
        reason: row.reason,
    };
    (row.at, what)
}

fn note(row: NoteRow, now: DateTime<Utc>, tz: Tz) -> (DateTime<Utc>, Happening) {
    let what = Happening::Note {
        who: if row.author.is_empty() { "Somebody who has left".to_owned() } else { row.author },
        body: row.body,
        is_task: row.is_task,
        due: row.due_at.map(|at| words::short(at, now, tz)),
        done: row.done,
    };
    (row.created_at, what)
}

fn decision(row: DecisionRow) -> (DateTime<Utc>, Happening) {
    // A receipt of an older version may have guards this one doesn't know: it is shown without them.
    let guards: Vec<GuardResult> = serde_json::from_value(row.guards).unwrap_or_default();
    let line = DecisionLine {
        id: row.id,
        action: row.action,
        outcome: row.outcome,
        rule: row.rule.parse::<Rule>().map_or(row.rule, |rule| rule.label().to_owned()),
        reasoning: row.reasoning,
        counterfactual: row.counterfactual,
        guards: guards
            .into_iter()
            .map(|guard| (guard.name.label().to_owned(), guard.passed, guard.detail))
            .collect(),
        engine: row.engine,
        decided_by: row.decided_by,
    };
    (row.at, Happening::Decision(line))
}
