//! The review queue: what it lists, what a word does, what can be taken back.

mod decide;
mod queue;
mod unknown;

use anyhow::Context;
use database::person;
use domain::view::inbox::{InboxQuery, InboxView};
use domain::{Role, UserId};
use outreach::people::{CurrentUser, NewPerson, create_person};

use crate::mailroom::Mailroom;

/// A member of some brands.
async fn reader(room: &Mailroom, email: &str, brands: &[&str]) -> anyhow::Result<CurrentUser> {
    let new = NewPerson {
        email: email.to_owned(),
        name: "Asha Reader".to_owned(),
        password: "a long enough password".to_owned(),
        roles: brands.iter().map(|brand| ((*brand).to_owned(), Role::Member)).collect(),
        is_demo: false,
    };
    let id: UserId = create_person(&room.environment, new).await?;
    let mut connection = room.environment.database().unscoped().await?;
    Ok(CurrentUser::new(person::person(&mut connection, id).await?.context("just created")?))
}

async fn shown(room: &Mailroom, user: &CurrentUser, query: InboxQuery) -> anyhow::Result<InboxView> {
    Ok(outreach::inbox::page(&room.environment, user, &query).await?)
}

fn subjects(view: &InboxView) -> Vec<&str> {
    view.days.iter().flat_map(|day| &day.mails).map(|mail| mail.subject.as_str()).collect()
}

/// A mail from somebody nobody knows, answering nothing.
fn from_nowhere(email: &str, id: &str, subject: &str, text: &str) -> String {
    format!(
        "From: Someone New <{email}>\nTo: us@example.com\nSubject: {subject}\nMessage-ID: <{id}>\n\n{text}\n"
    )
}
