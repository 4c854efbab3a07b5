use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text as SqlText, Timestamptz, Uuid as SqlUuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{BrandId, ContactId};

use crate::Result;
use crate::listing::contains;
use crate::prepared::Prepare;
use crate::schema::{template_versions, templates};

/// An edit that mails are written from, in place of the file.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct InForce {
    pub key: String,
    pub version: i32,
    /// SHA-256 of the source, hex.
    pub checksum: String,
    pub source: String,
}

/// Every edit in force of a brand. A template that isn't among them is its file.
pub async fn in_force(connection: &mut AsyncPgConnection, brand: BrandId) -> Result<Vec<InForce>> {
    use template_versions as v;
    templates::table
        .inner_join(
            v::table.on(v::brand_id
                .eq(templates::brand_id)
                .and(v::template_key.eq(templates::key))
                .and(v::version.nullable().eq(templates::version_in_force))),
        )
        .filter(templates::brand_id.eq(brand))
        .select((v::template_key, v::version, v::checksum, v::source))
        .load(connection)
        .await
}

/// A template that differs from its file, or did.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Version {
    #[diesel(sql_type = Integer)]
    pub version: i32,
    #[diesel(sql_type = SqlText)]
    pub note: String,
    /// `None`: a person who is gone.
    #[diesel(sql_type = Nullable<SqlText>)]
    pub author: Option<String>,
    #[diesel(sql_type = Timestamptz)]
    pub created_at: DateTime<Utc>,
    #[diesel(sql_type = Bool)]
    pub in_force: bool,
}

/// The versions of a template, newest first; the file isn't among them.
pub async fn versions(connection: &mut AsyncPgConnection, brand: BrandId, key: &str) -> Result<Vec<Version>> {
    diesel::sql_query(
        "SELECT v.version, v.note, u.name AS author, v.created_at,
                coalesce(v.version = t.version_in_force, false) AS in_force
         FROM template_versions v JOIN templates t ON t.brand_id = v.brand_id AND t.key = v.template_key
         LEFT JOIN users u ON u.id = v.created_by
         WHERE v.brand_id = $1 AND v.template_key = $2 ORDER BY v.version DESC",
    )
    .bind::<SqlUuid, _>(brand)
    .bind::<SqlText, _>(key)
    .prepared()
    .load(connection)
    .await
}

/// What a version says.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Text {
    pub source: String,
    /// SHA-256 of the source, hex.
    pub checksum: String,
}

/// The text of one version; `NotFound` when there is none.
pub async fn text(
    connection: &mut AsyncPgConnection,
    brand: BrandId,
    key: &str,
    version: i32,
) -> Result<Text> {
    use template_versions as v;
    v::table
        .filter(v::brand_id.eq(brand))
        .filter(v::template_key.eq(key))
        .filter(v::version.eq(version))
        .select((v::source, v::checksum))
        .first(connection)
        .await
}

/// The templates in scope that are not as shipped: brand and key.
pub async fn edited(connection: &mut AsyncPgConnection) -> Result<Vec<(BrandId, String)>> {
    templates::table
        .filter(templates::version_in_force.is_not_null())
        .select((templates::brand_id, templates::key))
        .load(connection)
        .await
}

/// A stage that a template's mail brings deals into.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Use {
    #[diesel(sql_type = SqlUuid)]
    pub brand_id: BrandId,
    #[diesel(sql_type = SqlText)]
    pub template_key: String,
    #[diesel(sql_type = SqlText)]
    pub pipeline: String,
    #[diesel(sql_type = SqlText)]
    pub stage: String,
}

/// The stages in scope that use a template, in the order of pipelines and stages.
pub async fn uses(connection: &mut AsyncPgConnection) -> Result<Vec<Use>> {
    diesel::sql_query(
        "SELECT s.brand_id, s.template_key, p.name AS pipeline, s.name AS stage
         FROM stages s JOIN pipelines p ON p.id = s.pipeline_id
         WHERE s.template_key IS NOT NULL ORDER BY p.position, s.position",
    )
    .prepared()
    .load(connection)
    .await
}

/// How a template's mails did.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Rating {
    #[diesel(sql_type = SqlUuid)]
    pub brand_id: BrandId,
    #[diesel(sql_type = SqlText)]
    pub template_key: String,
    #[diesel(sql_type = BigInt)]
    pub sent: i64,
    /// By persons.
    #[diesel(sql_type = BigInt)]
    pub opened: i64,
}

/// Mails that went out since a moment, by template; tests left out.
pub async fn ratings(connection: &mut AsyncPgConnection, since: DateTime<Utc>) -> Result<Vec<Rating>> {
    diesel::sql_query(
        "SELECT brand_id, template_key, count(*) AS sent, count(opened_at) AS opened
         FROM email_messages WHERE sent_at >= $1 AND NOT is_test AND template_key IS NOT NULL
         GROUP BY brand_id, template_key",
    )
    .bind::<Timestamptz, _>(since)
    .prepared()
    .load(connection)
    .await
}

/// A contact to look at a mail with.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Addressee {
    #[diesel(sql_type = SqlUuid)]
    pub id: ContactId,
    #[diesel(sql_type = SqlText)]
    pub name: String,
    #[diesel(sql_type = SqlText)]
    pub company: String,
    #[diesel(sql_type = SqlText)]
    pub email: String,
}

/// The brand's contacts whose name, company or address contains a text, by name.
pub async fn addressees(
    connection: &mut AsyncPgConnection,
    brand: BrandId,
    wanted: &str,
    limit: i64,
) -> Result<Vec<Addressee>> {
    diesel::sql_query(
        "SELECT id, name, company, email FROM contacts WHERE brand_id = $1 AND search_text LIKE $2
         ORDER BY name, id LIMIT $3",
    )
    .bind::<SqlUuid, _>(brand)
    .bind::<SqlText, _>(contains(wanted))
    .bind::<BigInt, _>(limit)
    .prepared()
    .load(connection)
    .await
}
