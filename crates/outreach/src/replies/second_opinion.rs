use ai::Letter;
use database::ai::AiCall;
use database::brand;
use domain::ai::AiPurpose;
use domain::reply::{Opinion, may_ask, visible_text};
use domain::{AiCallId, BrandId};
use mail::receive::Inbound;

use super::look::{Sight, look};
use crate::ai_accounts::{Claim, claim, put};
use crate::{Environment, Refused};

/// A question that was put about a mail.
pub(super) struct Heard {
    pub call: AiCallId,
    /// `None`: there was no usable answer, and the rules alone decide.
    pub opinion: Option<Opinion>,
}

impl From<AiCall> for Heard {
    /// What was heard before: its mail could not be stored then, or is being stored by somebody else.
    fn from(call: AiCall) -> Self {
        let opinion = call.intent.zip(call.confidence).map(|(intent, confidence)| Opinion {
            intent,
            confidence,
            model: call.model,
        });
        Self { call: call.id, opinion }
    }
}

/// Asks the brand's AI about a mail when the rules are unsure of it; `None`: nothing was asked. Changes nothing but the
/// notes of what was asked, and holds no connection while it waits for an answer.
///
/// Mail of strangers is not shown to anybody: a person reads it in any case.
///
/// # Errors
/// When the database fails.
pub(super) async fn second_opinion(
    environment: &Environment,
    brand: BrandId,
    mail: &Inbound,
) -> Result<Option<Heard>, Refused> {
    let clock = environment.clock();
    let mut scope = environment.database().brand(brand).await?;
    let account = database::ai::account(&mut scope, brand).await?;
    if !account.is_some_and(|account| account.enabled) {
        return Ok(None);
    }
    let brand = brand::find(&mut scope, brand).await?;
    let Sight::New(look) = look(&mut scope, clock, &brand, mail).await? else {
        return Ok(None);
    };
    if look.matched.contact.is_none() || !may_ask(&look.found, &look.facts) {
        return Ok(None);
    }
    let claimed = match claim(
        environment,
        &mut scope,
        &brand,
        AiPurpose::ClassifyReply,
        Some(&look.message_id),
    )
    .await?
    {
        Claim::Granted(claimed) => claimed,
        Claim::Known(call) => return Ok(Some(Heard::from(*call))),
        Claim::OverBudget => {
            // That the day is used up is noted.
            scope.commit().await?;
            return Ok(None);
        }
        Claim::Unusable(words) => {
            tracing::warn!(brand = %brand.slug, error = words, "an AI can't be asked; the rules alone read the mail");
            return Ok(None);
        }
        Claim::Off => return Ok(None),
    };
    scope.commit().await?;
    let text = visible_text(&mail.text);
    let letter = Letter { brand: &brand.name, subject: &mail.subject, text: &text };
    let call = put(environment, &claimed, &letter).await;
    Ok(Some(Heard { call: claimed.id, opinion: call.outcome.ok() }))
}
