use chrono::TimeDelta;
use database::ai::{self as accounts, AiAccount, DayOfCalls};
use database::brand;
use domain::ai::USUAL_CALLS;
use domain::view::ai::{AiEdit, AiState, AiTest, AiToday, AiView};

use super::managed;
use crate::board::Reader;
use crate::listings::plain_when;
use crate::office::Office;
use crate::people::CurrentUser;
use crate::{Environment, Refused};

/// No question takes longer.
const CUT_OFF: TimeDelta = TimeDelta::minutes(1);

/// A brand's AI: its settings, and how it goes.
///
/// # Errors
/// [`Refused::NotFound`] for a brand that isn't theirs; [`Refused::Invalid`] below the role.
pub async fn ai_account(
    environment: &Environment,
    user: &CurrentUser,
    slug: &str,
) -> Result<AiView, Refused> {
    let membership = managed(user, slug)?;
    let now = environment.clock().now();
    let reader = Reader { now, tz: user.zone(), overdue_before: now };
    let mut scope = environment.database().brand(membership.id).await?;
    let brand = brand::find(&mut scope, membership.id).await?;
    let day = now.with_timezone(&Office::of(&brand).zone).date_naive();
    let account = accounts::account(&mut scope, brand.id).await?;
    let calls = accounts::day_of_calls(&mut scope, brand.id, day, now - CUT_OFF).await?;
    Ok(AiView {
        slug: membership.slug.clone(),
        brand_name: membership.name.clone(),
        key_stored: account.as_ref().is_some_and(|account| account.key.is_some()),
        state: account.as_ref().map(|account| state(account, calls, &reader)),
        edit: edit(account),
    })
}

fn edit(account: Option<AiAccount>) -> AiEdit {
    match account {
        Some(account) => AiEdit {
            enabled: account.enabled,
            base_url: account.base_url,
            model: account.model,
            key: String::new(),
            daily_calls: account.daily_calls.to_string(),
        },
        None => AiEdit {
            enabled: true,
            base_url: String::new(),
            model: String::new(),
            key: String::new(),
            daily_calls: USUAL_CALLS.to_string(),
        },
    }
}

fn state(account: &AiAccount, calls: DayOfCalls, reader: &Reader) -> AiState {
    let last_test = match (account.tested_at, account.test_passed, &account.test_words) {
        (Some(at), Some(passed), Some(words)) => {
            Some(AiTest { passed, words: words.clone(), at: plain_when(at, reader) })
        }
        _ => None,
    };
    AiState {
        enabled: account.enabled,
        resting_until: account
            .resting_until
            .filter(|until| *until > reader.now)
            .map(|until| plain_when(until, reader)),
        last_test,
        today: AiToday {
            answered: calls.answered,
            failed: calls.failed,
            allowed: account.daily_calls,
            is_used_up: calls.answered + calls.failed >= i64::from(account.daily_calls),
            tokens: calls.tokens,
            last_error: calls.last_error,
        },
    }
}
