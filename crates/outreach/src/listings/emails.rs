use database::listing::{self, EmailFilter, ListedEmail};
use domain::mailing::MessageState;
use domain::view::listing::{EmailList, EmailRow, ListQuery};

use super::{read, view};
use crate::board::Reader;
use crate::people::CurrentUser;
use crate::{Environment, Refused};

/// A page of the mails that pass the query.
///
/// # Errors
/// [`Refused::NotFound`] for a brand that isn't theirs, [`Refused::Invalid`] for a filter that can't be read.
pub async fn emails(
    environment: &Environment,
    user: &CurrentUser,
    query: &ListQuery,
) -> Result<EmailList, Refused> {
    let brands = user.brands(&query.brand).ok_or(Refused::NotFound)?;
    let mut scope = environment.database().scoped(&brands).await?;
    let now = environment.clock().now();
    let reader = Reader { now, tz: user.zone(), overdue_before: now };
    let states = match query.status.as_str() {
        "waiting" => vec![MessageState::Scheduled, MessageState::Queued, MessageState::Sending],
        other => read::value(other, "state")?.into_iter().collect(),
    };
    let filter = EmailFilter {
        states,
        pipeline: read::pipeline(query)?,
        template: Some(query.template.clone()).filter(|key| !key.is_empty()),
        signal: read::value(&query.signal, "signal")?,
        from: read::day_start(&query.from, 0, user.zone())?,
        before: read::day_start(&query.to, 1, user.zone())?,
        text: query.text.clone(),
    };
    let page = listing::emails(&mut scope, &filter, read::paging(query)?).await?;
    let (tallies, total) = view::split(listing::email_tallies(&mut scope, &filter).await?);
    Ok(EmailList {
        page: view::page_of(page, query, total, |row: &EmailRow| row.id.0, |email| row(email, &reader)),
        tallies,
        templates: listing::template_keys(&mut scope)
            .await?
            .into_iter()
            .map(|key| (key.clone(), view::template_words(Some(&key), "A")))
            .collect(),
    })
}

fn row(email: ListedEmail, reader: &Reader) -> EmailRow {
    EmailRow {
        id: email.id,
        subject: email.subject,
        to: if email.to_name.is_empty() { email.to_email } else { email.to_name },
        pipeline: email.pipeline.unwrap_or_default(),
        template: view::template_words(email.template_key.as_deref(), &email.variant),
        state: email.state,
        reason: email.reason.unwrap_or_default(),
        opens: email.opens,
        clicks: email.clicks,
        machine_hits: email.machine_hits,
        replied: email.replied,
        bounced: email.bounced,
        is_test: email.is_test,
        at: view::plain_when(email.at, reader),
    }
}
