use leptos::prelude::*;

use super::errors::Errors;
use crate::components::{SelectField, TextField};

/// A mail server under somebody's hands.
#[derive(Clone, Copy)]
pub(super) struct Server {
    pub host: RwSignal<String>,
    pub encryption: RwSignal<String>,
    pub port: RwSignal<String>,
}

/// Ids of the controls; errors are found by them.
#[derive(Clone, Copy)]
pub(super) struct ServerIds {
    pub host: &'static str,
    pub encryption: &'static str,
    pub port: &'static str,
}

/// Host, encryption and port of a mail server.
#[component]
pub(super) fn ServerFields(
    server: Server,
    ids: ServerIds,
    /// A server as it might stand there.
    example: &'static str,
    /// Value and words of each way to encrypt.
    ways: Vec<(String, String)>,
    errors: Errors,
) -> impl IntoView {
    view! {
        <div class="form__row">
            <TextField
                id=ids.host
                label="Host"
                value=server.host
                placeholder=example
                error=errors.of(ids.host)
                required=true
            />
            <SelectField
                id=ids.encryption
                label="Encryption"
                choices=ways
                value=server.encryption
                error=errors.of(ids.encryption)
            />
            <TextField id=ids.port label="Port" value=server.port error=errors.of(ids.port) required=true/>
        </div>
    }
}

/// A field that is written and never read. `stored`: in words, that there is something to replace.
#[component]
pub(super) fn SecretField(
    id: &'static str,
    #[prop(into)] label: String,
    value: RwSignal<String>,
    stored: Option<String>,
    /// What to enter.
    about: &'static str,
    errors: Errors,
) -> impl IntoView {
    let placeholder = if stored.is_some() { "••••••••" } else { "" };
    let help = match stored {
        Some(stored) => format!("{stored} Type to replace it. {about}"),
        None => about.to_owned(),
    };
    view! {
        <TextField
            id=id
            label=label
            kind="password"
            autocomplete="new-password"
            value=value
            placeholder=placeholder
            help=help.trim().to_owned()
            error=errors.of(id)
        />
    }
}
