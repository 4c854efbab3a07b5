use database::template::{self, Change, Place, Text};
use domain::view::template::{TemplateBase, TemplateEdit};
use mail::render::checksum;
use serde_json::json;

use super::check;
use super::shelf::Shelf;
use crate::people::CurrentUser;
use crate::{Environment, Refused};

/// Longest note, characters.
const LONGEST_NOTE: usize = 200;

/// Stores a text as the newest version and puts it in force. Returns its number.
///
/// # Errors
/// [`Refused::NotFound`] for a template that isn't theirs; [`Refused::Invalid`] below the role, for a text that can't be
/// rendered for every kind of contact, and when nothing has changed; [`Refused::Conflict`] when somebody was faster.
/// Nothing is stored then.
pub async fn save(
    environment: &Environment,
    user: &CurrentUser,
    edit: &TemplateEdit,
) -> Result<i32, Refused> {
    let mut shelf = Shelf::open_to_edit(environment, user, &edit.brand, &edit.key).await?;
    let source = tidy(&edit.source);
    let problems = check::problems(environment, &shelf.brand, &edit.key, &source);
    if !problems.is_empty() {
        let reasons = check::in_words(&problems);
        return Err(Refused::Invalid(format!("The text can't be saved. {reasons} Nothing was changed.")));
    }
    shelf.register(environment).await?;
    let place = template::lock(&mut shelf.scope, shelf.brand.id, &edit.key).await?;
    fresh(&mut shelf, edit.base, place).await?;
    if tidy(&shelf.source_of(place.in_force).await?) == source {
        return Err(Refused::Invalid("This is the text in force already: nothing was changed.".to_owned()));
    }
    let note: String = edit.note.trim().chars().filter(|c| !c.is_control()).take(LONGEST_NOTE).collect();
    let version = place.newest + 1;
    let change = Change {
        audit_id: environment.clock().new_id(),
        brand: shelf.brand.id,
        key: &edit.key,
        version,
        by: user.id(),
        action: "template_saved",
        detail: json!({ "template": edit.key, "version": version, "before": place.in_force, "note": note }),
        at: environment.clock().now(),
    };
    let text = Text { checksum: checksum(&source), source };
    template::add(&mut shelf.scope, &change, &text, &note).await?;
    template::change(&mut shelf.scope, &change).await?;
    shelf.scope.commit().await?;
    Ok(version)
}

/// Whether an edit builds on what is there now.
pub(super) async fn fresh(shelf: &mut Shelf, base: TemplateBase, place: Place) -> Result<(), Refused> {
    if base.newest == place.newest && base.in_force == place.in_force {
        return Ok(());
    }
    let versions = template::versions(&mut shelf.scope, shelf.brand.id, &shelf.file.key).await?;
    let author = versions.first().and_then(|version| version.author.clone());
    let what = if base.newest == place.newest {
        "Another version was put in force meanwhile.".to_owned()
    } else {
        let author = author.unwrap_or_else(|| "Somebody".to_owned());
        format!("{author} saved version {} meanwhile.", place.newest)
    };
    Err(Refused::Conflict(format!(
        "{what} Nothing was changed, and your text is still here: look at that version, then save again."
    )))
}

/// One kind of line end, none missing at the end: two texts that look alike are alike.
pub(super) fn tidy(source: &str) -> String {
    let mut text = source.replace("\r\n", "\n").replace('\r', "\n");
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::tidy;

    #[test]
    fn texts_that_look_alike_are_alike() {
        for text in ["a\nb", "a\r\nb\r\n", "a\rb\n\n  \n"] {
            assert_eq!(tidy(text), "a\nb\n");
        }
    }
}
