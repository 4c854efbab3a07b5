//! The two brands, their templates and their pipelines, as first loaded.

use chrono::{DateTime, Utc};
use database::brand::Brand;
use database::catalogue::{self, TemplateFile};
use domain::BrandId;

use crate::{Environment, Refused};

/// Loads brands, templates and pipelines. A second load changes nothing: what people have edited stays.
///
/// # Errors
/// When the database can't be reached.
pub async fn load(environment: &Environment) -> Result<String, Refused> {
    let clock = environment.clock();
    let now = clock.now();
    let (mut new_brands, mut new_pipelines) = (0, 0);
    for brand in brands(now, || BrandId(clock.new_id())) {
        let mut connection = environment.database().unscoped().await.map_err(diesel::result::Error::from)?;
        new_brands += usize::from(catalogue::load_brand(&mut connection, &brand).await?);
        let stored =
            database::brand::by_slug(&mut connection, &brand.slug).await?.ok_or(Refused::NotFound)?;
        drop(connection);

        let mut transaction = environment.database().brand(stored.id).await?;
        let files: Vec<TemplateFile> = environment
            .templates()
            .files(&stored.slug)
            .into_iter()
            .map(|file| TemplateFile { key: file.key, family: file.family, checksum: file.checksum })
            .collect();
        catalogue::load_templates(&mut transaction, stored.id, &files, now).await?;
        let of_brand = domain::pipeline::catalogue::all().filter(|pipeline| pipeline.brand == stored.slug);
        for (position, pipeline) in (1i16..).zip(of_brand) {
            let is_new = catalogue::load_pipeline(
                &mut transaction,
                stored.id,
                position,
                pipeline,
                || clock.new_id(),
                now,
            )
            .await?;
            new_pipelines += usize::from(is_new);
        }
        transaction.commit().await?;
    }
    Ok(match (new_brands, new_pipelines) {
        (0, 0) => "Brands and pipelines are loaded already; nothing changed.".to_owned(),
        (brands, pipelines) => format!("Loaded {brands} brands and {pipelines} pipelines."),
    })
}

/// Facts of the two brands (reference: the earlier system's seed).
fn brands(now: DateTime<Utc>, mut new_id: impl FnMut() -> BrandId) -> [Brand; 2] {
    let common = |id, slug: &str, name: &str| Brand {
        id,
        slug: slug.to_owned(),
        name: name.to_owned(),
        legal_name: name.to_owned(),
        website: String::new(),
        from_name: format!("{name} Team"),
        from_email: String::new(),
        reply_to: None,
        contact_email: String::new(),
        phone: String::new(),
        postal_address: String::new(),
        logo_url: String::new(),
        time_zone: "Australia/Sydney".to_owned(),
        region: "NSW".to_owned(),
        office_days: vec![1, 2, 3, 4, 5],
        office_from: 9 * 60,
        office_to: 17 * 60,
        tracks_opens: true,
        tracks_clicks: true,
        hourly_cap: 120,
        daily_cap: 600,
        contact_gap_hours: 20,
        warmup_started_on: None,
        created_at: now,
    };
    [
        Brand {
            legal_name: "Codeteki Digital Services".to_owned(),
            website: "https://www.codeteki.au".to_owned(),
            from_email: "sales@codeteki.au".to_owned(),
            contact_email: "info@codeteki.au".to_owned(),
            logo_url: "https://codeteki.au/static/images/navbar-logo.png".to_owned(),
            region: "VIC".to_owned(),
            time_zone: "Australia/Melbourne".to_owned(),
            ..common(new_id(), "codeteki", "Codeteki")
        },
        Brand {
            website: "https://www.desifirms.com.au".to_owned(),
            from_email: "sales@desifirms.com.au".to_owned(),
            contact_email: "sales@desifirms.com.au".to_owned(),
            region: "VIC".to_owned(),
            time_zone: "Australia/Melbourne".to_owned(),
            ..common(new_id(), "desifirms", "Desi Firms")
        },
    ]
}
