//! Sealed secrets of mail accounts. What they say only `outreach::vault` can read.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::BrandId;
use domain::mailing::SecretName;

use crate::Result;
use crate::schema::mail_secrets;

/// A sealed secret.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = mail_secrets, treat_none_as_null = true)]
pub struct MailSecret {
    pub brand_id: BrandId,
    pub name: SecretName,
    /// `None`: nothing has been stored yet.
    pub sealed: Option<Vec<u8>>,
    /// Access tokens only.
    pub expires_at: Option<DateTime<Utc>>,
    pub stored_at: DateTime<Utc>,
}

/// A brand's secrets.
pub async fn of_brand(connection: &mut AsyncPgConnection, brand: BrandId) -> Result<Vec<MailSecret>> {
    mail_secrets::table
        .filter(mail_secrets::brand_id.eq(brand))
        .filter(mail_secrets::sealed.is_not_null())
        .order(mail_secrets::name)
        .select(MailSecret::as_select())
        .load(connection)
        .await
}

/// Stores a secret, replacing the one before.
pub async fn store(connection: &mut AsyncPgConnection, secret: &MailSecret) -> Result<()> {
    diesel::insert_into(mail_secrets::table)
        .values(secret)
        .on_conflict((mail_secrets::brand_id, mail_secrets::name))
        .do_update()
        .set(secret)
        .execute(connection)
        .await?;
    Ok(())
}

/// Forgets a secret.
pub async fn forget(connection: &mut AsyncPgConnection, brand: BrandId, name: SecretName) -> Result<()> {
    let row =
        mail_secrets::table.filter(mail_secrets::brand_id.eq(brand)).filter(mail_secrets::name.eq(name));
    diesel::delete(row).execute(connection).await?;
    Ok(())
}

/// A secret, locked until the transaction ends, so that of many processes one renews it and the others wait for it. It
/// need not exist yet.
pub async fn lock(
    connection: &mut AsyncPgConnection,
    brand: BrandId,
    name: SecretName,
    now: DateTime<Utc>,
) -> Result<MailSecret> {
    let empty = MailSecret { brand_id: brand, name, sealed: None, expires_at: None, stored_at: now };
    diesel::insert_into(mail_secrets::table)
        .values(&empty)
        .on_conflict_do_nothing()
        .execute(connection)
        .await?;
    mail_secrets::table
        .filter(mail_secrets::brand_id.eq(brand))
        .filter(mail_secrets::name.eq(name))
        .select(MailSecret::as_select())
        .for_update()
        .first(connection)
        .await
}
