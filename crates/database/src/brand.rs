//! Brands and their delivery settings.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::BrandId;

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

/// How a brand's mail leaves.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = mail_accounts)]
pub struct MailAccount {
    pub brand_id: BrandId,
    /// `local` or `smtp`.
    pub provider: String,
    pub host: String,
    pub port: i32,
    /// `none`, `starttls` or `tls`.
    pub tls: String,
    pub username: String,
    pub updated_at: DateTime<Utc>,
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
