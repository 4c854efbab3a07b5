use std::path::Path;

use database::clock::Clock;
use database::deal::Deal;
use database::{Access, Database};
use domain::contact::{ContactStatus, ContactType};
use domain::pipeline::DealStatus;
use domain::pipeline::catalogue::CataloguePipeline;
use domain::{BrandId, ContactId, DealId, PipelineId};
use mail::render::TemplateStore;

use super::*;
use crate::Settings;
use crate::templates::Edits;
use crate::transports::Transports;

fn environment() -> Environment {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../email_templates");
    Environment::new(Settings {
        // Writing mails asks no database.
        database: Database::new(&Access::Application("postgres://nowhere.example/none".to_owned()), 1)
            .expect("lazy"),
        clock: Clock::frozen(DateTime::from_timestamp(1_795_000_000, 0).expect("in range")),
        templates: TemplateStore::open(folder).expect("the templates of the repository"),
        transports: Transports::by_account(true),
        token_key: TokenKey::new(b"a secret that only tests use: 0123456789"),
        vault: crate::vault::Vault::new(b"a key that only tests use: 0123456789abcdef").expect("derives"),
        public_url: "http://overture.test".to_owned(),
        demo: true,
    })
}

fn brand(slug: &str) -> Brand {
    Brand {
        id: BrandId(Uuid::from_u128(7)),
        slug: slug.to_owned(),
        name: "Desi Firms".to_owned(),
        legal_name: "Desi Firms Pty Ltd".to_owned(),
        website: "https://desifirms.example".to_owned(),
        from_name: "Desi Firms Team".to_owned(),
        from_email: "hello@desifirms.example".to_owned(),
        reply_to: None,
        contact_email: "hello@desifirms.example".to_owned(),
        phone: String::new(),
        postal_address: "1 Demonstration Street\nHarris Park NSW 2150".to_owned(),
        logo_url: String::new(),
        time_zone: "Australia/Sydney".to_owned(),
        region: "NSW".to_owned(),
        office_days: vec![1, 2, 3, 4, 5],
        office_from: 540,
        office_to: 1_020,
        tracks_opens: true,
        tracks_clicks: true,
        hourly_cap: 100,
        daily_cap: 1_000,
        contact_gap_hours: 20,
        warmup_started_on: None,
        created_at: DateTime::UNIX_EPOCH,
    }
}

fn subject(brand: BrandId, name: &str, company: &str, host: &str, number: u128) -> Subject {
    let contact = Contact {
        id: ContactId(Uuid::from_u128(number)),
        brand_id: brand,
        email: if name.is_empty() { format!("office@{host}") } else { format!("anil@{host}") },
        name: name.to_owned(),
        company: company.to_owned(),
        website: format!("https://{host}"),
        phone: String::new(),
        role_title: String::new(),
        kind: ContactType::Lead,
        source: String::new(),
        tags: Vec::new(),
        domain_authority: None,
        score: None,
        time_zone: None,
        region: None,
        status: ContactStatus::New,
        consent_basis: None,
        consent_evidence: String::new(),
        consent_at: None,
        soft_bounces: 0,
        last_mailed_at: None,
        created_at: DateTime::UNIX_EPOCH,
        updated_at: DateTime::UNIX_EPOCH,
    };
    let deal = Deal {
        id: DealId(Uuid::from_u128(number)),
        brand_id: brand,
        contact_id: contact.id,
        pipeline_id: PipelineId(Uuid::nil()),
        stage_id: StageId(Uuid::nil()),
        stage_visit: 1,
        stage_entered_at: DateTime::UNIX_EPOCH,
        status: DealStatus::Active,
        lost_reason: None,
        value_cents: None,
        currency: "AUD".to_owned(),
        expected_close_on: None,
        owner_id: None,
        next_action_at: None,
        next_reason: String::new(),
        blocked_reason: None,
        tier: Tier::New,
        tier_unverified: false,
        mails_sent: 0,
        last_mailed_at: None,
        template_variant: None,
        created_at: DateTime::UNIX_EPOCH,
        updated_at: DateTime::UNIX_EPOCH,
    };
    Subject { deal, contact, kept_slot: None, suppressed: None }
}

/// The mail as the product would write it.
fn real(
    environment: &Environment,
    brand: &Brand,
    subject: &Subject,
    stage: &Stage,
    previous: &str,
) -> (Message, Content) {
    let template_key = stage.template_key.as_deref().expect("a stage that mails");
    let letter = Letter { stage, template_key, step: stage.step };
    let before = earlier(subject, MessageId(Uuid::from_u128(99)), "before", previous, MessageState::Sent);
    let thread = if previous.is_empty() { Vec::new() } else { vec![before] };
    let now = environment.clock().now();
    let posting = Posting { scheduled_for: now, tier: Tier::New, created_by: None };
    compose::write(environment, brand, &Edits::default(), subject, &thread, &letter, &posting)
        .expect("it renders")
}

fn stages(pipeline: &CataloguePipeline) -> Vec<Stage> {
    let mut number = 0;
    let mut stages = Vec::new();
    for (row, position) in pipeline.stages.iter().zip(1..) {
        number += 1;
        stages.push(row.stage(StageId(Uuid::from_u128(number)), position));
    }
    stages.retain(|stage| stage.template_key.is_some());
    stages
}

#[test]
fn a_demo_mail_says_what_the_product_would_have_said() {
    let environment = environment();
    let people = [
        ("Priya Nair", "Saffron Sweets", "saffronsweets.example"),
        ("", "Tom & Zoë's D'Souza <Best>", "tomandzoes.example"),
        ("Dr Anil Rao", "A/B Dental \"Care\" Pty Ltd", "abdental.example"),
        ("", "Malabar Travel", "malabartravel.example"),
    ];
    for pipeline in domain::pipeline::catalogue::all() {
        let brand = brand(pipeline.brand);
        let mut texts = Texts::new(&environment, &brand);
        for stage in stages(pipeline) {
            for (number, (name, company, host)) in (1u128..).zip(people) {
                for previous in ["", "Is \"Tom & Zoë's\" still open?"] {
                    let subject = subject(brand.id, name, company, host, number * 7);
                    let (real, content) = real(&environment, &brand, &subject, &stage, previous);
                    let mut mine = Message { subject: String::new(), variant: String::new(), ..real.clone() };
                    let references = content.references_header.iter().cloned().collect();
                    let commission = Commission { subject: &subject, stage: &stage, previous, references };
                    let written = texts.write(&mut mine, &commission).expect("it renders");
                    let what = format!("{} {} to {company}", pipeline.key, stage.name);
                    assert_eq!(mine.subject, real.subject, "{what}");
                    assert_eq!(mine.variant, real.variant, "{what}");
                    assert_eq!(written.body_text, content.body_text, "{what}");
                    assert_eq!(written, content, "{what}");
                }
            }
        }
    }
}
