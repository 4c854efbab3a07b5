use database::brand::Brand;
use domain::view::template::{TemplateDraft, TemplateMail, TemplatePreview};
use mail::render::Rendered;

use super::addressee::{Addressee, samples};
use super::check;
use super::shelf::Shelf;
use crate::people::CurrentUser;
use crate::templates::Edits;
use crate::{Environment, Refused};

/// What a text that somebody is writing becomes, for a sample or a contact of the brand. Nothing is stored; the mail
/// has no pixel and no tracked link, so that looking counts as nothing.
///
/// # Errors
/// [`Refused::NotFound`] for a template or contact that isn't theirs.
pub async fn preview(
    environment: &Environment,
    user: &CurrentUser,
    draft: &TemplateDraft,
) -> Result<TemplatePreview, Refused> {
    let mut shelf = Shelf::open(environment, user, &draft.brand, &draft.key).await?;
    let addressee = Addressee::find(&mut shelf.scope, &shelf.brand, &draft.who).await?;
    Ok(of_text(environment, &shelf.brand, &draft.key, &draft.source, &addressee))
}

/// The same, without asking anybody.
pub(super) fn of_text(
    environment: &Environment,
    brand: &Brand,
    key: &str,
    source: &str,
    addressee: &Addressee,
) -> TemplatePreview {
    let mut problems = check::problems(environment, brand, key, source);
    match check::render(environment, brand, key, source, addressee) {
        Ok(mail) => TemplatePreview { mail: Some(shown(brand, addressee, mail)), problems },
        Err(problem) => {
            // A contact may have what no sample has.
            if problems.is_empty() {
                problems.push(problem);
            }
            TemplatePreview { mail: None, problems }
        }
    }
}

fn shown(brand: &Brand, addressee: &Addressee, mail: Rendered) -> TemplateMail {
    TemplateMail {
        to: addressee.words(),
        from: format!("{} <{}>", brand.from_name, brand.from_email),
        kilobytes: i64::try_from(mail.html.len().div_ceil(1_000)).unwrap_or(i64::MAX),
        subject: mail.subject,
        preheader: mail.preheader,
        html: mail.html,
        text: mail.text,
    }
}

/// The mail in force for the first sample, as HTML: for the small pictures of the gallery.
///
/// # Errors
/// [`Refused::NotFound`] for a template that isn't theirs; [`Refused::Invalid`] for a broken one.
pub async fn thumbnail(
    environment: &Environment,
    user: &CurrentUser,
    brand: &str,
    key: &str,
) -> Result<String, Refused> {
    let mut shelf = Shelf::open(environment, user, brand, key).await?;
    let edits = Edits::load(&mut shelf.scope, shelf.brand.id).await?;
    let context = first_context(environment, &shelf.brand);
    let mail = edits
        .render(environment, &shelf.brand, key, None, &context)
        .map_err(|error| Refused::Invalid(error.to_string()))?;
    Ok(mail.html)
}

/// What a mail to the first sample is written from.
pub(super) fn first_context(environment: &Environment, brand: &Brand) -> mail::render::MailContext {
    let sample = samples().swap_remove(0);
    crate::compose::inert_context(environment, brand, sample.fields, sample.previous_subject.to_owned())
}
