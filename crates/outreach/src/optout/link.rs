use database::brand::{self, Brand};
use database::deal::Actor;
use database::event::{self, NewEvent};
use database::message::{self, Message};
use database::{Connection, Scoped, contact, optout};
use domain::contact::EmailAddress;
use domain::engagement::{EventKind, Verdict};
use domain::mailing::SuppressionReason;
use domain::{BrandId, EmailEventId, MessageId};
use mail::token::Token;

use super::{Stop, Stopped, stop};
use crate::{Environment, Refused};

/// Longest reason a person may give, characters.
const LONGEST_REASON: usize = 300;

/// What the opt-out page says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptOut {
    pub brand_name: String,
    pub brand_slug: String,
    /// https URL.
    pub website: String,
    /// The address, so that its owner knows it and nobody else learns it: `p•••@example.com`.
    pub masked: String,
    /// The address is on the brand's list already.
    pub already: bool,
    /// It is there at its owner's wish alone, who may take that back.
    pub may_return: bool,
}

/// How somebody opts out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Channel {
    /// The mail program's own button (RFC 8058).
    OneClick,
    /// The page, with the reason given there, if any.
    Page { reason: Option<String> },
}

impl Channel {
    const fn code(&self) -> &'static str {
        match self {
            Self::OneClick => "one_click",
            Self::Page { .. } => "page",
        }
    }

    fn evidence(&self) -> String {
        match self {
            Self::OneClick => "One click in the mail program".to_owned(),
            Self::Page { reason } => {
                match reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty()) {
                    Some(reason) => {
                        let cut: String =
                            reason.chars().filter(|c| !c.is_control()).take(LONGEST_REASON).collect();
                        format!("Unsubscribe page: {cut}")
                    }
                    None => "Unsubscribe page".to_owned(),
                }
            }
        }
    }
}

/// What a mail's opt-out link is about. Changes nothing. `None` for a token that isn't ours or whose mail is gone.
///
/// # Errors
/// When the database fails.
pub async fn look(environment: &Environment, token: &str) -> Result<Option<OptOut>, Refused> {
    let Some((mut scope, asked)) = open(environment, token).await? else {
        return Ok(None);
    };
    let suppressed = contact::suppression(&mut scope, asked.brand.id, &asked.email).await?;
    Ok(Some(view(&asked, suppressed)))
}

/// Opts the recipient of a mail out of its brand. Done again it changes nothing. `None` as in [`look`].
///
/// # Errors
/// When the database fails; nothing has changed then.
pub async fn opt_out(
    environment: &Environment,
    token: &str,
    channel: &Channel,
) -> Result<Option<OptOut>, Refused> {
    let Some((mut scope, asked)) = open(environment, token).await? else {
        return Ok(None);
    };
    let clock = environment.clock();
    let wish = Stop {
        brand: asked.brand.id,
        email: &asked.email,
        contact: asked.mail.as_ref().and_then(|mail| mail.contact_id),
        reason: SuppressionReason::Unsubscribed,
        evidence: &channel.evidence(),
        actor: Actor::Contact,
        words: "Unsubscribed with the link in a mail",
    };
    stop(&mut scope, clock, &wish).await?;
    if let Some(mail) = &asked.mail
        && !event::exists(&mut scope, mail.id, EventKind::Unsubscribe).await?
    {
        append(&mut scope, environment, mail, channel.code()).await?;
    }
    let suppressed = contact::suppression(&mut scope, asked.brand.id, &asked.email).await?;
    scope.commit().await?;
    Ok(Some(view(&asked, suppressed)))
}

/// Opts an address out on a provider's or another system's word. An address nobody has written to is kept all the same.
///
/// # Errors
/// [`Refused::Invalid`] for what is no address.
pub async fn by_address(
    environment: &Environment,
    brand: BrandId,
    email: &str,
    reason: SuppressionReason,
    evidence: &str,
) -> Result<Stopped, Refused> {
    let email = EmailAddress::parse(email).map_err(|error| Refused::Invalid(format!("{error}.")))?;
    let mut scope = environment.database().brand(brand).await?;
    let wish = Stop {
        brand,
        email: email.as_str(),
        contact: None,
        reason,
        evidence,
        actor: Actor::Contact,
        words: match reason {
            SuppressionReason::Complaint => "Marked as spam, says the mail provider",
            SuppressionReason::HardBounce | SuppressionReason::SoftBounces => {
                "The address bounces, says the provider"
            }
            SuppressionReason::Unsubscribed | SuppressionReason::Manual => "Unsubscribed elsewhere",
        },
    };
    let stopped = stop(&mut scope, environment.clock(), &wish).await?;
    scope.commit().await?;
    Ok(stopped)
}

/// Whom an opt-out link speaks for.
pub(super) struct Asked {
    pub brand: Brand,
    /// Normalised.
    pub email: String,
    pub message: MessageId,
    /// `None`: its contact, and it with it, has been deleted here.
    pub mail: Option<Message>,
}

pub(super) async fn open(environment: &Environment, token: &str) -> Result<Option<(Scoped, Asked)>, Refused> {
    let Ok(Token::Unsubscribe { brand, message }) = environment.token_key().decode(token) else {
        return Ok(None);
    };
    let mut scope = environment.database().brand(brand).await?;
    let mail = match message::find(&mut scope, message).await {
        Ok(mail) => Some(mail),
        Err(database::QueryError::NotFound) => None,
        Err(error) => return Err(error.into()),
    };
    let email = match &mail {
        Some(mail) => Some(mail.to_email.to_lowercase()),
        None => optout::former_recipient(&mut scope, message).await?,
    };
    let Some(email) = email else { return Ok(None) };
    let brand = brand::find(&mut scope, brand).await?;
    Ok(Some((scope, Asked { brand, email, message, mail })))
}

async fn append(
    connection: &mut Connection,
    environment: &Environment,
    mail: &Message,
    code: &str,
) -> Result<(), Refused> {
    let event = NewEvent {
        id: EmailEventId(environment.clock().new_id()),
        brand_id: mail.brand_id,
        message_id: mail.id,
        deal_id: mail.deal_id,
        kind: EventKind::Unsubscribe,
        verdict: Verdict::Human,
        reason: code.to_owned(),
        url: None,
        user_agent: None,
        at: environment.clock().now(),
    };
    Ok(event::append(connection, &event).await?)
}

pub(super) fn view(asked: &Asked, suppressed: Option<SuppressionReason>) -> OptOut {
    let Asked { brand, email, .. } = asked;
    OptOut {
        brand_name: brand.name.clone(),
        brand_slug: brand.slug.clone(),
        website: brand.website.clone(),
        masked: masked(email),
        already: suppressed.is_some(),
        may_return: suppressed == Some(SuppressionReason::Unsubscribed),
    }
}

/// The first letter and the domain.
fn masked(email: &str) -> String {
    let (local, domain) = email.split_once('@').unwrap_or((email, ""));
    let first: String = local.chars().take(1).collect();
    format!("{first}•••@{domain}")
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn a_masked_address_shows_one_letter_and_the_domain() {
        assert_eq!(masked("priya+desi@sharmasweets.example"), "p•••@sharmasweets.example");
    }
}
