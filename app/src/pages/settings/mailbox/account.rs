use domain::mailing::{Encryption, MailboxKind};
use domain::view::mailboxes::{MailboxEdit, MailboxSaved};
use leptos::prelude::*;

use crate::components::{Button, ErrorSummary, Notice, NoticeKind, SelectField, TextField, use_toasts};
use crate::layouts::use_refresh;
use crate::pages::settings::errors::Errors;
use crate::pages::settings::server_fields::{SecretField, Server, ServerFields, ServerIds};
use crate::server_fns::mailboxes::save_mailbox;

/// What is under somebody's hands.
#[derive(Clone, Copy)]
struct Fields {
    kind: RwSignal<String>,
    enabled: RwSignal<bool>,
    host: RwSignal<String>,
    port: RwSignal<String>,
    encryption: RwSignal<String>,
    username: RwSignal<String>,
    password: RwSignal<String>,
    folder: RwSignal<String>,
    errors: Errors,
}

impl Fields {
    fn new(edit: MailboxEdit) -> Self {
        Self {
            kind: RwSignal::new(edit.kind.as_str().to_owned()),
            enabled: RwSignal::new(edit.enabled),
            host: RwSignal::new(edit.host),
            port: RwSignal::new(edit.port),
            encryption: RwSignal::new(edit.encryption.as_str().to_owned()),
            username: RwSignal::new(edit.username),
            password: RwSignal::new(String::new()),
            folder: RwSignal::new(edit.folder),
            errors: Errors::new(),
        }
    }

    /// What is in the fields now.
    fn edit(self) -> MailboxEdit {
        MailboxEdit {
            kind: self.kind.get_untracked().parse().unwrap_or(MailboxKind::Imap),
            enabled: self.enabled.get_untracked(),
            host: self.host.get_untracked(),
            port: self.port.get_untracked(),
            encryption: self.encryption.get_untracked().parse().unwrap_or(Encryption::Tls),
            username: self.username.get_untracked(),
            password: self.password.get_untracked(),
            folder: self.folder.get_untracked(),
        }
    }
}

/// The settings of the account.
#[component]
pub(super) fn Account(
    slug: String,
    edit: MailboxEdit,
    password_stored: bool,
    zoho_blocked: Option<String>,
) -> impl IntoView {
    let (toasts, refresh) = (use_toasts(), use_refresh());
    let fields = Fields::new(edit);
    let (problem, busy) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        busy.set(true);
        let (slug, edit) = (slug.clone(), fields.edit());
        leptos::task::spawn_local(async move {
            let outcome = save_mailbox(slug, edit).await;
            let _ = busy.try_set(false);
            let _ = problem.try_set(None);
            match outcome {
                Ok(MailboxSaved::At(time)) => {
                    toasts.good(format!("Mailbox saved {time}."));
                    refresh.now();
                }
                Ok(MailboxSaved::Errors(found)) => {
                    let _ = fields.errors.0.try_set(found);
                }
                Err(error) => {
                    let _ = problem.try_set(Some(error.to_string()));
                }
            }
        });
    };
    let kinds =
        MailboxKind::ALL.iter().map(|kind| (kind.as_str().to_owned(), kind.label().to_owned())).collect();
    let rest = move || match fields.kind.get().parse() {
        Ok(MailboxKind::Zoho) => zoho(zoho_blocked.clone()).into_any(),
        Ok(MailboxKind::Imap) | Err(_) => imap(fields, password_stored).into_any(),
    };
    view! {
        <section class="panel">
            <header class="panel__head"><h2>"Account"</h2></header>
            <form class="panel__body form" novalidate on:submit=save>
                <ErrorSummary errors=fields.errors.0 title="The mailbox was not saved"/>
                {move || problem.get().map(|text| view! { <Notice kind=NoticeKind::Error><p>{text}</p></Notice> })}
                {enabled(fields)}
                <div class="form__row">
                    <SelectField id="mailbox-kind" label="Read with" choices=kinds value=fields.kind/>
                    <TextField
                        id="mailbox-folder"
                        label="Folder"
                        value=fields.folder
                        error=fields.errors.of("mailbox-folder")
                        help="INBOX is where mail arrives."
                        required=true
                    />
                </div>
                {move || rest()}
                <div class="form__foot"><Button submit=true busy=busy>"Save"</Button></div>
            </form>
        </section>
    }
}

fn enabled(fields: Fields) -> impl IntoView {
    view! {
        <label class="switch">
            <input
                type="checkbox"
                role="switch"
                id="mailbox-enabled"
                checked=fields.enabled.get_untracked()
                prop:checked=move || fields.enabled.get()
                on:change=move |event| fields.enabled.set(event_target_checked(&event))
            />
            <span class="check__text"><b>"Read this mailbox"</b><small>"Every 30 minutes, day and night. While it is off, nobody hears a “stop” that arrives here."</small></span>
        </label>
    }
}

fn imap(fields: Fields, password_stored: bool) -> impl IntoView {
    let ways = [
        (Encryption::Tls, "TLS from the start (port 993)"),
        (Encryption::StartTls, "STARTTLS (port 143)"),
        (Encryption::None, "None: only for a server on this machine"),
    ];
    let ways = ways.map(|(way, words)| (way.as_str().to_owned(), words.to_owned())).to_vec();
    let server = Server { host: fields.host, encryption: fields.encryption, port: fields.port };
    let ids = ServerIds { host: "mailbox-host", encryption: "mailbox-encryption", port: "mailbox-port" };
    let (stored, about) = if password_stored {
        (Some("Stored, and shown to nobody.".to_owned()), "")
    } else {
        (None, "For Zoho and Google an app password.")
    };
    view! {
        <ServerFields server=server ids=ids example="imap.zoho.com.au" ways=ways errors=fields.errors/>
        <div class="form__row">
            <TextField
                id="mailbox-username"
                label="User name"
                value=fields.username
                autocomplete="off"
                error=fields.errors.of("mailbox-username")
                help="Usually the whole address."
                required=true
            />
            <SecretField
                id="mailbox-password"
                label="Password"
                value=fields.password
                stored=stored
                about=about
                errors=fields.errors
            />
        </div>
        <p class="field__help">"Another account or folder is read from its last seven days on; older mail is left alone."</p>
    }
}

fn zoho(blocked: Option<String>) -> impl IntoView {
    match blocked {
        None => view! {
            <Notice>"Read with the access of the brand’s sending account at Zoho Mail; no further password is needed."</Notice>
        }
        .into_any(),
        Some(why) => view! {
            <Notice kind=NoticeKind::Warning>
                <p>{why} " Zoho’s API reads a mailbox with the access of a sending account at Zoho Mail. With any other, choose IMAP: Zoho’s server is imap.zoho.com.au."</p>
            </Notice>
        }
        .into_any(),
    }
}
