use chrono::{DateTime, Utc};
use database::contact::{self, Contact};
use database::optout::{self, Release};
use database::{Connection, QueryError};
use domain::contact::{ConsentBasis, ContactStatus, EmailAddress};
use domain::mailing::SuppressionReason;
use domain::{BrandId, ContactId, MessageId, Role, UserId};

use super::OptOut;
use super::link::{open, view};
use crate::people::CurrentUser;
use crate::{Environment, Refused};

/// Longest evidence, characters.
const LONGEST: usize = 500;

/// What became of the wish to be written to again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Back {
    /// The brand may write again. Deals that ended stay ended, and nothing is sent by this.
    Returned(OptOut),
    /// The address typed is not the one the mail went to.
    AnotherAddress(OptOut),
    /// Bounces, complaints and the brand's own decisions are not for the link to lift.
    NotByLink(OptOut),
    /// It isn't on the list.
    NeverLeft(OptOut),
}

/// The owner of an address takes an opt-out back: with the signed link of a mail, and by typing the address, which the
/// page doesn't show. What was done is kept as evidence. `None` for a token that isn't ours.
///
/// # Errors
/// When the database fails; nothing has changed then.
pub async fn come_back(environment: &Environment, token: &str, typed: &str) -> Result<Option<Back>, Refused> {
    let Some((mut scope, asked)) = open(environment, token).await? else {
        return Ok(None);
    };
    let suppressed = contact::suppression(&mut scope, asked.brand.id, &asked.email).await?;
    match suppressed {
        None => return Ok(Some(Back::NeverLeft(view(&asked, None)))),
        Some(SuppressionReason::Unsubscribed) => {}
        Some(
            SuppressionReason::HardBounce
            | SuppressionReason::SoftBounces
            | SuppressionReason::Complaint
            | SuppressionReason::Manual,
        ) => return Ok(Some(Back::NotByLink(view(&asked, suppressed)))),
    }
    if !EmailAddress::parse(typed).is_ok_and(|typed| typed.as_str() == asked.email) {
        return Ok(Some(Back::AnotherAddress(view(&asked, suppressed))));
    }
    let evidence = format!(
        "Subscribed again on the opt-out page by typing the address, with the link of mail {}",
        asked.message
    );
    let lift = Lift {
        brand: asked.brand.id,
        email: &asked.email,
        evidence: &evidence,
        message: Some(asked.message),
        by: None,
    };
    lift.carry_out(&mut scope, environment).await?;
    scope.commit().await?;
    Ok(Some(Back::Returned(view(&asked, None))))
}

/// A manager takes a contact's address off the brand's list, with what proves that its owner wants it.
///
/// # Errors
/// [`Refused::NotFound`] for a contact that isn't theirs; [`Refused::Invalid`] for members and
/// without evidence; [`Refused::Conflict`] when the address isn't on the list.
pub async fn allow_again(
    environment: &Environment,
    user: &CurrentUser,
    id: ContactId,
    evidence: &str,
) -> Result<(), Refused> {
    let evidence = evidence.trim();
    let mut scope = environment.database().scoped(&user.all_brands()).await?;
    let contact = contact::find(&mut scope, id).await?;
    match user.role_in(contact.brand_id) {
        Some(Role::Admin | Role::Manager) => {}
        Some(Role::Member) | None => {
            return Err(Refused::Invalid(
                "Only managers take an address off the do-not-mail list. Nothing was changed.".to_owned(),
            ));
        }
    }
    if evidence.is_empty() || evidence.chars().count() > LONGEST {
        return Err(Refused::Invalid(format!(
            "Say how its owner asked to be written to again, in {LONGEST} characters at most. Nothing was changed."
        )));
    }
    let lift =
        Lift { brand: contact.brand_id, email: &contact.email, evidence, message: None, by: Some(user.id()) };
    if !lift.carry_out(&mut scope, environment).await? {
        return Err(Refused::Conflict("The address isn't on the do-not-mail list.".to_owned()));
    }
    Ok(scope.commit().await?)
}

struct Lift<'a> {
    brand: BrandId,
    email: &'a str,
    evidence: &'a str,
    message: Option<MessageId>,
    by: Option<UserId>,
}

impl Lift<'_> {
    /// Takes the address off the list and keeps on whose word. `false`: it wasn't there.
    async fn carry_out(
        &self,
        connection: &mut Connection,
        environment: &Environment,
    ) -> Result<bool, QueryError> {
        let (clock, now) = (environment.clock(), environment.clock().now());
        let release = Release {
            id: clock.new_id(),
            brand_id: self.brand,
            email: self.email.to_owned(),
            evidence: self.evidence.to_owned(),
            message_id: self.message,
            released_by: self.by,
            at: now,
        };
        if !optout::release(connection, &release).await? {
            return Ok(false);
        }
        if let Some(found) = contact::by_email(connection, self.brand, self.email).await? {
            self.welcome(connection, &found, clock.new_id(), now).await?;
        }
        Ok(true)
    }

    async fn welcome(
        &self,
        connection: &mut Connection,
        contact: &Contact,
        id: uuid::Uuid,
        now: DateTime<Utc>,
    ) -> Result<(), QueryError> {
        let statement = contact::Statement {
            id,
            basis: ConsentBasis::Express,
            evidence: self.evidence,
            by: self.by,
            at: now,
        };
        contact::state_consent(connection, contact, &statement).await?;
        let status =
            if contact.last_mailed_at.is_some() { ContactStatus::Contacted } else { ContactStatus::New };
        optout::take_back_unsubscribed(connection, contact.id, status, now).await
    }
}
