use chrono::{DateTime, Utc};
use database::inbound::{self, Line, QueueFilter, Show};
use domain::calendar::words;
use domain::view::board::When;
use domain::view::inbox::{InboxDay, InboxLine, InboxQuery, InboxView};

use super::open::open;
use crate::board::{Reader, when};
use crate::people::CurrentUser;
use crate::{Environment, Refused};

/// Mails on a page.
const PAGE: i64 = 50;

/// How many mails wait for a person, in all their brands.
///
/// # Errors
/// When the database fails.
pub async fn waiting(environment: &Environment, user: &CurrentUser) -> Result<i64, Refused> {
    let mut scope = environment.database().scoped(&user.all_brands()).await?;
    Ok(inbound::waiting(&mut scope).await?.all)
}

/// The list and the open mail.
///
/// # Errors
/// [`Refused::NotFound`] for a brand or mail that isn't theirs.
pub async fn page(
    environment: &Environment,
    user: &CurrentUser,
    query: &InboxQuery,
) -> Result<InboxView, Refused> {
    let brands = user.brands(&query.brand).ok_or(Refused::NotFound)?;
    let mut scope = environment.database().scoped(&brands).await?;
    let now = environment.clock().now();
    let reader = Reader { now, tz: user.zone(), overdue_before: DateTime::<Utc>::MIN_UTC };
    let show = match query.show.as_str() {
        "unmatched" => Show::Unmatched,
        "all" => Show::All,
        _ => Show::Waiting,
    };
    let filter = QueueFilter { show, text: query.text.clone(), before: query.before };
    let waiting = inbound::waiting(&mut scope).await?;
    let mut lines = inbound::queue(&mut scope, &filter, PAGE + 1).await?;
    let has_older = lines.len() as i64 > PAGE;
    lines.truncate(usize::try_from(PAGE).unwrap_or_default());
    let older = lines.last().filter(|_| has_older).map(|line| line.id);
    let chosen = query.mail.or(lines.first().map(|line| line.id));
    let open = match chosen {
        Some(id) => {
            let mut open = open(&mut scope, id, &reader).await?;
            let at = lines.iter().position(|line| line.id == id);
            let neighbour = |at: Option<usize>| at.and_then(|at| lines.get(at)).map(|line| line.id);
            open.newer = neighbour(at.and_then(|at| at.checked_sub(1)));
            open.older = neighbour(at.map(|at| at + 1));
            Some(open)
        }
        None => None,
    };
    let several = brands.len() > 1;
    drop(scope);
    let everywhere =
        if brands == user.all_brands() { waiting.all } else { self::waiting(environment, user).await? };
    Ok(InboxView {
        days: days(lines, &reader, several),
        waiting: waiting.all,
        everywhere,
        unmatched: waiting.unmatched,
        older,
        open,
    })
}

fn days(lines: Vec<Line>, reader: &Reader, several_brands: bool) -> Vec<InboxDay> {
    let mut days: Vec<InboxDay> = Vec::new();
    for line in lines {
        let heading = words::day(line.received_at, reader.now, reader.tz);
        let line = shown(line, reader, several_brands);
        match days.last_mut() {
            Some(day) if day.heading == heading => day.mails.push(line),
            _ => days.push(InboxDay { heading, mails: vec![line] }),
        }
    }
    days
}

fn shown(line: Line, reader: &Reader, several_brands: bool) -> InboxLine {
    let who = match line.contact_id {
        None => "Unknown sender".to_owned(),
        Some(_) => line.company,
    };
    let brand = if several_brands { line.brand_name } else { String::new() };
    let about: Vec<String> = [who, brand].into_iter().filter(|part| !part.is_empty()).collect();
    InboxLine {
        id: line.id,
        from: if line.from_name.is_empty() { line.from_email } else { line.from_name },
        at: When { text: words::time_of_day(line.received_at, reader.tz), ..when(line.received_at, reader) },
        subject: if line.subject.is_empty() { "(no subject)".to_owned() } else { line.subject },
        start: line.start.split_whitespace().collect::<Vec<_>>().join(" "),
        intent: line.intent,
        confidence: percent(line.confidence),
        waits: line.needs_review,
        about: about.join(" · "),
    }
}

/// A share as whole percent.
pub(super) fn percent(share: f32) -> i16 {
    // Between 0 and 100 by the database's own check.
    (share * 100.0).round() as i16
}
