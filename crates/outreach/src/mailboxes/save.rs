use database::mailboxes::{self, Mailbox};
use database::settings::{Audited, audit};
use domain::mailing::{Encryption, MailboxKind, read_from};
use domain::view::mailboxes::{MailboxEdit, MailboxSaved};
use serde_json::json;

use super::account::password_place;
use super::managed;
use crate::people::CurrentUser;
use crate::{Environment, Refused};

/// Characters.
const LONGEST: usize = 250;

type Errors = Vec<(String, String)>;

/// Stores a brand's mailbox: all of it, or nothing and what is wrong. Another account or folder is read from its last
/// week on; the same one goes on where it stands.
///
/// # Errors
/// [`Refused::NotFound`] for a brand that isn't theirs; [`Refused::Invalid`] below the role.
pub async fn save_mailbox(
    environment: &Environment,
    user: &CurrentUser,
    slug: &str,
    edit: &MailboxEdit,
) -> Result<MailboxSaved, Refused> {
    let brand = managed(user, slug)?.id;
    let now = environment.clock().now();
    let mut scope = environment.database().brand(brand).await?;
    let before = mailboxes::lock(&mut scope, brand).await?;
    let mut errors = Errors::new();
    let mut mailbox = read(edit, Mailbox::new(brand, read_from(now), now), &mut errors);
    match before {
        Some(before) if before.is_same_place(&mailbox) => mailbox = continued(mailbox, before),
        Some(before) if same_account(&before, &mailbox) => mailbox.password = before.password,
        Some(_) | None => {}
    }
    let typed = edit.password.as_str();
    if !typed.is_empty() {
        mailbox.password = Some(environment.vault().seal(&password_place(brand), typed)?);
    }
    if mailbox.kind == MailboxKind::Imap && mailbox.password.is_none() {
        // A stored password never goes to another server or name than it was typed for.
        errors.push(error("mailbox-password", "Enter the password of this account."));
    }
    if !errors.is_empty() {
        return Ok(MailboxSaved::Errors(errors));
    }
    mailboxes::replace(&mut scope, &mailbox).await?;
    let detail = json!({ "kind": mailbox.kind, "enabled": mailbox.enabled, "host": mailbox.host, "port": mailbox.port,
        "encryption": mailbox.tls, "username": mailbox.username, "folder": mailbox.folder,
        "password_changed": !typed.is_empty() });
    let change = Audited {
        id: environment.clock().new_id(),
        brand,
        by: user.id(),
        action: "mailbox_saved",
        subject_kind: "brand",
        subject: brand.0,
        detail,
        at: now,
    };
    audit(&mut scope, &change).await?;
    scope.commit().await?;
    Ok(MailboxSaved::At(now.with_timezone(&user.zone()).format("%H:%M").to_string()))
}

/// The new settings with what is known of the mailbox. The lease ends: whoever reads by the old settings stops.
fn continued(new: Mailbox, before: Mailbox) -> Mailbox {
    Mailbox {
        enabled: new.enabled,
        tls: new.tls,
        saved_at: new.saved_at,
        // The password went over an encrypted connection; it doesn't go over another kind by itself.
        password: before.password.clone().filter(|_| before.tls == new.tls),
        lease_by: None,
        lease_until: None,
        ..before
    }
}

fn same_account(a: &Mailbox, b: &Mailbox) -> bool {
    (a.kind, &a.host, a.port, &a.username, a.tls) == (b.kind, &b.host, b.port, &b.username, b.tls)
}

fn error(id: &str, words: impl Into<String>) -> (String, String) {
    (id.to_owned(), words.into())
}

/// What was typed.
fn read(edit: &MailboxEdit, base: Mailbox, errors: &mut Errors) -> Mailbox {
    let folder = edit.folder.trim();
    check_line("mailbox-folder", folder, errors);
    let mailbox = Mailbox { kind: edit.kind, enabled: edit.enabled, folder: folder.to_owned(), ..base };
    match edit.kind {
        MailboxKind::Zoho => mailbox,
        MailboxKind::Imap => imap(edit, mailbox, errors),
    }
}

fn imap(edit: &MailboxEdit, base: Mailbox, errors: &mut Errors) -> Mailbox {
    let (host, username) = (edit.host.trim().to_lowercase(), edit.username.trim());
    check_line("mailbox-host", &host, errors);
    if !host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':')) {
        errors.push(error("mailbox-host", "Give a host name such as imap.zoho.com.au, without http."));
    }
    check_line("mailbox-username", username, errors);
    if edit.password.chars().count() > LONGEST || edit.password.contains(|c: char| c.is_control()) {
        errors.push(error("mailbox-password", "That is too long, or has line breaks in it: copy it again."));
    }
    let port = edit.port.trim().parse::<u16>().ok().filter(|port| *port > 0);
    if port.is_none() {
        errors.push(error("mailbox-port", "Give a whole number from 1 to 65535; 993 is usual."));
    }
    let here = matches!(host.as_str(), "localhost" | "127.0.0.1" | "::1");
    if edit.encryption == Encryption::None && !here {
        errors.push(error("mailbox-encryption", "Without encryption only a server on this machine is read."));
    }
    Mailbox {
        host,
        port: i32::from(port.unwrap_or(993)),
        tls: edit.encryption,
        username: username.to_owned(),
        ..base
    }
}

fn check_line(id: &str, text: &str, errors: &mut Errors) {
    if text.is_empty() {
        errors.push(error(id, "This is needed."));
    } else if text.chars().count() > LONGEST || text.contains(|c: char| c.is_control()) {
        errors.push(error(id, format!("Use at most {LONGEST} letters, digits and ordinary marks.")));
    }
}
