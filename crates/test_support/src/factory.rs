use anyhow::Context;
use database::brand::{self, Brand};
use database::catalogue::{self, TemplateFile};
use database::clock::Clock;
use database::contact::Contact;
use database::deal::Deal;
use database::pipeline::{Pipeline, Stage};
use database::schema::{contacts, deals};
use database::{Connection, Database};
use diesel_async::RunQueryDsl;
use domain::contact::{ConsentBasis, ContactStatus, ContactType};
use domain::engagement::Tier;
use domain::pipeline::DealStatus;
use domain::{BrandId, ContactId, DealId};

/// The two brands; every test has both, so that isolation is tested everywhere.
#[derive(Debug, Clone)]
pub struct Brands {
    pub codeteki: Brand,
    pub desifirms: Brand,
}

impl Brands {
    pub(crate) async fn find(database: &Database) -> anyhow::Result<Self> {
        let mut connection = database.unscoped().await?;
        let codeteki = brand::by_slug(&mut connection, "codeteki").await?.context("Codeteki is loaded")?;
        let desifirms =
            brand::by_slug(&mut connection, "desifirms").await?.context("Desi Firms is loaded")?;
        Ok(Self { codeteki, desifirms })
    }

    pub(crate) async fn load(database: &Database, clock: &Clock) -> anyhow::Result<()> {
        for (slug, name) in [("codeteki", "Codeteki"), ("desifirms", "Desi Firms")] {
            let id = BrandId(clock.new_id());
            let mut connection = database.unscoped().await?;
            catalogue::load_brand(&mut connection, &test_brand(id, slug, name, clock)).await?;
            drop(connection);
            let mut transaction = database.brand(id).await?;
            let keys: std::collections::BTreeSet<&str> = domain::pipeline::catalogue::all()
                .filter(|pipeline| pipeline.brand == slug)
                .flat_map(|pipeline| pipeline.stages.iter().filter_map(|stage| stage.template_key))
                .collect();
            let files: Vec<TemplateFile> = keys
                .into_iter()
                .map(|key| TemplateFile {
                    key: key.to_owned(),
                    family: "test".to_owned(),
                    checksum: "test".to_owned(),
                })
                .collect();
            catalogue::load_templates(&mut transaction, id, &files, clock.now()).await?;
            let pipelines = domain::pipeline::catalogue::all().filter(|pipeline| pipeline.brand == slug);
            for (position, pipeline) in (1i16..).zip(pipelines) {
                catalogue::load_pipeline(
                    &mut transaction,
                    id,
                    position,
                    pipeline,
                    || clock.new_id(),
                    clock.now(),
                )
                .await?;
            }
            transaction.commit().await?;
        }
        Ok(())
    }
}

fn test_brand(id: BrandId, slug: &str, name: &str, clock: &Clock) -> Brand {
    Brand {
        id,
        slug: slug.to_owned(),
        name: name.to_owned(),
        legal_name: format!("{name} Pty Ltd"),
        website: format!("https://{slug}.example"),
        from_name: format!("{name} Team"),
        from_email: format!("sales@{slug}.example"),
        reply_to: None,
        contact_email: format!("hello@{slug}.example"),
        phone: String::new(),
        postal_address: "1 Test Street, Sydney NSW 2000".to_owned(),
        logo_url: String::new(),
        time_zone: "Australia/Sydney".to_owned(),
        region: "NSW".to_owned(),
        office_days: vec![1, 2, 3, 4, 5],
        office_from: 9 * 60,
        office_to: 17 * 60,
        tracks_opens: true,
        tracks_clicks: true,
        hourly_cap: 10_000,
        daily_cap: 100_000,
        contact_gap_hours: 20,
        warmup_started_on: None,
        created_at: clock.now(),
    }
}

/// Stores a contact with consent, named after the local part of `email`.
///
/// # Errors
/// When the address is taken in that brand.
pub async fn contact(
    connection: &mut Connection,
    brand: BrandId,
    email: &str,
    clock: &Clock,
) -> anyhow::Result<Contact> {
    let local = email.split('@').next().unwrap_or_default();
    let row = Contact {
        id: ContactId(clock.new_id()),
        brand_id: brand,
        email: email.to_owned(),
        name: format!("{}{} Tester", local[..1].to_uppercase(), &local[1..]),
        company: "Tester & Sons".to_owned(),
        website: String::new(),
        phone: String::new(),
        role_title: String::new(),
        kind: ContactType::Lead,
        source: "test".to_owned(),
        tags: Vec::new(),
        domain_authority: None,
        score: None,
        time_zone: None,
        region: None,
        status: ContactStatus::New,
        consent_basis: Some(ConsentBasis::Published),
        consent_evidence: "https://tester.example/contact".to_owned(),
        consent_at: Some(clock.now()),
        soft_bounces: 0,
        last_mailed_at: None,
        created_at: clock.now(),
        updated_at: clock.now(),
    };
    diesel::insert_into(contacts::table).values(&row).execute(connection).await?;
    Ok(row)
}

/// A brand's pipeline by key, with its stages.
///
/// # Errors
/// When there is none.
pub async fn pipeline(
    connection: &mut Connection,
    brand: BrandId,
    key: &str,
) -> anyhow::Result<(Pipeline, Vec<Stage>)> {
    let pipeline = database::pipeline::by_key(connection, brand, key).await?.context("no such pipeline")?;
    let stages = database::pipeline::stages_of(connection, pipeline.id).await?;
    Ok((pipeline, stages))
}

/// Stores a deal of the contact in the pipeline's first stage, due now.
///
/// # Errors
/// When the contact has an open deal there, or there is no such pipeline.
pub async fn deal(
    connection: &mut Connection,
    contact: &Contact,
    pipeline_key: &str,
    clock: &Clock,
) -> anyhow::Result<Deal> {
    let (pipeline, stages) = pipeline(connection, contact.brand_id, pipeline_key).await?;
    let entry = stages.as_slice().iter().next().context("a pipeline has stages")?;
    let row = Deal {
        id: DealId(clock.new_id()),
        brand_id: contact.brand_id,
        contact_id: contact.id,
        pipeline_id: pipeline.id,
        stage_id: entry.id,
        stage_visit: 1,
        stage_entered_at: clock.now(),
        status: DealStatus::Active,
        lost_reason: None,
        value_cents: None,
        currency: "AUD".to_owned(),
        expected_close_on: None,
        owner_id: None,
        next_action_at: Some(clock.now()),
        next_reason: "New deal".to_owned(),
        blocked_reason: None,
        tier: Tier::New,
        tier_unverified: false,
        mails_sent: 0,
        last_mailed_at: None,
        template_variant: None,
        created_at: clock.now(),
        updated_at: clock.now(),
    };
    diesel::insert_into(deals::table).values(&row).execute(connection).await?;
    Ok(row)
}
