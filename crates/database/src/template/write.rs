use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{BrandId, UserId};
use uuid::Uuid;

use super::Text;
use crate::Result;
use crate::schema::{audit_log, template_versions, templates};

/// Where a template stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// 0: nobody has edited it.
    pub newest: i32,
    /// 0: the file.
    pub in_force: i32,
}

/// Locks a template until the transaction ends, so that two people's edits come one after the other. `NotFound` outside
/// the scope.
pub async fn lock(connection: &mut AsyncPgConnection, brand: BrandId, key: &str) -> Result<Place> {
    let in_force: Option<i32> = templates::table
        .filter(templates::brand_id.eq(brand))
        .filter(templates::key.eq(key))
        .select(templates::version_in_force)
        .for_update()
        .first(connection)
        .await?;
    let newest: Option<i32> = template_versions::table
        .filter(template_versions::brand_id.eq(brand))
        .filter(template_versions::template_key.eq(key))
        .select(diesel::dsl::max(template_versions::version))
        .first(connection)
        .await?;
    Ok(Place { newest: newest.unwrap_or(0), in_force: in_force.unwrap_or(0) })
}

/// Who puts which version of a template in force, for the audit log.
#[derive(Debug, Clone)]
pub struct Change<'a> {
    pub audit_id: Uuid,
    pub brand: BrandId,
    pub key: &'a str,
    /// 0: the file.
    pub version: i32,
    pub by: UserId,
    pub action: &'a str,
    pub detail: serde_json::Value,
    pub at: DateTime<Utc>,
}

/// Stores a new version of a template locked by the caller. It isn't in force yet.
pub async fn add(
    connection: &mut AsyncPgConnection,
    change: &Change<'_>,
    text: &Text,
    note: &str,
) -> Result<()> {
    use template_versions as v;
    diesel::insert_into(v::table)
        .values((
            v::brand_id.eq(change.brand),
            v::template_key.eq(change.key),
            v::version.eq(change.version),
            v::source.eq(&text.source),
            v::checksum.eq(&text.checksum),
            v::note.eq(note),
            v::created_by.eq(change.by),
            v::created_at.eq(change.at),
        ))
        .execute(connection)
        .await?;
    Ok(())
}

/// Puts a version in force and keeps that on record.
pub async fn change(connection: &mut AsyncPgConnection, change: &Change<'_>) -> Result<()> {
    diesel::update(
        templates::table.filter(templates::brand_id.eq(change.brand)).filter(templates::key.eq(change.key)),
    )
    .set(templates::version_in_force.eq((change.version > 0).then_some(change.version)))
    .execute(connection)
    .await?;
    diesel::insert_into(audit_log::table)
        .values((
            audit_log::id.eq(change.audit_id),
            audit_log::brand_id.eq(change.brand),
            audit_log::user_id.eq(change.by),
            audit_log::action.eq(change.action),
            audit_log::subject_kind.eq("template"),
            audit_log::detail.eq(&change.detail),
            audit_log::at.eq(change.at),
        ))
        .execute(connection)
        .await?;
    Ok(())
}
