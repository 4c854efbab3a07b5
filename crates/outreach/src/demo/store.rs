use database::brand::{self, Brand, MailAccount};
use database::job_run::JobRun;
use database::{Connection, demo, import, person};
use domain::BrandId;
use domain::pipeline::PipelineMode;

use super::team::{ADMINISTRATOR, Team};
use super::{SUGGESTING, Told};
use crate::{Environment, Refused};

/// Where the brands of the demo say they are. Streets of that name exist in no suburb named here.
pub(super) const ADDRESSES: &[(&str, &str)] = &[
    ("codeteki", "Level 2, 1 Demonstration Street\nMelbourne VIC 3000"),
    ("desifirms", "Suite 5, 10 Demonstration Street\nHarris Park NSW 2150"),
];

/// Whether the data are there.
pub(super) async fn is_loaded(connection: &mut Connection) -> Result<bool, Refused> {
    Ok(person::user_by_email(connection, ADMINISTRATOR).await?.is_some())
}

/// The brand as the demo leaves it.
pub(super) fn with_address(brand: Brand) -> Brand {
    let own =
        ADDRESSES.iter().find(|(slug, _)| *slug == brand.slug).map(|(_, address)| (*address).to_owned());
    match own.filter(|_| brand.postal_address.is_empty()) {
        Some(postal_address) => Brand { postal_address, ..brand },
        None => brand,
    }
}

/// Stores everything in one transaction: all of it or nothing.
pub(super) async fn store(
    environment: &Environment,
    team: &Team,
    told: &[Told],
    job_runs: &[JobRun],
) -> Result<String, Refused> {
    let brands: Vec<BrandId> = told.iter().map(|story| story.brand.id).collect();
    let mut transaction = environment.database().scoped(&brands).await?;
    for (user, roles) in team.roles() {
        person::insert_user(&mut transaction, user).await?;
        for (slug, role) in roles {
            if let Some(story) = told.iter().find(|story| story.brand.slug == *slug) {
                person::set_membership(&mut transaction, user.id, story.brand.id, *role, user.created_at)
                    .await?;
            }
        }
    }
    for story in told {
        settings(&mut transaction, story, team).await?;
        rows(&mut transaction, story).await?;
    }
    demo::insert_job_runs(&mut transaction, job_runs).await?;
    transaction.commit().await?;
    let count = |of: fn(&Told) -> usize| told.iter().map(of).sum::<usize>();
    Ok(format!(
        "Loaded {} contacts, {} deals and {} mails of the last {} days.",
        count(|story| story.history.contacts.len()),
        count(|story| story.history.deals.len()),
        count(|story| story.history.messages.len()),
        super::cast::DAYS
    ))
}

async fn settings(connection: &mut Connection, story: &Told, team: &Team) -> Result<(), Refused> {
    let brand = &story.brand;
    demo::set_postal_address(connection, brand.id, &brand.postal_address).await?;
    let account = MailAccount::local(brand.id, team.admin.created_at);
    brand::set_mail_account(connection, &account).await?;
    if brand.slug == SUGGESTING.0
        && let Some(pipeline) = database::pipeline::by_key(connection, brand.id, SUGGESTING.1).await?
    {
        demo::set_mode(connection, pipeline.id, PipelineMode::Suggest).await?;
    }
    Ok(())
}

async fn rows(connection: &mut Connection, story: &Told) -> Result<(), Refused> {
    let history = &story.history;
    demo::insert_contacts(connection, &history.contacts).await?;
    demo::insert_consents(connection, &history.consents).await?;
    demo::insert_suppressions(connection, &history.suppressions).await?;
    demo::insert_deals(connection, &history.deals).await?;
    demo::keep_slots(connection, &story.kept_slots).await?;
    demo::insert_stage_events(connection, &history.stage_events).await?;
    demo::insert_notes(connection, &history.notes).await?;
    demo::insert_messages(connection, &history.messages).await?;
    demo::insert_contents(connection, &history.contents).await?;
    demo::insert_events(connection, &history.events).await?;
    demo::insert_inbound(connection, &history.inbound).await?;
    demo::insert_receipts(connection, &history.receipts).await?;
    demo::insert_imports(connection, &history.imports).await?;
    for (id, errors) in &history.import_errors {
        import::insert_errors(connection, story.brand.id, *id, errors).await?;
    }
    Ok(())
}
