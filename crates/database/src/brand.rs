//! Brands and their delivery settings.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::BrandId;
use domain::mailing::{DataCentre, Encryption, Provider, TestOutcome};

use crate::Result;
use crate::schema::{brands, mail_accounts};

/// A brand as stored.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = brands)]
pub struct Brand {
    pub id: BrandId,
    pub slug: String,
    pub name: String,
    pub legal_name: String,
    /// https URL without a trailing slash.
    pub website: String,
    pub from_name: String,
    pub from_email: String,
    pub reply_to: Option<String>,
    pub contact_email: String,
    pub phone: String,
    pub postal_address: String,
    pub logo_url: String,
    /// IANA name.
    pub time_zone: String,
    /// Australian state whose public holidays are kept.
    pub region: String,
    /// ISO weekdays, 1 = Monday.
    pub office_days: Vec<i16>,
    /// Minutes after local midnight.
    pub office_from: i32,
    /// Minutes after local midnight.
    pub office_to: i32,
    pub tracks_opens: bool,
    pub tracks_clicks: bool,
    pub hourly_cap: i32,
    pub daily_cap: i32,
    pub contact_gap_hours: i32,
    pub warmup_started_on: Option<NaiveDate>,
    pub created_at: DateTime<Utc>,
}

/// How a brand's mail leaves. Its secrets are in [`crate::mail_secret`].
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = mail_accounts, treat_none_as_null = true)]
pub struct MailAccount {
    pub brand_id: BrandId,
    pub provider: Provider,
    pub host: String,
    pub port: i32,
    /// Of the connection to `host`.
    pub tls: Encryption,
    pub username: String,
    pub updated_at: DateTime<Utc>,
    /// Of ZeptoMail and Zoho Mail.
    pub data_centre: DataCentre,
    /// Zoho Mail's numeric id of the mailbox.
    pub account_id: String,
    /// Zoho Mail's id of the application.
    pub client_id: String,
    /// The last connection test of these settings.
    pub tested_at: Option<DateTime<Utc>>,
    pub test_outcome: Option<TestOutcome>,
    /// What it found, for people.
    pub test_words: String,
}

impl MailAccount {
    /// The demo's own mailbox.
    pub fn local(brand: BrandId, now: DateTime<Utc>) -> Self {
        Self {
            brand_id: brand,
            provider: Provider::Local,
            host: String::new(),
            port: 587,
            tls: Encryption::StartTls,
            username: String::new(),
            updated_at: now,
            data_centre: DataCentre::Australia,
            account_id: String::new(),
            client_id: String::new(),
            tested_at: None,
            test_outcome: None,
            test_words: String::new(),
        }
    }
}

/// Every brand, by slug. Brands themselves are no secret within the installation; their rows are.
pub async fn all(connection: &mut AsyncPgConnection) -> Result<Vec<Brand>> {
    brands::table.order(brands::slug).select(Brand::as_select()).load(connection).await
}

/// The brand with this id.
pub async fn find(connection: &mut AsyncPgConnection, id: BrandId) -> Result<Brand> {
    brands::table.filter(brands::id.eq(id)).select(Brand::as_select()).first(connection).await
}

/// The brand with this slug, if there is one.
pub async fn by_slug(connection: &mut AsyncPgConnection, slug: &str) -> Result<Option<Brand>> {
    brands::table.filter(brands::slug.eq(slug)).select(Brand::as_select()).first(connection).await.optional()
}

/// The scoped brand's delivery settings; `None`: it can't send.
pub async fn mail_account(connection: &mut AsyncPgConnection, brand: BrandId) -> Result<Option<MailAccount>> {
    mail_accounts::table
        .filter(mail_accounts::brand_id.eq(brand))
        .select(MailAccount::as_select())
        .first(connection)
        .await
        .optional()
}

/// Stores delivery settings, replacing those before.
pub async fn set_mail_account(connection: &mut AsyncPgConnection, account: &MailAccount) -> Result<()> {
    diesel::insert_into(mail_accounts::table)
        .values(account)
        .on_conflict(mail_accounts::brand_id)
        .do_update()
        .set(account)
        .execute(connection)
        .await?;
    Ok(())
}

/// Notes what a connection test found, unless the settings have changed since `of`.
pub async fn note_test(
    connection: &mut AsyncPgConnection,
    brand: BrandId,
    of: DateTime<Utc>,
    outcome: TestOutcome,
    words: &str,
    at: DateTime<Utc>,
) -> Result<bool> {
    let account = mail_accounts::table
        .filter(mail_accounts::brand_id.eq(brand))
        .filter(mail_accounts::updated_at.eq(of));
    let noted = diesel::update(account)
        .set((
            mail_accounts::tested_at.eq(at),
            mail_accounts::test_outcome.eq(outcome),
            mail_accounts::test_words.eq(words),
        ))
        .execute(connection)
        .await?;
    Ok(noted == 1)
}

/// Stores what the settings pages change about a brand: everything but its slug.
pub async fn save(connection: &mut AsyncPgConnection, brand: &Brand) -> Result<()> {
    let changed = diesel::update(brands::table.filter(brands::id.eq(brand.id)))
        .set((
            (
                brands::name.eq(&brand.name),
                brands::legal_name.eq(&brand.legal_name),
                brands::website.eq(&brand.website),
                brands::from_name.eq(&brand.from_name),
                brands::from_email.eq(&brand.from_email),
                brands::reply_to.eq(&brand.reply_to),
                brands::contact_email.eq(&brand.contact_email),
                brands::phone.eq(&brand.phone),
                brands::postal_address.eq(&brand.postal_address),
                brands::logo_url.eq(&brand.logo_url),
            ),
            (
                brands::time_zone.eq(&brand.time_zone),
                brands::region.eq(&brand.region),
                brands::office_days.eq(&brand.office_days),
                brands::office_from.eq(brand.office_from),
                brands::office_to.eq(brand.office_to),
                brands::tracks_opens.eq(brand.tracks_opens),
                brands::tracks_clicks.eq(brand.tracks_clicks),
                brands::hourly_cap.eq(brand.hourly_cap),
                brands::daily_cap.eq(brand.daily_cap),
                brands::contact_gap_hours.eq(brand.contact_gap_hours),
                brands::warmup_started_on.eq(brand.warmup_started_on),
            ),
        ))
        .execute(connection)
        .await?;
    if changed == 1 { Ok(()) } else { Err(diesel::result::Error::NotFound) }
}

/// The brand with this id, locked until the transaction ends.
pub async fn lock(connection: &mut AsyncPgConnection, id: BrandId) -> Result<Brand> {
    brands::table.filter(brands::id.eq(id)).select(Brand::as_select()).for_update().first(connection).await
}
