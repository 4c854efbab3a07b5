use database::settings::{self, Audited, StageChange};

use domain::view::settings::{PipelineEdit, PipelineLine, PipelineSettings, StageEdit, StageSettings};
use domain::{BrandId, PipelineId, Role};
use mail::render::{BrandFields, ContactFields, MailContext, SenderFields};
use serde_json::json;

use crate::listings::template_words;
use crate::people::CurrentUser;
use crate::{Environment, Refused};

/// The longest wait in a stage, days.
const LONGEST_WAIT: i32 = 365;

/// The pipelines of the brands `brand` names (`all` or a slug).
///
/// # Errors
/// [`Refused::NotFound`] for a brand that isn't theirs.
pub async fn pipelines(
    environment: &Environment,
    user: &CurrentUser,
    brand: &str,
) -> Result<Vec<PipelineLine>, Refused> {
    let brands = user.brands(brand).ok_or(Refused::NotFound)?;
    let mut scope = environment.database().scoped(&brands).await?;
    let all = database::pipeline::all(&mut scope).await?;
    let stages = database::pipeline::all_stages(&mut scope).await?;
    let counts = settings::stage_counts(&mut scope).await?;
    let named = |id: BrandId| user.memberships().iter().find(|membership| membership.id == id);
    Ok(all
        .into_iter()
        .map(|pipeline| PipelineLine {
            id: pipeline.id,
            brand_slug: named(pipeline.brand_id).map(|brand| brand.slug.clone()).unwrap_or_default(),
            brand_name: named(pipeline.brand_id).map(|brand| brand.name.clone()).unwrap_or_default(),
            mode: pipeline.mode,
            stages: total(stages.iter().filter(|stage| stage.pipeline_id == pipeline.id).map(|_| 1)),
            open_deals: total(
                counts.iter().filter(|count| count.pipeline_id == pipeline.id).map(|count| count.open),
            ),
            name: pipeline.name,
        })
        .collect())
}

fn total(counts: impl Iterator<Item = i64>) -> i64 {
    counts.sum()
}

/// A pipeline with its stages.
///
/// # Errors
/// [`Refused::NotFound`] for a pipeline that isn't theirs.
pub async fn pipeline(
    environment: &Environment,
    user: &CurrentUser,
    id: PipelineId,
) -> Result<PipelineSettings, Refused> {
    let mut scope = environment.database().scoped(&user.all_brands()).await?;
    let pipeline = database::pipeline::find(&mut scope, id).await?;
    let stages = database::pipeline::stages_of(&mut scope, id).await?;
    let counts = settings::stage_counts(&mut scope).await?;
    let brand = user.memberships().iter().find(|membership| membership.id == pipeline.brand_id);
    let stages: Vec<StageSettings> = stages
        .into_iter()
        .map(|stage| StageSettings {
            deals: total(counts.iter().filter(|count| count.stage_id == stage.id).map(|count| count.deals)),
            id: stage.id,
            name: stage.name,
            kind: stage.kind,
            step: stage.step,
            days: stage.days,
            template: template_words(stage.template_key.as_deref(), "A"),
            subject_b: stage.subject_b.unwrap_or_default(),
            probability: stage.probability,
        })
        .collect();
    Ok(PipelineSettings {
        id,
        name: pipeline.name,
        brand_name: brand.map(|brand| brand.name.clone()).unwrap_or_default(),
        mode: pipeline.mode,
        may_edit: may_edit(user, pipeline.brand_id),
        deals: stages.iter().map(|stage| stage.deals).sum(),
        stages,
    })
}

fn may_edit(user: &CurrentUser, brand: BrandId) -> bool {
    user.role_in(brand).is_some_and(|role| match role {
        Role::Admin | Role::Manager => true,
        Role::Member => false,
    })
}

/// Stores what a person changed. All of it or nothing; deals stay where they are, and waits that run keep their end.
///
/// # Errors
/// [`Refused::NotFound`] for a pipeline that isn't theirs; [`Refused::Invalid`] below the role, and for a value that
/// makes no sense.
pub async fn save_pipeline(
    environment: &Environment,
    user: &CurrentUser,
    edit: &PipelineEdit,
) -> Result<(), Refused> {
    let mut scope = environment.database().scoped(&user.all_brands()).await?;
    let pipeline = database::pipeline::find(&mut scope, edit.pipeline).await?;
    if !may_edit(user, pipeline.brand_id) {
        return Err(Refused::Invalid(
            "Only managers and admins change pipelines. Nothing was changed.".to_owned(),
        ));
    }
    let stages = database::pipeline::stages_of(&mut scope, edit.pipeline).await?;
    for wanted in &edit.stages {
        let stage = stages.iter().find(|stage| stage.id == wanted.stage).ok_or(Refused::NotFound)?;
        let change = StageChange {
            stage: stage.id,
            days: number(&wanted.days, LONGEST_WAIT, &format!("Days of {}", stage.name))?,
            subject_b: subject(environment, wanted, stage.template_key.is_some(), &stage.name)?,
            probability: number(&wanted.probability, 100, &format!("Probability of {}", stage.name))?
                .try_into()
                .unwrap_or(100),
        };
        let before = (stage.days, stage.subject_b.clone(), stage.probability);
        if before != (change.days, change.subject_b.clone(), change.probability) {
            settings::set_stage(&mut scope, &change).await?;
        }
    }
    if pipeline.mode != edit.mode {
        settings::set_mode(&mut scope, edit.pipeline, edit.mode).await?;
    }
    let change = Audited {
        id: environment.clock().new_id(),
        brand: pipeline.brand_id,
        by: user.id(),
        action: "pipeline_saved",
        subject_kind: "pipeline",
        subject: edit.pipeline.0,
        detail: json!({ "mode": { "from": pipeline.mode, "to": edit.mode }, "stages": edit.stages }),
        at: environment.clock().now(),
    };
    settings::audit(&mut scope, &change).await?;
    scope.commit().await?;
    Ok(())
}

fn number(text: &str, most: i32, what: &str) -> Result<i32, Refused> {
    match text.trim().parse::<i32>() {
        Ok(number) if (0..=most).contains(&number) => Ok(number),
        Ok(_) | Err(_) => Err(Refused::Invalid(format!(
            "{what}: give a whole number from 0 to {most}. Nothing was changed."
        ))),
    }
}

/// The second subject, when it is there and can be filled in.
fn subject(
    environment: &Environment,
    wanted: &StageEdit,
    mails: bool,
    stage: &str,
) -> Result<Option<String>, Refused> {
    let text = wanted.subject_b.trim();
    if text.is_empty() || !mails {
        return Ok(None);
    }
    environment
        .templates()
        .render_subject(text, &sample())
        .map_err(|error| Refused::Invalid(format!("Subject B of {stage}: {error}. Nothing was changed.")))?;
    Ok(Some(text.to_owned()))
}

/// Somebody a subject is tried on.
fn sample() -> MailContext {
    MailContext {
        contact: ContactFields {
            salutation: "Hi Priya,".to_owned(),
            first_name: "Priya".to_owned(),
            company: "Sharma Sweets".to_owned(),
            website: "https://sharma.example".to_owned(),
            email: "priya@sharma.example".to_owned(),
        },
        brand: BrandFields { name: "Brand".to_owned(), ..BrandFields::default() },
        sender: SenderFields { name: "Brand Team".to_owned(), title: String::new() },
        unsubscribe_url: "https://brand.example/u/x".to_owned(),
        pixel_url: String::new(),
        year: 2026,
        previous_subject: "Before".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_out_of_range_are_refused_in_words() {
        assert_eq!(number(" 7 ", 365, "Days").ok(), Some(7));
        for wrong in ["-1", "366", "4.5", "", "x"] {
            let refused = number(wrong, 365, "Days of Invited").expect_err("out of range");
            assert!(
                refused.to_string().contains("Days of Invited: give a whole number from 0 to 365"),
                "{wrong}"
            );
        }
    }
}
