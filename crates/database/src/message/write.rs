use diesel::prelude::*;
use diesel::sql_types::{Array, Double, Text, Uuid as SqlUuid};
use diesel::upsert::excluded;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::mailing::MessageState;
use domain::{BrandId, MessageId};
use std::collections::HashSet;

use super::{Content, Message};
use crate::Result;
use crate::prepared::Prepare;
use crate::schema::{email_contents, email_messages};

/// States in which nobody has a mail and nobody is about to get it: the step may be written anew, in the same row.
const WRITABLE: [MessageState; 4] =
    [MessageState::Draft, MessageState::Failed, MessageState::Blocked, MessageState::Cancelled];

/// Writes mails with their contents into the outbox. A step that has a live row already is left as it is; one whose
/// row has come to nothing takes that row over, if it is given with the row's own id. Returns the ids written.
pub async fn write(
    connection: &mut AsyncPgConnection,
    messages: &[Message],
    contents: &[Content],
) -> Result<Vec<MessageId>> {
    use diesel::query_dsl::methods::FilterDsl;
    use email_messages as m;
    if messages.is_empty() {
        return Ok(Vec::new());
    }
    let written: Vec<MessageId> = diesel::insert_into(m::table)
        .values(messages)
        .on_conflict((m::brand_id, m::send_key))
        .do_update()
        .set((
            m::stage_id.eq(excluded(m::stage_id)),
            m::template_key.eq(excluded(m::template_key)),
            m::variant.eq(excluded(m::variant)),
            m::tier.eq(excluded(m::tier)),
            m::state.eq(excluded(m::state)),
            m::to_email.eq(excluded(m::to_email)),
            m::to_name.eq(excluded(m::to_name)),
            m::subject.eq(excluded(m::subject)),
            m::in_reply_to.eq(excluded(m::in_reply_to)),
            m::scheduled_for.eq(excluded(m::scheduled_for)),
            m::claimed_at.eq(excluded(m::claimed_at)),
            m::claimed_by.eq(excluded(m::claimed_by)),
            m::attempts.eq(excluded(m::attempts)),
            m::reason.eq(excluded(m::reason)),
            m::created_by.eq(excluded(m::created_by)),
        ))
        .filter(m::state.eq_any(WRITABLE).and(m::id.eq(excluded(m::id))))
        .returning(m::id)
        .get_results(connection)
        .await?;
    let kept: HashSet<MessageId> = written.iter().copied().collect();
    let contents: Vec<&Content> =
        contents.iter().filter(|content| kept.contains(&content.message_id)).collect();
    use email_contents as c;
    diesel::insert_into(c::table)
        .values(contents)
        .on_conflict(c::message_id)
        .do_update()
        .set((
            c::from_email.eq(excluded(c::from_email)),
            c::from_name.eq(excluded(c::from_name)),
            c::reply_to.eq(excluded(c::reply_to)),
            c::preheader.eq(excluded(c::preheader)),
            c::html.eq(excluded(c::html)),
            c::body_text.eq(excluded(c::body_text)),
            c::links.eq(excluded(c::links)),
            c::references_header.eq(excluded(c::references_header)),
        ))
        .execute(connection)
        .await?;
    Ok(written)
}

/// Has the brand's outbox looked at after each of these delays (seconds), by jobs with these keys.
pub async fn wake(connection: &mut AsyncPgConnection, brand: BrandId, calls: &[(String, f64)]) -> Result<()> {
    if calls.is_empty() {
        return Ok(());
    }
    diesel::sql_query(
        "SELECT app.enqueue_later('deliver_mail', jsonb_build_object('brand', $1), c.key, c.delay)
         FROM unnest($2, $3) AS c (key, delay)",
    )
    .bind::<SqlUuid, _>(brand)
    .bind::<Array<Text>, _>(calls.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>())
    .bind::<Array<Double>, _>(calls.iter().map(|(_, delay)| *delay).collect::<Vec<_>>())
    .prepared()
    .execute(connection)
    .await?;
    Ok(())
}
