use chrono::{DateTime, Days, Utc};
use database::mailbox::{self, Happening, LetterFilter};
use database::message::{self, Content, Message};
use database::{Connection, QueryError};
use domain::MessageId;
use domain::calendar::words;
use domain::tracking::HitReason;
use domain::view::board::When;
use domain::view::mailbox::{Letter, LetterDay, LetterEvent, MailboxQuery, MailboxView, OpenLetter};

use crate::board::{Reader, when};
use crate::people::CurrentUser;
use crate::{Environment, Refused};

/// Mails on a page.
const PAGE: i64 = 50;
/// Days the quick text of an out-of-office answer stays away.
const AWAY_DAYS: u64 = 10;

/// The mailbox of the demo. It exists nowhere else.
///
/// # Errors
/// [`Refused::NotFound`] outside the demo, and for a brand or mail that isn't theirs.
pub async fn page(
    environment: &Environment,
    user: &CurrentUser,
    query: &MailboxQuery,
) -> Result<MailboxView, Refused> {
    if !environment.is_demo() {
        return Err(Refused::NotFound);
    }
    let brands = user.brands(&query.brand).ok_or(Refused::NotFound)?;
    let mut scope = environment.database().scoped(&brands).await?;
    let now = environment.clock().now();
    let reader = Reader { now, tz: user.zone(), overdue_before: DateTime::<Utc>::MIN_UTC };
    let filter = LetterFilter {
        text: query.text.clone(),
        unopened: query.show == "unopened",
        replied: query.show == "replied",
        before: query.before,
    };
    let total = mailbox::count(&mut scope, &filter).await?;
    let mut letters = mailbox::letters(&mut scope, &filter, PAGE + 1).await?;
    let has_older = letters.len() as i64 > PAGE;
    letters.truncate(usize::try_from(PAGE).unwrap_or_default());
    let older = letters.last().filter(|_| has_older).map(|letter| letter.id);
    let open = match query.mail.or(letters.first().map(|letter| letter.id)) {
        Some(id) => Some(open(&mut scope, id, &reader).await?),
        None => None,
    };
    Ok(MailboxView { days: days(letters, &reader), total, older, open })
}

fn days(letters: Vec<mailbox::Letter>, reader: &Reader) -> Vec<LetterDay> {
    let mut days: Vec<LetterDay> = Vec::new();
    for letter in letters {
        let heading = words::day(letter.sent_at, reader.now, reader.tz);
        let line = line(letter, reader);
        match days.last_mut() {
            Some(day) if day.heading == heading => day.letters.push(line),
            _ => days.push(LetterDay { heading, letters: vec![line] }),
        }
    }
    days
}

fn line(letter: mailbox::Letter, reader: &Reader) -> Letter {
    let about =
        [letter.company, letter.pipeline].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
    Letter {
        id: letter.id,
        to: if letter.to_name.is_empty() { letter.to_email } else { letter.to_name },
        at: When { text: words::time_of_day(letter.sent_at, reader.tz), ..when(letter.sent_at, reader) },
        subject: letter.subject,
        about: about.join(" · "),
        opens: letter.opens,
        clicks: letter.clicks,
        machine: letter.machine,
        replied: letter.replied,
        bad: letter.bad,
    }
}

/// A delivered mail; others are no business of the mailbox.
pub(super) async fn delivered(
    connection: &mut Connection,
    id: MessageId,
) -> Result<(Message, Content), Refused> {
    let mail = message::find(connection, id).await?;
    let content = message::contents(connection, &[id]).await?.pop().ok_or(QueryError::NotFound)?;
    if mail.sent_at.is_none() || mail.is_test {
        return Err(Refused::NotFound);
    }
    Ok((mail, content))
}

async fn open(connection: &mut Connection, id: MessageId, reader: &Reader) -> Result<OpenLetter, Refused> {
    let (mail, content) = delivered(connection, id).await?;
    let events = mailbox::happenings(connection, id).await?;
    let back = (reader.now.with_timezone(&reader.tz).date_naive() + Days::new(AWAY_DAYS)).format("%-d %B %Y");
    Ok(OpenLetter {
        id,
        from: format!("{} <{}>", content.from_name, content.from_email),
        to: format!("{} <{}>", mail.to_name, mail.to_email).trim_start().to_owned(),
        person: if mail.to_name.is_empty() { mail.to_email } else { mail.to_name },
        subject: mail.subject,
        deal: mail.deal_id,
        sent: when(mail.sent_at.unwrap_or(mail.created_at), reader),
        events: events.into_iter().map(|event| happened(event, reader)).collect(),
        html: content.html,
        links: content.links,
        back_on: back.to_string(),
    })
}

fn happened(event: Happening, reader: &Reader) -> LetterEvent {
    let reason = event.reason.parse::<HitReason>().map_or_else(|_| words_of(&event.reason), HitReason::label);
    LetterEvent {
        kind: event.kind,
        verdict: event.verdict,
        reason: reason.to_owned(),
        at: when(event.at, reader),
    }
}

/// Reasons of everything but opens and clicks.
fn words_of(code: &str) -> &'static str {
    match code {
        "thread" => "Matched by its Message-ID",
        "address" => "Matched by address",
        "one_click" => "One click in the mail program",
        "page" => "Unsubscribe page",
        _ => "",
    }
}
