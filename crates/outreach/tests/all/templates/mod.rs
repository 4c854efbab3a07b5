//! Templates in the gallery and the editor, with both brands present.

mod editing;
mod reading;
mod tests;

use anyhow::{Context, Result};
use domain::Role;
use domain::view::template::{TemplateDraft, TemplateEdit, TemplatePage};
use outreach::people::{CurrentUser, NewPerson, create_person};
use outreach::{Refused, templates};

use crate::world::World;

/// The first mail of Desi Firms' business pipeline.
const KEY: &str = "business_invitation";
const BRAND: &str = "desifirms";

/// A person with this role in each of these brands.
pub async fn person(world: &World, name: &str, role: Role, brands: &[&str]) -> Result<CurrentUser> {
    let new = NewPerson {
        email: format!("{name}@overture.example"),
        name: name.to_owned(),
        password: "long enough".to_owned(),
        roles: brands.iter().map(|slug| ((*slug).to_owned(), role)).collect(),
        is_demo: false,
    };
    let id = create_person(&world.environment, new).await?;
    let mut connection = world.test.database.unscoped().await?;
    Ok(CurrentUser::new(database::person::person(&mut connection, id).await?.context("just created")?))
}

async fn page(world: &World, user: &CurrentUser) -> Result<TemplatePage> {
    Ok(templates::page(&world.environment, user, BRAND, KEY).await?)
}

/// The text in force with another subject.
fn with_subject(source: &str, subject: &str) -> String {
    let start = source.find("{% block subject %}").expect("a subject") + "{% block subject %}".len();
    let end = start + source[start..].find("{% endblock").expect("its end");
    format!("{}{subject}{}", &source[..start], &source[end..])
}

/// Saves the text in force with another subject, on top of what the page shows.
async fn save_subject(
    world: &World,
    user: &CurrentUser,
    page: &TemplatePage,
    subject: &str,
) -> Result<i32, Refused> {
    let edit = TemplateEdit {
        brand: page.brand_slug.clone(),
        key: page.key.clone(),
        source: with_subject(&page.source, subject),
        note: "  Another subject ".to_owned(),
        base: page.base,
    };
    templates::save(&world.environment, user, &edit).await
}

fn draft(page: &TemplatePage, who: &str) -> TemplateDraft {
    TemplateDraft {
        brand: page.brand_slug.clone(),
        key: page.key.clone(),
        source: page.source.clone(),
        who: who.to_owned(),
    }
}
