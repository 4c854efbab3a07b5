use ai::{Call, Endpoint, Letter};
use chrono::{Days, TimeDelta};
use database::Connection;
use database::ai::{self as accounts, AiAccount, AiCall, Ended};
use database::brand::Brand;
use database::clock::random_bytes;
use domain::ai::{AiPurpose, CallOutcome};
use domain::{AiCallId, BrandId};

use super::account::endpoint;
use crate::office::Office;
use crate::{Environment, Refused};

/// Questions are kept this long.
const KEPT: Days = Days::new(400);

/// Whether a question may be put.
pub(crate) enum Claim {
    /// Yes, once the claim is committed.
    Granted(Box<Claimed>),
    /// This mail was asked about before.
    Known(Box<AiCall>),
    /// The day's questions are used up.
    OverBudget,
    /// The brand has no AI, it is switched off, or rests.
    Off,
    /// The settings don't work, in words.
    Unusable(String),
}

/// A question that may be put, once.
pub(crate) struct Claimed {
    pub id: AiCallId,
    brand: BrandId,
    purpose: AiPurpose,
    endpoint: Endpoint,
    /// The settings that are asked by.
    pub account: AiAccount,
}

/// Claims a question: counted from now on, whatever comes of it. A test is put even while the AI is switched off or rests.
///
/// # Errors
/// When the database fails.
pub(crate) async fn claim(
    environment: &Environment,
    connection: &mut Connection,
    brand: &Brand,
    purpose: AiPurpose,
    message_id: Option<&str>,
) -> Result<Claim, Refused> {
    let now = environment.clock().now();
    let Some(account) = accounts::lock_account(connection, brand.id).await? else {
        return Ok(Claim::Off);
    };
    let rests = !account.enabled || account.resting_until.is_some_and(|until| until > now);
    if rests && purpose != AiPurpose::Test {
        return Ok(Claim::Off);
    }
    if let Some(message_id) = message_id
        && let Some(call) = accounts::call_about(connection, brand.id, purpose, message_id).await?
    {
        return Ok(Claim::Known(Box::new(call)));
    }
    let endpoint = match endpoint(environment.vault(), &account) {
        Ok(endpoint) => endpoint,
        Err(words) => return Ok(Claim::Unusable(words)),
    };
    let day = now.with_timezone(&Office::of(brand).zone).date_naive();
    let question = AiCall {
        id: AiCallId(environment.clock().new_id()),
        brand_id: brand.id,
        purpose,
        model: account.model.clone(),
        day,
        message_id: message_id.map(str::to_owned),
        inbound_id: None,
        outcome: CallOutcome::Asking,
        intent: None,
        confidence: None,
        tokens_in: 0,
        tokens_out: 0,
        latency_ms: 0,
        error: None,
        at: now,
    };
    let asked = accounts::calls_on(connection, brand.id, day).await?;
    if asked >= i64::from(account.daily_calls) {
        if purpose != AiPurpose::Test {
            mark_used_up(connection, brand, question).await?;
        }
        return Ok(Claim::OverBudget);
    }
    if asked == 0 {
        accounts::forget_calls(connection, brand.id, day - KEPT).await?;
    }
    accounts::insert_call(connection, &question).await?;
    Ok(Claim::Granted(Box::new(Claimed { id: question.id, brand: brand.id, purpose, endpoint, account })))
}

/// One row and one line in the log stand for all questions of the day that aren't put.
async fn mark_used_up(connection: &mut Connection, brand: &Brand, question: AiCall) -> Result<(), Refused> {
    let mark = AiCall { message_id: None, outcome: CallOutcome::OverBudget, ..question };
    if accounts::insert_call(connection, &mark).await? {
        tracing::warn!(brand = %brand.slug, "the day's questions to the AI are used up: the rules alone read replies");
    }
    Ok(())
}

/// Puts a claimed question and notes what came of it. Holds no connection meanwhile.
pub(crate) async fn put(environment: &Environment, claimed: &Claimed, letter: &Letter<'_>) -> Call {
    let marker = match random_bytes() {
        Ok(marker) => marker,
        Err(error) => {
            let reason = format!("this machine has no randomness to give ({error})");
            let outcome = Err(ai::AiError::Unreachable { reason });
            return Call { outcome, tokens_in: 0, tokens_out: 0, latency: std::time::Duration::ZERO };
        }
    };
    let call = ai::classify_reply(environment.ai(), &claimed.endpoint, letter, &marker).await;
    if let Err(error) = &call.outcome {
        tracing::warn!(brand = %claimed.brand, purpose = %claimed.purpose, error = %error, "an AI gave no answer");
    }
    if let Err(error) = note(environment, claimed, &call).await {
        // The answer counts all the same.
        tracing::error!(brand = %claimed.brand, error = ?error, "what came of a question to an AI can't be noted");
    }
    call
}

async fn note(environment: &Environment, claimed: &Claimed, call: &Call) -> Result<(), Refused> {
    let mut scope = environment.database().brand(claimed.brand).await?;
    let whole = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
    let ended = Ended {
        outcome: if call.outcome.is_ok() { CallOutcome::Answered } else { CallOutcome::Failed },
        intent: call.outcome.as_ref().ok().map(|opinion| opinion.intent),
        confidence: call.outcome.as_ref().ok().map(|opinion| opinion.confidence),
        tokens_in: whole(call.tokens_in),
        tokens_out: whole(call.tokens_out),
        latency_ms: i32::try_from(call.latency.as_millis()).unwrap_or(i32::MAX),
        error: call.outcome.as_ref().err().map(ToString::to_string),
    };
    accounts::end_call(&mut scope, claimed.id, &ended).await?;
    match &call.outcome {
        Ok(_) if claimed.purpose == AiPurpose::Test => {
            accounts::rest(&mut scope, claimed.brand, None).await?;
        }
        Ok(_) => {}
        Err(error) => {
            if let Some(rest) = error.rest().and_then(|rest| TimeDelta::from_std(rest).ok()) {
                let until = environment.clock().now() + rest;
                accounts::rest(&mut scope, claimed.brand, Some(until)).await?;
            }
        }
    }
    Ok(scope.commit().await?)
}
