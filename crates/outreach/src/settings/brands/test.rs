use std::time::Duration;

use database::settings::{Audited, audit};
use domain::BrandId;
use domain::mailing::{Provider, TestOutcome};
use domain::view::brands::TestLine;
use mail::deliver::DeliveryError;
use serde_json::json;
use tokio::time::timeout;

use super::managed;
use crate::board::Reader;
use crate::listings::plain_when;
use crate::people::CurrentUser;
use crate::transports::StoredAccount;
use crate::{Environment, Refused};

/// A person waits for it.
const PATIENCE: Duration = Duration::from_secs(25);

/// Connects to the brand's provider and signs in, without sending anything, and keeps what that showed.
///
/// # Errors
/// [`Refused::NotFound`] for a brand that isn't theirs; [`Refused::Invalid`] below the role, and without an account.
pub async fn test_account(
    environment: &Environment,
    user: &CurrentUser,
    slug: &str,
) -> Result<TestLine, Refused> {
    let id = managed(user, slug)?.id;
    let (task, who) = (environment.clone(), user.clone());
    // A task of its own: a browser that leaves must not leave the result unwritten.
    tokio::spawn(async move { run(&task, &who, id).await })
        .await
        .map_err(|error| Refused::Failed(error.into()))?
}

async fn run(environment: &Environment, user: &CurrentUser, id: BrandId) -> Result<TestLine, Refused> {
    let (brand, stored) = {
        let mut scope = environment.database().brand(id).await?;
        let brand = database::brand::find(&mut scope, id).await?;
        (brand, StoredAccount::load(&mut scope, id).await?)
    };
    let Some(account) = &stored else {
        return Err(Refused::Invalid("Save a sending account first.".to_owned()));
    };
    let answer = timeout(PATIENCE, environment.transports().test(environment, &brand, stored.as_ref())).await;
    let (outcome, words) = match answer {
        Ok(Ok(())) => (TestOutcome::Passed, passed(account.settings.provider)),
        Ok(Err(DeliveryError::Transient { reason, .. } | DeliveryError::Unknown { reason })) => {
            (TestOutcome::Unreachable, sentence(&reason))
        }
        Ok(Err(error)) => (TestOutcome::Failed, sentence(error.reason())),
        Err(_) => (TestOutcome::Unreachable, "The provider didn't answer in time.".to_owned()),
    };
    let now = environment.clock().now();
    let mut transaction = environment.database().brand(id).await?;
    let of = account.settings.updated_at;
    if !database::brand::note_test(&mut transaction, id, of, outcome, &words, now).await? {
        return Err(Refused::Conflict("The settings changed during the test: test again.".to_owned()));
    }
    let change = Audited {
        id: environment.clock().new_id(),
        brand: id,
        by: user.id(),
        action: "mail_account_tested",
        subject_kind: "brand",
        subject: id.0,
        detail: json!({ "provider": account.settings.provider, "outcome": outcome, "words": words }),
        at: now,
    };
    audit(&mut transaction, &change).await?;
    transaction.commit().await?;
    let reader = Reader { now, tz: user.zone(), overdue_before: now };
    Ok(TestLine { outcome, words, at: plain_when(now, &reader) })
}

/// What has been shown, and what hasn't.
fn passed(provider: Provider) -> String {
    match provider {
        Provider::Local => "The local mailbox is part of the demo: nothing leaves this machine.",
        Provider::Smtp => "Connected and signed in. No mail was sent.",
        Provider::ZeptoMail => {
            "ZeptoMail answered and knows the token. Whether the sender's domain is verified only a mail can show."
        }
        Provider::ZohoMail => "The refresh token works, and the account may send as this sender. No mail was sent.",
    }
    .to_owned()
}

/// A reason as a sentence of its own.
fn sentence(reason: &str) -> String {
    let mut letters = reason.chars();
    let start = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    let end = if reason.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{start}{}{end}", letters.as_str())
}
