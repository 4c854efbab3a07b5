use ai::BaseUrl;
use database::ai::{self as accounts, AiAccount};
use database::settings::{Audited, audit};
use domain::ai::MOST_CALLS;
use domain::view::ai::{AiEdit, AiSaved};
use serde_json::json;

use super::account::key_place;
use super::managed;
use crate::people::CurrentUser;
use crate::{Environment, Refused};

/// Characters of a model's name.
const LONGEST_MODEL: usize = 100;
/// Characters of a key.
const LONGEST_KEY: usize = 500;

type Errors = Vec<(String, String)>;

/// Stores a brand's AI: all of it, or nothing and what is wrong.
///
/// # Errors
/// [`Refused::NotFound`] for a brand that isn't theirs; [`Refused::Invalid`] below the role.
pub async fn save_ai_account(
    environment: &Environment,
    user: &CurrentUser,
    slug: &str,
    edit: &AiEdit,
) -> Result<AiSaved, Refused> {
    let brand = managed(user, slug)?.id;
    let now = environment.clock().now();
    let mut scope = environment.database().brand(brand).await?;
    let before = accounts::lock_account(&mut scope, brand).await?;
    let mut errors = Errors::new();
    let typed = read(edit, &mut errors);
    let key = edit.key.trim();
    let base_url = typed.base_url.as_ref().map(BaseUrl::as_str);
    // A stored key never goes to another server than it was typed for.
    let kept = before.as_ref().filter(|before| Some(before.base_url.as_str()) == base_url);
    let stored = kept.and_then(|before| before.key.clone());
    if key.is_empty() && stored.is_none() && typed.base_url.as_ref().is_some_and(|base| !base.is_near()) {
        errors.push(error("ai-key", "Enter the key of this server."));
    }
    let (Some(base_url), Some(daily_calls), true) = (typed.base_url, typed.daily_calls, errors.is_empty())
    else {
        return Ok(AiSaved::Errors(errors));
    };
    let sealed =
        if key.is_empty() { stored } else { Some(environment.vault().seal(&key_place(brand), key)?) };
    let account = AiAccount {
        brand_id: brand,
        base_url: base_url.as_str().to_owned(),
        model: typed.model,
        key: sealed,
        enabled: edit.enabled,
        daily_calls,
        saved_at: now,
        resting_until: None,
        tested_at: None,
        test_passed: None,
        test_words: None,
    };
    let account = with_test(account, kept.filter(|_| key.is_empty()));
    accounts::store_account(&mut scope, &account).await?;
    let change = Audited {
        id: environment.clock().new_id(),
        brand,
        by: user.id(),
        action: "ai_saved",
        subject_kind: "brand",
        subject: brand.0,
        detail: json!({ "base_url": account.base_url, "model": account.model, "enabled": account.enabled,
            "daily_calls": account.daily_calls, "key_changed": !key.is_empty() }),
        at: now,
    };
    audit(&mut scope, &change).await?;
    scope.commit().await?;
    Ok(AiSaved::At(now.with_timezone(&user.zone()).format("%H:%M").to_string()))
}

/// What the last test found still holds when the same model is asked in the same way.
fn with_test(account: AiAccount, before: Option<&AiAccount>) -> AiAccount {
    match before.filter(|before| before.model == account.model) {
        Some(before) => AiAccount {
            tested_at: before.tested_at,
            test_passed: before.test_passed,
            test_words: before.test_words.clone(),
            ..account
        },
        None => account,
    }
}

struct Typed {
    base_url: Option<BaseUrl>,
    model: String,
    daily_calls: Option<i32>,
}

fn read(edit: &AiEdit, errors: &mut Errors) -> Typed {
    let base_url = BaseUrl::parse(&edit.base_url);
    if let Err(wrong) = &base_url {
        errors.push(error("ai-base-url", wrong.to_string()));
    }
    let model = edit.model.trim();
    if model.is_empty() || model.chars().count() > LONGEST_MODEL || model.contains(char::is_control) {
        errors.push(error("ai-model", "Give the model’s name as its server spells it."));
    }
    let key = edit.key.trim();
    // It travels in a header.
    if key.chars().count() > LONGEST_KEY || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        errors.push(error("ai-key", "That is too long, or has signs in it that no key has: copy it again."));
    }
    let daily_calls = edit.daily_calls.trim().parse().ok().filter(|calls| (1..=MOST_CALLS).contains(calls));
    if daily_calls.is_none() {
        errors.push(error("ai-daily-calls", format!("Give a whole number from 1 to {MOST_CALLS}.")));
    }
    Typed { base_url: base_url.ok(), model: model.to_owned(), daily_calls }
}

fn error(id: &str, words: impl Into<String>) -> (String, String) {
    (id.to_owned(), words.into())
}
