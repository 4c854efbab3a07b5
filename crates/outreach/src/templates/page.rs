use chrono::DateTime;
use database::template;
use domain::view::template::{TemplateBase, TemplatePage, TemplateVersion};

use super::addressee::{Addressee, samples};
use super::gallery::{family_words, uses_of};
use super::shelf::Shelf;
use super::{draft, variables};
use crate::board::{Reader, when};
use crate::listings::template_words;
use crate::people::CurrentUser;
use crate::{Environment, Refused};

/// One template with its versions, its text in force and what that becomes.
///
/// # Errors
/// [`Refused::NotFound`] for a template that isn't theirs.
pub async fn page(
    environment: &Environment,
    user: &CurrentUser,
    brand: &str,
    key: &str,
) -> Result<TemplatePage, Refused> {
    let mut shelf = Shelf::open(environment, user, brand, key).await?;
    let stored = template::versions(&mut shelf.scope, shelf.brand.id, key).await?;
    let base = TemplateBase {
        newest: stored.first().map_or(0, |version| version.version),
        in_force: stored.iter().find(|version| version.in_force).map_or(0, |version| version.version),
    };
    let source = shelf.source_of(base.in_force).await?;
    let uses = template::uses(&mut shelf.scope).await?;
    let reader = Reader {
        now: environment.clock().now(),
        tz: user.zone(),
        overdue_before: DateTime::<chrono::Utc>::MIN_UTC,
    };
    let mut versions: Vec<TemplateVersion> = stored
        .into_iter()
        .map(|version| TemplateVersion {
            number: version.version,
            note: version.note,
            author: version.author.unwrap_or_else(|| "Somebody who is gone".to_owned()),
            at: Some(when(version.created_at, &reader)),
            in_force: version.in_force,
        })
        .collect();
    versions.push(TemplateVersion {
        number: 0,
        note: String::new(),
        author: String::new(),
        at: None,
        in_force: base.in_force == 0,
    });
    let first = Addressee::from(samples().swap_remove(0));
    Ok(TemplatePage {
        preview: draft::of_text(environment, &shelf.brand, key, &source, &first),
        uses: uses_of(environment, &shelf.brand, key, &uses),
        brand_slug: shelf.brand.slug,
        brand_name: shelf.brand.name,
        key: key.to_owned(),
        title: template_words(Some(key), "A"),
        family: family_words(&shelf.file.family),
        source,
        base,
        versions,
        may_edit: shelf.may_edit,
        own_address: user.email().to_owned(),
        variables: variables::all(),
        samples: samples()
            .into_iter()
            .map(|sample| (sample.who.to_owned(), sample.words.to_owned()))
            .collect(),
    })
}

/// The text of one version; 0 is the file as shipped.
///
/// # Errors
/// [`Refused::NotFound`] for a template that isn't theirs, or a version it doesn't have.
pub async fn version_source(
    environment: &Environment,
    user: &CurrentUser,
    brand: &str,
    key: &str,
    version: i32,
) -> Result<String, Refused> {
    Shelf::open(environment, user, brand, key).await?.source_of(version).await
}
