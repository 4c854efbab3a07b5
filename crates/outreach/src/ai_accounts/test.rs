use ai::Letter;
use database::ai::{self as accounts, Tested};
use database::brand;
use domain::ai::AiPurpose;
use domain::reply::Intent;
use domain::view::ai::AiTest;

use super::asking::{Claim, claim, put};
use super::managed;
use crate::board::Reader;
use crate::listings::plain_when;
use crate::people::CurrentUser;
use crate::{Environment, Refused};

/// What the AI is asked about: nobody's mail.
const SAMPLE: &str = "Yes please, tell me more.";

/// Asks a brand's AI one tiny question, and keeps what came of it. It counts as one of the day's.
///
/// # Errors
/// [`Refused::NotFound`] for a brand that isn't theirs or has no AI; [`Refused::Invalid`] below the role.
pub async fn test_ai(environment: &Environment, user: &CurrentUser, slug: &str) -> Result<AiTest, Refused> {
    let id = managed(user, slug)?.id;
    let now = environment.clock().now();
    let at = plain_when(now, &Reader { now, tz: user.zone(), overdue_before: now });
    let failed = |words: String| Ok(AiTest { passed: false, words, at: at.clone() });
    let mut scope = environment.database().brand(id).await?;
    let brand = brand::find(&mut scope, id).await?;
    let claimed = match claim(environment, &mut scope, &brand, AiPurpose::Test, None).await? {
        Claim::Granted(claimed) => claimed,
        Claim::OverBudget => {
            return failed("Today’s calls are used up. Allow more, or wait until midnight.".to_owned());
        }
        Claim::Unusable(words) => return failed(words),
        Claim::Off | Claim::Known(_) => return Err(Refused::NotFound),
    };
    scope.commit().await?;
    let letter = Letter { brand: &brand.name, subject: "Re: An invitation", text: SAMPLE };
    let call = put(environment, &claimed, &letter).await;
    let (passed, words) = match call.outcome {
        Ok(opinion) if opinion.intent == Intent::Interested => (
            true,
            format!(
                "{} read “{SAMPLE}” as interested, {:.0} % sure, in {} ms.",
                opinion.model,
                opinion.confidence * 100.0,
                call.latency.as_millis()
            ),
        ),
        Ok(opinion) => (
            false,
            format!(
                "It answers, but {} takes “{SAMPLE}” for “{}”: choose a model that reads better.",
                opinion.model,
                opinion.intent.label().to_lowercase()
            ),
        ),
        Err(error) => (false, error.to_string()),
    };
    let mut scope = environment.database().brand(id).await?;
    let tested = Tested { at: now, passed, words: words.clone() };
    accounts::keep_test(&mut scope, id, claimed.account.saved_at, &tested).await?;
    scope.commit().await?;
    Ok(AiTest { passed, words, at })
}
