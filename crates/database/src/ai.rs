//! The AI each brand may ask, and what it was asked.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::ai::{AiPurpose, CallOutcome};
use domain::reply::Intent;
use domain::{AiCallId, BrandId, InboundId};

use crate::Result;
use crate::schema::{ai_accounts, ai_calls};

/// A brand's AI.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = ai_accounts, treat_none_as_null = true)]
pub struct AiAccount {
    pub brand_id: BrandId,
    /// Of an OpenAI-compatible interface.
    pub base_url: String,
    pub model: String,
    /// Sealed; `None`: a local server that asks for none.
    pub key: Option<Vec<u8>>,
    pub enabled: bool,
    /// Questions a day of the brand's zone.
    pub daily_calls: i32,
    pub saved_at: DateTime<Utc>,
    /// Nothing is asked before.
    pub resting_until: Option<DateTime<Utc>>,
    /// When these very settings were last tested; the two below go with it.
    pub tested_at: Option<DateTime<Utc>>,
    pub test_passed: Option<bool>,
    pub test_words: Option<String>,
}

/// The brand's AI; `None`: it has none.
pub async fn account(connection: &mut AsyncPgConnection, brand: BrandId) -> Result<Option<AiAccount>> {
    ai_accounts::table
        .filter(ai_accounts::brand_id.eq(brand))
        .select(AiAccount::as_select())
        .first(connection)
        .await
        .optional()
}

/// The same, locked until the transaction ends: whoever asks counts alone.
pub async fn lock_account(connection: &mut AsyncPgConnection, brand: BrandId) -> Result<Option<AiAccount>> {
    ai_accounts::table
        .filter(ai_accounts::brand_id.eq(brand))
        .select(AiAccount::as_select())
        .for_update()
        .first(connection)
        .await
        .optional()
}

/// Stores a brand's AI, replacing the one before.
pub async fn store_account(connection: &mut AsyncPgConnection, account: &AiAccount) -> Result<()> {
    diesel::insert_into(ai_accounts::table)
        .values(account)
        .on_conflict(ai_accounts::brand_id)
        .do_update()
        .set(account)
        .execute(connection)
        .await?;
    Ok(())
}

/// Asks nothing more before `until`, or at once again.
pub async fn rest(
    connection: &mut AsyncPgConnection,
    brand: BrandId,
    until: Option<DateTime<Utc>>,
) -> Result<()> {
    diesel::update(ai_accounts::table.filter(ai_accounts::brand_id.eq(brand)))
        .set(ai_accounts::resting_until.eq(until))
        .execute(connection)
        .await?;
    Ok(())
}

/// What a test of an account found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tested {
    pub at: DateTime<Utc>,
    pub passed: bool,
    pub words: String,
}

/// Keeps what a test found, unless other settings have been saved since: `saved_at` names those that were tested.
pub async fn keep_test(
    connection: &mut AsyncPgConnection,
    brand: BrandId,
    saved_at: DateTime<Utc>,
    tested: &Tested,
) -> Result<()> {
    let row =
        ai_accounts::table.filter(ai_accounts::brand_id.eq(brand)).filter(ai_accounts::saved_at.eq(saved_at));
    diesel::update(row)
        .set((
            ai_accounts::tested_at.eq(tested.at),
            ai_accounts::test_passed.eq(tested.passed),
            ai_accounts::test_words.eq(&tested.words),
        ))
        .execute(connection)
        .await?;
    Ok(())
}

/// A question, and what came of it.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = ai_calls)]
pub struct AiCall {
    pub id: AiCallId,
    pub brand_id: BrandId,
    pub purpose: AiPurpose,
    pub model: String,
    /// In the brand's zone.
    pub day: NaiveDate,
    /// Of the mail that was asked about.
    pub message_id: Option<String>,
    /// That mail, once it is stored.
    pub inbound_id: Option<InboundId>,
    pub outcome: CallOutcome,
    /// The answer.
    pub intent: Option<Intent>,
    /// Share 0–1.
    pub confidence: Option<f32>,
    pub tokens_in: i32,
    pub tokens_out: i32,
    pub latency_ms: i32,
    /// In words.
    pub error: Option<String>,
    pub at: DateTime<Utc>,
}

/// Stores a question. `false`: the mail was asked about already, or the day was marked as used up.
pub async fn insert_call(connection: &mut AsyncPgConnection, call: &AiCall) -> Result<bool> {
    let inserted = diesel::insert_into(ai_calls::table)
        .values(call)
        .on_conflict_do_nothing()
        .execute(connection)
        .await?;
    Ok(inserted == 1)
}

/// The question about a mail; `None`: nobody was asked.
pub async fn call_about(
    connection: &mut AsyncPgConnection,
    brand: BrandId,
    purpose: AiPurpose,
    message_id: &str,
) -> Result<Option<AiCall>> {
    ai_calls::table
        .filter(ai_calls::brand_id.eq(brand))
        .filter(ai_calls::purpose.eq(purpose))
        .filter(ai_calls::message_id.eq(message_id))
        .select(AiCall::as_select())
        .first(connection)
        .await
        .optional()
}

/// What came of a question.
#[derive(Debug, Clone, PartialEq, AsChangeset)]
#[diesel(table_name = ai_calls)]
pub struct Ended {
    pub outcome: CallOutcome,
    pub intent: Option<Intent>,
    pub confidence: Option<f32>,
    pub tokens_in: i32,
    pub tokens_out: i32,
    pub latency_ms: i32,
    pub error: Option<String>,
}

/// Notes what came of a question.
pub async fn end_call(connection: &mut AsyncPgConnection, call: AiCallId, ended: &Ended) -> Result<()> {
    diesel::update(ai_calls::table.filter(ai_calls::id.eq(call))).set(ended).execute(connection).await?;
    Ok(())
}

/// Ties a question to the mail it was about, which is stored now.
pub async fn tie_call(connection: &mut AsyncPgConnection, call: AiCallId, inbound: InboundId) -> Result<()> {
    diesel::update(ai_calls::table.filter(ai_calls::id.eq(call)))
        .set(ai_calls::inbound_id.eq(inbound))
        .execute(connection)
        .await?;
    Ok(())
}

/// Questions put on a day of the brand's: what its budget is measured by.
pub async fn calls_on(connection: &mut AsyncPgConnection, brand: BrandId, day: NaiveDate) -> Result<i64> {
    ai_calls::table
        .filter(ai_calls::brand_id.eq(brand))
        .filter(ai_calls::day.eq(day))
        .filter(ai_calls::outcome.ne(CallOutcome::OverBudget))
        .count()
        .get_result(connection)
        .await
}

/// How a day's questions went.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct DayOfCalls {
    #[diesel(sql_type = BigInt)]
    pub answered: i64,
    /// Those that were cut off too.
    #[diesel(sql_type = BigInt)]
    pub failed: i64,
    /// Read and written.
    #[diesel(sql_type = BigInt)]
    pub tokens: i64,
    #[diesel(sql_type = Nullable<Text>)]
    pub last_error: Option<String>,
}

/// How a day of the brand's went. Questions still on their way since before `cut_off` have failed.
pub async fn day_of_calls(
    connection: &mut AsyncPgConnection,
    brand: BrandId,
    day: NaiveDate,
    cut_off: DateTime<Utc>,
) -> Result<DayOfCalls> {
    diesel::sql_query(
        "SELECT count(*) FILTER (WHERE outcome = 'answered') AS answered, \
         count(*) FILTER (WHERE outcome = 'failed' OR (outcome = 'asking' AND at < $3)) AS failed, \
         coalesce(sum(tokens_in::bigint + tokens_out), 0)::bigint AS tokens, \
         (array_agg(error ORDER BY at DESC, id DESC) FILTER (WHERE outcome = 'failed'))[1] AS last_error \
         FROM ai_calls WHERE brand_id = $1 AND day = $2",
    )
    .bind::<SqlUuid, _>(brand)
    .bind::<Date, _>(day)
    .bind::<Timestamptz, _>(cut_off)
    .get_result(connection)
    .await
}

/// Forgets a brand's questions of before a day.
pub async fn forget_calls(
    connection: &mut AsyncPgConnection,
    brand: BrandId,
    before: NaiveDate,
) -> Result<usize> {
    diesel::delete(ai_calls::table.filter(ai_calls::brand_id.eq(brand)).filter(ai_calls::day.lt(before)))
        .execute(connection)
        .await
}
