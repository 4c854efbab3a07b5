use std::collections::HashMap;

use chrono::TimeDelta;
use database::brand::Brand;
use database::template::{self, Use};
use domain::BrandId;
use domain::pipeline::PipelineType;
use domain::view::template::{TemplateCard, TemplateFamily, TemplateGallery};
use mail::render::{GENERIC, TemplateFile};

use super::draft::first_context;
use crate::listings::template_words;
use crate::people::CurrentUser;
use crate::templates::Edits;
use crate::{Environment, Refused};

/// Days the figures look back.
const DAYS: i64 = 30;

/// The templates of the brands `brand` names (`all` or a slug) whose title, subject, stage or key contains `text`.
///
/// # Errors
/// [`Refused::NotFound`] for a brand that isn't theirs.
pub async fn gallery(
    environment: &Environment,
    user: &CurrentUser,
    brand: &str,
    text: &str,
) -> Result<TemplateGallery, Refused> {
    let ids = user.brands(brand).ok_or(Refused::NotFound)?;
    let since = environment.clock().now() - TimeDelta::days(DAYS);
    let mut scope = environment.database().scoped(&ids).await?;
    let uses = template::uses(&mut scope).await?;
    let ratings: HashMap<(BrandId, String), (i64, i64)> = template::ratings(&mut scope, since)
        .await?
        .into_iter()
        .map(|rating| ((rating.brand_id, rating.template_key), (rating.sent, rating.opened)))
        .collect();
    let wanted = text.trim().to_lowercase();
    let mut gallery = TemplateGallery { families: Vec::new(), shown: 0, total: 0 };
    let brands = database::brand::all(&mut scope).await?;
    for brand in brands.iter().filter(|brand| ids.contains(&brand.id)) {
        let edits = Edits::load(&mut scope, brand.id).await?;
        let context = first_context(environment, brand);
        let mut files = environment.templates().files(&brand.slug);
        // No mail of its own: the frame of mails that are written for one contact.
        files.retain(|file| file.key != GENERIC);
        gallery.total += i64::try_from(files.len()).unwrap_or(i64::MAX);
        files.sort_by_cached_key(|file| place(file, brand.id, &uses));
        for file in files {
            let (sent, opened) = ratings.get(&(brand.id, file.key.clone())).copied().unwrap_or_default();
            let rendered = edits.render(environment, brand, &file.key, None, &context);
            let (subject, problem) = match rendered {
                Ok(mail) => (mail.subject, None),
                Err(error) => (String::new(), Some(error.to_string())),
            };
            let card = TemplateCard {
                title: template_words(Some(&file.key), "A"),
                uses: uses_of(environment, brand, &file.key, &uses),
                edited: edits.get(&file.key).is_some(),
                key: file.key,
                subject,
                problem,
                sent,
                opened,
            };
            if passes(&card, &wanted) {
                gallery.shown += 1;
                put(&mut gallery.families, brand, &file.family, card);
            }
        }
    }
    Ok(gallery)
}

/// In the order of the pipelines' kinds, then of the stages that use them; what no stage uses comes last.
fn place(file: &TemplateFile, brand: BrandId, uses: &[Use]) -> (usize, String, usize, String) {
    let family = PipelineType::ALL.iter().position(|kind| kind.as_str() == file.family);
    let stage = uses.iter().position(|used| used.brand_id == brand && file.key == used.template_key);
    (family.unwrap_or(usize::MAX), file.family.clone(), stage.unwrap_or(usize::MAX), file.key.clone())
}

fn put(families: &mut Vec<TemplateFamily>, brand: &Brand, folder: &str, card: TemplateCard) {
    let name = family_words(folder);
    match families.last_mut() {
        Some(last) if last.brand_slug == brand.slug && last.name == name => last.cards.push(card),
        Some(_) | None => families.push(TemplateFamily {
            brand_slug: brand.slug.clone(),
            brand_name: brand.name.clone(),
            name,
            cards: vec![card],
        }),
    }
}

/// The folder in words.
pub(super) fn family_words(folder: &str) -> String {
    match folder.parse::<PipelineType>() {
        Ok(kind) => kind.label().to_owned(),
        Err(_) => template_words(Some(folder), "A"),
    }
}

/// Where a template is used: "Real estate · Invited". A variant says whose it is.
pub(super) fn uses_of(environment: &Environment, brand: &Brand, key: &str, uses: &[Use]) -> Vec<String> {
    let mut found: Vec<String> = uses
        .iter()
        .filter(|used| used.brand_id == brand.id && used.template_key == key)
        .map(|used| format!("{} \u{b7} {}", used.pipeline, used.stage))
        .collect();
    let original = key.rsplit_once('_').map(|(original, _)| original).filter(|original| {
        environment.templates().variants(&brand.slug, original).iter().any(|variant| variant == key)
    });
    if let Some(original) = original {
        found.push(format!("Variant of {}", template_words(Some(original), "A")));
    }
    found
}

fn passes(card: &TemplateCard, wanted: &str) -> bool {
    let texts = [&card.title, &card.subject, &card.key];
    wanted.is_empty() || texts.into_iter().chain(&card.uses).any(|text| text.to_lowercase().contains(wanted))
}
