//! People, their memberships and sign-in attempts.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, Text};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::{BrandId, PipelineId, Role, UserId};
use serde::Deserialize;
use uuid::Uuid;

use crate::Result;
use crate::prepared::Prepare;
use crate::schema::{memberships, sign_in_attempts, users};

/// A person who is signed in, with everything a page's frame needs.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Person {
    pub id: UserId,
    pub email: String,
    pub name: String,
    /// IANA name.
    pub time_zone: String,
    pub brands: Vec<Membership>,
}

/// A person's place in one brand.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Membership {
    pub id: BrandId,
    pub slug: String,
    pub name: String,
    pub role: Role,
    pub pipelines: Vec<PipelineEntry>,
}

/// A line of the board menu.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct PipelineEntry {
    pub id: PipelineId,
    pub key: String,
    pub name: String,
}

/// The stored secret of a sign-in.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = users)]
pub struct User {
    pub id: UserId,
    pub email: String,
    pub name: String,
    /// PHC string (argon2id).
    pub password_hash: String,
    pub time_zone: String,
    pub is_demo: bool,
    pub disabled_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
}

diesel::define_sql_function! {
    #[sql_name = "app.person"]
    fn app_person(wanted: diesel::sql_types::Uuid) -> diesel::sql_types::Nullable<diesel::sql_types::Jsonb>;
}

/// The enabled person with this id, in one statement. Works on an unscoped connection.
pub async fn person(connection: &mut AsyncPgConnection, id: UserId) -> Result<Option<Person>> {
    let found: Option<serde_json::Value> = diesel::select(app_person(id)).get_result(connection).await?;
    found
        .map(|json| {
            serde_json::from_value(json)
                .map_err(|error| diesel::result::Error::DeserializationError(error.into()))
        })
        .transpose()
}

/// The sign-in with this lower-case address.
pub async fn user_by_email(connection: &mut AsyncPgConnection, email: &str) -> Result<Option<User>> {
    users::table.filter(users::email.eq(email)).select(User::as_select()).first(connection).await.optional()
}

/// Stores a person; an address that exists already is a unique violation.
pub async fn insert_user(connection: &mut AsyncPgConnection, user: &User) -> Result<()> {
    diesel::insert_into(users::table).values(user).execute(connection).await?;
    Ok(())
}

/// The sign-in with this id.
pub async fn user(connection: &mut AsyncPgConnection, id: UserId) -> Result<User> {
    users::table.filter(users::id.eq(id)).select(User::as_select()).first(connection).await
}

/// Stores a new password's hash.
pub async fn set_password(connection: &mut AsyncPgConnection, id: UserId, hash: &str) -> Result<()> {
    diesel::update(users::table.filter(users::id.eq(id)))
        .set(users::password_hash.eq(hash))
        .execute(connection)
        .await?;
    Ok(())
}

/// Stores a person's name and zone (IANA).
pub async fn set_name_and_zone(
    connection: &mut AsyncPgConnection,
    id: UserId,
    name: &str,
    time_zone: &str,
) -> Result<()> {
    diesel::update(users::table.filter(users::id.eq(id)))
        .set((users::name.eq(name), users::time_zone.eq(time_zone)))
        .execute(connection)
        .await?;
    Ok(())
}

/// Gives a person a role in a brand in scope, replacing the one before.
pub async fn set_membership(
    connection: &mut AsyncPgConnection,
    user: UserId,
    brand: BrandId,
    role: Role,
    at: DateTime<Utc>,
) -> Result<()> {
    diesel::insert_into(memberships::table)
        .values((
            memberships::user_id.eq(user),
            memberships::brand_id.eq(brand),
            memberships::role.eq(role),
            memberships::created_at.eq(at),
        ))
        .on_conflict((memberships::user_id, memberships::brand_id))
        .do_update()
        .set(memberships::role.eq(role))
        .execute(connection)
        .await?;
    Ok(())
}

/// Failed sign-ins since `since`, for this address's hash and from this network address's hash.
pub async fn recent_failures(
    connection: &mut AsyncPgConnection,
    email_hash: &str,
    address_hash: &str,
    since: DateTime<Utc>,
) -> Result<(i64, i64)> {
    let failed = sign_in_attempts::table
        .filter(sign_in_attempts::succeeded.eq(false).and(sign_in_attempts::at.gt(since)))
        .into_boxed();
    let by_email =
        failed.filter(sign_in_attempts::email_hash.eq(email_hash)).count().get_result(connection).await?;
    let failed = sign_in_attempts::table
        .filter(sign_in_attempts::succeeded.eq(false).and(sign_in_attempts::at.gt(since)))
        .into_boxed();
    let by_address =
        failed.filter(sign_in_attempts::address_hash.eq(address_hash)).count().get_result(connection).await?;
    Ok((by_email, by_address))
}

/// Remembers a sign-in attempt.
pub async fn record_attempt(
    connection: &mut AsyncPgConnection,
    id: Uuid,
    email_hash: &str,
    address_hash: &str,
    succeeded: bool,
    at: DateTime<Utc>,
) -> Result<()> {
    diesel::insert_into(sign_in_attempts::table)
        .values((
            sign_in_attempts::id.eq(id),
            sign_in_attempts::email_hash.eq(email_hash),
            sign_in_attempts::address_hash.eq(address_hash),
            sign_in_attempts::succeeded.eq(succeeded),
            sign_in_attempts::at.eq(at),
        ))
        .execute(connection)
        .await?;
    Ok(())
}

/// Whether a demo sign-in exists; production refuses to start while one does.
pub async fn demo_user_exists(connection: &mut AsyncPgConnection) -> Result<bool> {
    diesel::select(diesel::dsl::exists(users::table.filter(users::is_demo.eq(true))))
        .get_result(connection)
        .await
}

/// Somebody who signs in with the demo's published password.
#[derive(Debug, Clone, PartialEq, QueryableByName)]
pub struct DemoPerson {
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Text)]
    pub email: String,
    /// The highest role they hold.
    #[diesel(sql_type = Text)]
    pub role: Role,
    /// Names of the brands in scope they belong to.
    #[diesel(sql_type = Array<Text>)]
    pub brands: Vec<String>,
}

/// The enabled demo sign-ins with a role in a brand in scope, highest role first.
pub async fn demo_people(connection: &mut AsyncPgConnection) -> Result<Vec<DemoPerson>> {
    diesel::sql_query(
        "SELECT u.name, u.email, min(m.role) AS role, array_agg(b.name ORDER BY b.slug) AS brands \
         FROM users u JOIN memberships m ON m.user_id = u.id JOIN brands b ON b.id = m.brand_id \
         WHERE u.is_demo AND u.disabled_at IS NULL GROUP BY u.id ORDER BY min(m.role), count(*) DESC, u.email",
    )
    .prepared().load(connection)
    .await
}

/// Forgets sign-in attempts before a moment. Returns how many.
pub async fn forget_attempts(connection: &mut AsyncPgConnection, before: DateTime<Utc>) -> Result<usize> {
    diesel::delete(sign_in_attempts::table.filter(sign_in_attempts::at.lt(before))).execute(connection).await
}
