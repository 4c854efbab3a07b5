use chrono::NaiveDate;
use database::deal::{self, NewNote};
use domain::import::parse_cents;
use domain::view::deal::DealEdit;
use domain::{DealId, NoteId};

use crate::people::CurrentUser;
use crate::{Environment, Refused};

/// Longest note, in characters.
const LONGEST_NOTE: usize = 10_000;

/// Sets value, expected close date and owner.
///
/// # Errors
/// [`Refused::NotFound`] for a deal that isn't theirs, [`Refused::Invalid`] for an amount, date or owner that isn't one.
pub async fn edit(environment: &Environment, user: &CurrentUser, edit: &DealEdit) -> Result<(), Refused> {
    let value = match edit.value.trim() {
        "" => None,
        text => Some(parse_cents(text).ok_or_else(|| {
            Refused::Invalid("The value has to be an amount, such as 1,200 or 1,200.50.".to_owned())
        })?),
    };
    let close_on = match edit.expected_close_on.trim() {
        "" => None,
        text => Some(text.parse::<NaiveDate>().map_err(|_| {
            Refused::Invalid("The expected close has to be a date, such as 2026-12-18.".to_owned())
        })?),
    };
    let mut scope = environment.database().scoped(&user.all_brands()).await?;
    let before = deal::lock(&mut scope, edit.deal).await?;
    if let Some(owner) = edit.owner {
        let people = deal::possible_owners(&mut scope, before.brand_id).await?;
        if !people.iter().any(|(person, _)| *person == owner) {
            return Err(Refused::Invalid("The owner has to be a member of the deal's brand.".to_owned()));
        }
    }
    deal::set_facts(&mut scope, before.id, value, close_on, edit.owner, environment.clock().now()).await?;
    scope.commit().await?;
    Ok(())
}

/// Adds a note for the team.
///
/// # Errors
/// [`Refused::NotFound`] for a deal that isn't theirs, [`Refused::Invalid`] for an empty or endless note.
pub async fn add_note(
    environment: &Environment,
    user: &CurrentUser,
    id: DealId,
    body: &str,
) -> Result<(), Refused> {
    let body = body.trim();
    if body.is_empty() {
        return Err(Refused::Invalid("Write something first: an empty note was not added.".to_owned()));
    }
    if body.chars().count() > LONGEST_NOTE {
        return Err(Refused::Invalid(format!(
            "A note has at most {LONGEST_NOTE} characters. It was not added; shorten it or make two of it."
        )));
    }
    let clock = environment.clock();
    let mut scope = environment.database().scoped(&user.all_brands()).await?;
    let deal = deal::find(&mut scope, id).await?;
    let note = NewNote { id: NoteId(clock.new_id()), body, author: user.id(), at: clock.now() };
    deal::add_note(&mut scope, &deal, &note).await?;
    scope.commit().await?;
    Ok(())
}
