use ai::Letter;
use database::ai::AiCall;
use database::brand;
use domain::ai::AiPurpose;
use domain::reply::{Opinion, may_ask, visible_text};
use domain::{AiCallId, BrandId};
use mail::receive::Inbound;

use super::look::{Sight, look};
use crate::ai_accounts::{Claim, Claimed, claim, put};
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

/// Whether an AI has a say in a mail.
pub(super) enum SecondOpinion {
    /// The rules alone decide.
    None,
    /// It was asked before.
    Known(Heard),
    /// It may be asked now.
    Open(Box<Question>),
}

/// A question that is claimed and not put yet.
pub(super) struct Question {
    claimed: Box<Claimed>,
    brand: String,
    subject: String,
    text: String,
}

impl Question {
    /// Puts it. Holds no connection while it waits for an answer, [`ai::PATIENCE`] at most.
    pub async fn put(&self, environment: &Environment) -> Heard {
        let letter = Letter { brand: &self.brand, subject: &self.subject, text: &self.text };
        let call = put(environment, &self.claimed, &letter).await;
        Heard { call: self.claimed.id, opinion: call.outcome.ok() }
    }
}

/// Claims a question about a mail when the rules are unsure of it. Changes nothing but the notes of what was asked.
///
/// Mail of strangers is not shown to anybody: a person reads it in any case.
///
/// # Errors
/// When the database fails.
pub(super) async fn second_opinion(
    environment: &Environment,
    brand: BrandId,
    mail: &Inbound,
) -> Result<SecondOpinion, Refused> {
    let clock = environment.clock();
    let mut scope = environment.database().brand(brand).await?;
    let account = database::ai::account(&mut scope, brand).await?;
    if !account.is_some_and(|account| account.enabled) {
        return Ok(SecondOpinion::None);
    }
    let brand = brand::find(&mut scope, brand).await?;
    let Sight::New(look) = look(&mut scope, clock, &brand, mail).await? else {
        return Ok(SecondOpinion::None);
    };
    if look.matched.contact.is_none() || !may_ask(&look.found, &look.facts) {
        return Ok(SecondOpinion::None);
    }
    let about = Some(look.message_id.as_str());
    match claim(environment, &mut scope, &brand, AiPurpose::ClassifyReply, about).await? {
        Claim::Granted(claimed) => {
            scope.commit().await?;
            Ok(SecondOpinion::Open(Box::new(Question {
                claimed,
                brand: brand.name,
                subject: mail.subject.clone(),
                text: visible_text(&mail.text),
            })))
        }
        Claim::Known(call) => Ok(SecondOpinion::Known(Heard::from(*call))),
        Claim::OverBudget => {
            // That the day is used up is noted.
            scope.commit().await?;
            Ok(SecondOpinion::None)
        }
        Claim::Unusable(words) => {
            tracing::warn!(brand = %brand.slug, error = words, "an AI can't be asked; the rules alone read the mail");
            Ok(SecondOpinion::None)
        }
        Claim::Off => Ok(SecondOpinion::None),
    }
}
