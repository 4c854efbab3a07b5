use chrono::{DateTime, Utc};
use database::Connection;
use database::message::{self, Message};
use domain::mailing::MessageState;
use domain::{DealId, MessageId};

use super::record;
use crate::people::CurrentUser;
use crate::{Environment, Refused};

/// What a person found out about a mail of unclear fate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It arrived: the deal moves on as if it had been recorded.
    Arrived,
    /// It never arrived: the autopilot writes it anew.
    Lost,
}

/// A person settles what became of a mail whose hand-over was cut short.
///
/// # Errors
/// [`Refused::NotFound`] outside the person's brands; [`Refused::Conflict`] when its fate isn't unclear any more.
pub async fn resolve_unclear(
    environment: &Environment,
    user: &CurrentUser,
    id: MessageId,
    fate: Fate,
) -> Result<(), Refused> {
    let now = environment.clock().now();
    let mut transaction = environment.database().scoped(&user.all_brands()).await?;
    let deal = message::find(&mut transaction, id).await?.deal_id;
    database::autopilot::lock_deals(&mut transaction, deal.as_slice()).await?;
    let mail = message::lock(&mut transaction, id).await?;
    if mail.state != MessageState::Unknown {
        return Err(Refused::Conflict("What became of this mail is known by now.".to_owned()));
    }
    match fate {
        Fate::Arrived => {
            let at = mail.claimed_at.unwrap_or(now);
            message::settle_unclear(&mut transaction, id, Some(at), "A person found that it arrived.")
                .await?;
            let brand = database::brand::find(&mut transaction, mail.brand_id).await?;
            let sent = message::find(&mut transaction, id).await?;
            record::advance(environment, &mut transaction, &brand, &[sent]).await?;
        }
        Fate::Lost => {
            message::settle_unclear(&mut transaction, id, None, "A person found that it never arrived.")
                .await?;
            let words = "The last mail never arrived: it is written anew.";
            database::autopilot::look_again(&mut transaction, deal.as_slice(), now, words).await?;
        }
    }
    transaction.commit().await?;
    Ok(())
}

/// Holds the deals of mails whose fate is unclear, for a person.
pub(super) async fn hold(
    connection: &mut Connection,
    mails: &[Message],
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    for mail in mails {
        let words = format!(
            "It is unclear whether the mail \u{201c}{}\u{201d} arrived. It isn't sent again by itself: a person decides.",
            mail.subject
        );
        block(connection, std::slice::from_ref(mail), now, &words).await?;
    }
    Ok(())
}

/// Holds the deals these mails were written for, while they are still on the same visit to their stage.
pub(super) async fn block(
    connection: &mut Connection,
    mails: &[Message],
    now: DateTime<Utc>,
    words: &str,
) -> Result<(), Refused> {
    let held: Vec<(DealId, i32)> =
        mails.iter().filter_map(|mail| mail.deal_id.zip(mail.stage_visit)).collect();
    database::autopilot::hold_for_person(connection, &held, now, words).await?;
    Ok(())
}
