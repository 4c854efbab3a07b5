use chrono::TimeDelta;
use database::message::{Content, Message};
use database::template;
use domain::MessageId;
use domain::calendar::words;
use domain::contact::EmailAddress;
use domain::mailing::MessageState;
use domain::view::template::{TemplateDraft, TestFate};

use super::addressee::Addressee;
use super::check;
use super::shelf::Shelf;
use crate::autopilot::calls;
use crate::people::CurrentUser;
use crate::{Environment, Refused};

/// Tests of one brand within an hour: enough to try a text out, too few to mail a list.
const MOST: i64 = 30;

/// Sends a text that somebody is writing to a colleague: to their own address, or the one they typed. It goes through
/// the outbox on behalf of no contact and no deal, without pixel, tracked links and a working opt-out, at any hour, and
/// counts for nothing.
///
/// # Errors
/// [`Refused::NotFound`] for a template or contact that isn't theirs; [`Refused::Invalid`] below the role, for a broken
/// text, and for an address that may not get it; [`Refused::Conflict`] when too many were sent.
pub async fn send_test(
    environment: &Environment,
    user: &CurrentUser,
    draft: &TemplateDraft,
    to: &str,
) -> Result<MessageId, Refused> {
    let mut shelf = Shelf::open_to_edit(environment, user, &draft.brand, &draft.key).await?;
    let now = environment.clock().now();
    let to = recipient(&mut shelf, user, to).await?;
    if template::tests_since(&mut shelf.scope, shelf.brand.id, now - TimeDelta::hours(1)).await? >= MOST {
        return Err(Refused::Conflict(format!(
            "{} has sent {MOST} tests within the hour. Nothing was sent; try again later.",
            shelf.brand.name
        )));
    }
    let addressee = Addressee::find(&mut shelf.scope, &shelf.brand, &draft.who).await?;
    let mail = check::render(environment, &shelf.brand, &draft.key, &draft.source, &addressee)
        .map_err(|problem| Refused::Invalid(format!("{} Nothing was sent.", check::in_words(&[problem]))))?;
    let brand = &shelf.brand;
    let id = MessageId(environment.clock().new_id());
    let host = brand.from_email.rsplit('@').next().unwrap_or("localhost");
    let message = Message {
        template_key: Some(draft.key.clone()),
        send_key: format!("test:{id}"),
        to_email: to,
        subject: format!("[Test] {}", mail.subject),
        message_id: format!("{id}@{host}"),
        is_test: true,
        created_by: Some(user.id()),
        ..Message::queued(id, brand.id, now)
    };
    let content = Content {
        message_id: id,
        brand_id: brand.id,
        from_email: brand.from_email.clone(),
        from_name: brand.from_name.clone(),
        reply_to: brand.reply_to.clone(),
        preheader: mail.preheader,
        html: mail.html,
        body_text: mail.text,
        links: Vec::new(),
        references_header: None,
    };
    let messages = [message];
    database::message::write(&mut shelf.scope, &messages, &[content]).await?;
    let calls = calls(&messages, brand, now);
    database::message::wake(&mut shelf.scope, brand.id, &calls).await?;
    shelf.scope.commit().await?;
    Ok(id)
}

/// Whom a test goes to. Contacts never get one: it has no opt-out that works.
async fn recipient(shelf: &mut Shelf, user: &CurrentUser, to: &str) -> Result<String, Refused> {
    let wanted = if to.trim().is_empty() { user.email() } else { to.trim() };
    let address = EmailAddress::parse(wanted)
        .map_err(|error| Refused::Invalid(format!("Send the test to: {error}. Nothing was sent.")))?;
    let address = address.as_str().to_owned();
    let brand = shelf.brand.id;
    if database::contact::suppression(&mut shelf.scope, brand, &address).await?.is_some() {
        return Err(Refused::Invalid(format!(
            "{} must not mail this address. Nothing was sent.",
            shelf.brand.name
        )));
    }
    let own = address == user.email().to_lowercase();
    if !own && template::knows_address(&mut shelf.scope, brand, &address).await? {
        return Err(Refused::Invalid(format!(
            "This address is a contact's of {}. Tests go to colleagues only: their unsubscribe link does nothing. \
             Nothing was sent.",
            shelf.brand.name
        )));
    }
    Ok(address)
}

/// What became of a test.
///
/// # Errors
/// [`Refused::NotFound`] for anything else, and outside the person's brands.
pub async fn fate_of_test(
    environment: &Environment,
    user: &CurrentUser,
    id: MessageId,
) -> Result<TestFate, Refused> {
    let mut scope = environment.database().scoped(&user.all_brands()).await?;
    let fate = template::fate_of(&mut scope, id).await?;
    let (to, now) = (&fate.to_email, environment.clock().now());
    let why = fate.reason.map(|reason| format!(": {reason}")).unwrap_or_else(|| ".".to_owned());
    let (words, settled) = match fate.state {
        MessageState::Draft | MessageState::Scheduled | MessageState::Queued | MessageState::Sending => {
            (format!("The test to {to} is on its way{why}"), false)
        }
        MessageState::Sent => {
            let at = words::time_of_day(fate.sent_at.unwrap_or(now), user.zone());
            (format!("The test went to {to} at {at}."), true)
        }
        MessageState::Failed => (format!("The test to {to} was refused{why}"), true),
        MessageState::Blocked => (format!("The test to {to} was held back{why}"), true),
        MessageState::Cancelled => (format!("The test to {to} was cancelled{why}"), true),
        MessageState::Unknown => (format!("It is unclear whether the test to {to} arrived{why}"), true),
    };
    Ok(TestFate { state: fate.state, words, settled })
}
