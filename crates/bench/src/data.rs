//! Deterministic data, written by PostgreSQL itself.

use anyhow::Result;
use chrono::{DateTime, Utc};
use database::Database;
use database::brand::Brand;
use diesel_async::{AsyncConnection, AsyncPgConnection, SimpleAsyncConnection};

use crate::Size;

/// Fills the brand: contacts, deals in its first pipelines (`business` gets the board's share), mails and events.
///
/// # Errors
/// When the database fails.
pub async fn load(
    database: &Database,
    brand: &Brand,
    owner: &str,
    now: DateTime<Utc>,
    size: Size,
) -> Result<()> {
    let mut scope = database.brand(brand.id).await?;
    for statement in statements(brand, now, size) {
        scope.batch_execute(&statement).await?;
    }
    scope.commit().await?;
    // Autovacuum would do it some time during the measurements.
    AsyncPgConnection::establish(owner).await?.batch_execute("VACUUM ANALYZE").await?;
    Ok(())
}

fn statements(brand: &Brand, now: DateTime<Utc>, size: Size) -> Vec<String> {
    let (id, now) = (brand.id, now.to_rfc3339());
    let Size { board_deals, deals, messages, contacts, .. } = size;
    vec![
        format!(
            "UPDATE brands SET postal_address = '1 Bench Street, Harris Park NSW 2150', hourly_cap = 10000000,
                daily_cap = 10000000 WHERE id = '{id}'"
        ),
        format!(
            "INSERT INTO contacts (id, brand_id, email, name, company, source, status, consent_basis,
                consent_evidence, consent_at, time_zone, created_at, updated_at)
             SELECT md5('contact' || i)::uuid, '{id}', 'person' || i || '@company' || i || '.example',
                (ARRAY['Priya','Arjun','Meera','Kabir','Divya','Rohan','Simran','Tara'])[1 + i % 8] || ' ' ||
                (ARRAY['Raman','Mehta','Nair','Singh','Gill','Das','Iyer','Sharma','Patel'])[1 + i % 9],
                (ARRAY['Spice','Harbour','Golden','Lotus','Metro','Sunrise','Royal'])[1 + i % 7] || ' ' ||
                (ARRAY['Kitchen','Lawyers','Dental','Removals','Sweets','Physio'])[1 + i % 6] || ' ' || i,
                'bench', 'new', 'published', 'https://directory.example/' || i, '{now}', 'Australia/Melbourne',
                '{now}'::timestamptz - i * interval '1 second', '{now}'
             FROM generate_series(1, {contacts}) AS i"
        ),
        // The board's pipeline over all its stages; the others wait in the entry of Real Estate, due, oldest first.
        format!(
            "INSERT INTO deals (id, brand_id, contact_id, pipeline_id, stage_id, stage_entered_at, status, lost_reason,
                value_cents, next_action_at, next_reason, tier, created_at, updated_at)
             SELECT md5('deal' || i)::uuid, '{id}', md5('contact' || i)::uuid, s.pipeline_id, s.id,
                '{now}'::timestamptz - i * interval '1 minute',
                CASE s.kind WHEN 'won' THEN 'won' WHEN 'lost' THEN 'lost' ELSE 'active' END,
                CASE s.kind WHEN 'lost' THEN 'no_response' END, (i % 50) * 10000,
                '{now}'::timestamptz + interval '3 days', 'Follow-up',
                (ARRAY['new','hot','warm','lurker','cold'])[1 + i % 5],
                '{now}'::timestamptz - i * interval '1 minute', '{now}'
             FROM generate_series(1, {board_deals}) AS i
             JOIN (SELECT s.*, row_number() OVER (ORDER BY s.position) - 1 AS n, count(*) OVER () AS stages
                   FROM stages s JOIN pipelines p ON p.id = s.pipeline_id
                   WHERE p.key = 'business' AND p.brand_id = '{id}') s ON s.n = i % s.stages"
        ),
        format!(
            "INSERT INTO deals (id, brand_id, contact_id, pipeline_id, stage_id, stage_entered_at, next_action_at,
                next_reason, created_at, updated_at)
             SELECT md5('deal' || i)::uuid, '{id}', md5('contact' || i)::uuid, s.pipeline_id, s.id,
                '{now}'::timestamptz - interval '1 day', '{now}'::timestamptz - i * interval '1 second', 'New',
                '{now}'::timestamptz - i * interval '1 minute', '{now}'
             FROM generate_series({board_deals} + 1, {deals}) AS i
             JOIN stages s ON s.kind = 'entry' JOIN pipelines p ON p.id = s.pipeline_id AND p.key = 'realestate'"
        ),
        // Twenty mails or so a deal of the board's pipeline: what engagement is counted from.
        format!(
            "INSERT INTO email_messages (id, brand_id, contact_id, deal_id, send_key, state, to_email, subject, message_id,
                scheduled_for, attempts, sent_at, created_at)
             SELECT md5('message' || i)::uuid, '{id}', d.contact_id, d.id, 'bench:' || i, 'sent',
                'person@company.example', 'Mail ' || i, 'bench' || i || '@desifirms.com.au', t, 1, t, t
             FROM generate_series(1, {messages}) AS i
             CROSS JOIN LATERAL (SELECT md5('deal' || 1 + i % {board_deals})::uuid AS id,
                md5('contact' || 1 + i % {board_deals})::uuid AS contact_id) d
             CROSS JOIN LATERAL (SELECT '{now}'::timestamptz - interval '4 days' - i * interval '10 seconds' AS t) t"
        ),
        format!(
            "INSERT INTO email_contents (message_id, brand_id, from_email, from_name, html, body_text, links)
             SELECT id, brand_id, 'sales@desifirms.com.au', 'Desi Firms', '<p>Mail</p>', 'Mail',
                ARRAY['https://www.desifirms.com.au/register'] FROM email_messages"
        ),
        format!(
            "INSERT INTO email_events (id, brand_id, message_id, deal_id, kind, verdict, reason, at)
             SELECT md5('event' || i)::uuid, '{id}', md5('message' || i)::uuid,
                md5('deal' || 1 + i % {board_deals})::uuid, 'open', 'human', 'browser',
                '{now}'::timestamptz - interval '3 days' - i * interval '10 seconds'
             FROM generate_series(1, {messages}, 3) AS i"
        ),
    ]
}
