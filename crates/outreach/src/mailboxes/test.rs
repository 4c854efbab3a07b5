use database::mailboxes;
use domain::view::mailboxes::MailboxTest;

use super::{account, managed};
use crate::people::CurrentUser;
use crate::{Environment, Refused};

/// Signs in to a brand's mailbox and opens its folder, without reading anything.
///
/// # Errors
/// [`Refused::NotFound`] for a brand that isn't theirs or has no mailbox; [`Refused::Invalid`] below the role.
pub async fn test_mailbox(
    environment: &Environment,
    user: &CurrentUser,
    slug: &str,
) -> Result<MailboxTest, Refused> {
    let brand = managed(user, slug)?.id;
    let mut scope = environment.database().brand(brand).await?;
    let mailbox = mailboxes::of_brand(&mut scope, brand).await?.ok_or(Refused::NotFound)?;
    let source = account::source(environment, &mut scope, &mailbox).await?;
    drop(scope);
    let opened = match source {
        Ok(mut source) => {
            let opened = source.open().await;
            source.close().await;
            opened
        }
        Err(error) => Err(error),
    };
    Ok(match opened {
        Ok(folder) => {
            let mails = match folder.mails {
                None => String::new(),
                Some(1) => ", which holds 1 mail".to_owned(),
                Some(count) => format!(", which holds {count} mails"),
            };
            let words = format!("The sign-in works. The folder “{}” is there{mails}.", mailbox.folder);
            MailboxTest { passed: true, words }
        }
        Err(error) => MailboxTest { passed: false, words: error.to_string() },
    })
}
