use chrono::TimeDelta;
use database::brand;
use database::deal;
use database::message::Message;
use domain::MessageId;
use domain::tracking::{HitVerdict, Network};
use domain::view::mailbox::{MailboxAct, MailboxDone};
use mail::token::Token;

use super::page::delivered;
use super::write::Answer;
use crate::optout::{Channel, opt_out};
use crate::people::CurrentUser;
use crate::replies::{Outcome, receive_raw};
use crate::tracking::{Hit, Request, record, refresh};
use crate::{Environment, Refused};

/// What a mail program on a computer says of itself.
const MAIL_PROGRAM: &str =
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)";
/// All that Apple's privacy proxy says of itself.
const APPLE_PROXY: &str = "Mozilla/5.0";
/// Nobody reads a mail sooner than this after it left.
const READING: TimeDelta = TimeDelta::seconds(3);
/// Characters of an answer.
const LONGEST_REPLY: usize = 20_000;

/// Does what the recipient of a mail would do, and says what followed.
///
/// # Errors
/// [`Refused::NotFound`] outside the demo and for a mail that isn't theirs; [`Refused::Invalid`] for an empty answer.
pub async fn act(
    environment: &Environment,
    user: &CurrentUser,
    id: MessageId,
    what: &MailboxAct,
) -> Result<MailboxDone, Refused> {
    if !environment.is_demo() {
        return Err(Refused::NotFound);
    }
    let mut scope = environment.database().scoped(&user.all_brands()).await?;
    let (mail, content) = delivered(&mut scope, id).await?;
    let brand = brand::find(&mut scope, mail.brand_id).await?;
    drop(scope);
    let clock = environment.clock();
    let answer = Answer {
        brand: &brand,
        mail: &mail,
        content: &content,
        id: clock.new_id().to_string(),
        now: clock.now(),
    };
    let (brand, message) = (mail.brand_id, mail.id);
    let sentence = match what {
        MailboxAct::Open => hit(environment, &mail, Token::Open { brand, message }, MAIL_PROGRAM).await?,
        MailboxAct::OpenByProxy => {
            hit(environment, &mail, Token::Open { brand, message }, APPLE_PROXY).await?
        }
        MailboxAct::Click(link) => {
            hit(environment, &mail, Token::Click { brand, message, link: *link }, MAIL_PROGRAM).await?
        }
        MailboxAct::Reply { text, automatic } => {
            let text: String = text.trim().chars().take(LONGEST_REPLY).collect();
            if text.is_empty() {
                return Err(Refused::Invalid("Write something first; nothing was sent.".to_owned()));
            }
            received(environment, &mail, &answer.reply(&text, *automatic)?).await?
        }
        MailboxAct::Unsubscribe => {
            let token = environment.token_key().encode(Token::Unsubscribe { brand, message });
            opt_out(environment, &token, &Channel::OneClick).await?.ok_or(Refused::NotFound)?;
            format!("Unsubscribed: {} is not mailed again, and open deals are closed", mail.to_email)
        }
        MailboxAct::BounceHard => {
            received(environment, &mail, &answer.bounce("5.1.1", "550 5.1.1 User unknown")).await?
        }
        MailboxAct::BounceSoft => {
            received(environment, &mail, &answer.bounce("4.2.2", "452 4.2.2 Mailbox full")).await?
        }
        MailboxAct::Spam => received(environment, &mail, &answer.complaint()).await?,
    };
    Ok(MailboxDone { sentence })
}

/// A request for the pixel or a link, as from the recipient's computer.
async fn hit(
    environment: &Environment,
    mail: &Message,
    token: Token,
    user_agent: &str,
) -> Result<String, Refused> {
    let request = Request {
        method: "GET".to_owned(),
        user_agent: user_agent.to_owned(),
        purpose: String::new(),
        network: Network::Ordinary,
        own_session: false,
    };
    let hit = Hit::new(environment, token, None, request).ok_or(Refused::NotFound)?;
    let at = mail.sent_at.map_or(hit.at, |sent| hit.at.max(sent + READING));
    let (recorded, touched) = record(environment, &[Hit { at, ..hit }]).await?;
    refresh(environment, &touched).await?;
    let recorded = recorded.into_iter().next().ok_or(Refused::NotFound)?;
    let what = match (token, &recorded.url) {
        (Token::Click { .. }, Some(url)) => format!("Link to {url} followed"),
        (Token::Click { .. }, None) => return Err(Refused::Invalid("The mail has no such link.".to_owned())),
        (Token::Open { .. } | Token::Unsubscribe { .. }, _) => "Mail opened".to_owned(),
    };
    let judged = match recorded.verdict {
        Some(HitVerdict::Counted(verdict, reason)) => {
            format!("{what}; counted as {} ({})", verdict.label().to_lowercase(), reason.label())
        }
        Some(HitVerdict::NotCounted(_)) | None => format!("{what}; not counted"),
    };
    Ok(match tier(environment, mail).await? {
        Some(tier) => format!("{judged}. The deal is {tier}"),
        None => judged,
    })
}

/// The deal's tier in words.
async fn tier(environment: &Environment, mail: &Message) -> Result<Option<String>, Refused> {
    let Some(deal) = mail.deal_id else { return Ok(None) };
    let mut scope = environment.database().brand(mail.brand_id).await?;
    let deal = deal::find(&mut scope, deal).await?;
    let unverified = if deal.tier_unverified { ", unverified" } else { "" };
    Ok(Some(format!("{}{unverified}", deal.tier.label().to_lowercase())))
}

async fn received(environment: &Environment, mail: &Message, raw: &[u8]) -> Result<String, Refused> {
    Ok(match receive_raw(environment, mail.brand_id, raw).await? {
        Outcome::Received(received) => received.sentence(),
        Outcome::AlreadyReceived(_) => "That answer has arrived already; nothing changed".to_owned(),
        Outcome::OwnMail => "The address belongs to the brand itself: its mail is no answer".to_owned(),
    })
}
