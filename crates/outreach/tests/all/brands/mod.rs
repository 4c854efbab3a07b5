//! The settings of brands, and mail through each brand's own provider.

mod providers;
mod saving;
mod tokens;

use anyhow::Result;
use database::brand::Brand;
use database::person::{Membership, Person};
use domain::mailing::{DataCentre, Encryption, Provider, SecretName};
use domain::view::brands::{AccountEdit, BrandEdit, Saved};
use domain::{BrandId, Role};
use outreach::Environment;
use outreach::people::CurrentUser;
use outreach::settings::save_brand;
use outreach::transports::{Elsewhere, Transports};

use crate::people::manager;
use crate::world::World;

/// An environment whose brands send through the vendors as they stand `elsewhere`.
fn environment(world: &World, elsewhere: Elsewhere) -> Result<Environment> {
    crate::environment_with(&world.test, Transports::by_account(false).with_vendors_at(elsewhere))
}

/// Somebody with this role in one brand.
async fn person(world: &World, brand: &Brand, role: Role) -> Result<CurrentUser> {
    let somebody = manager(world).await?;
    Ok(CurrentUser::new(Person {
        id: somebody.id(),
        email: "somebody@overture.example".to_owned(),
        name: somebody.name().to_owned(),
        time_zone: "Australia/Sydney".to_owned(),
        brands: vec![Membership {
            id: brand.id,
            slug: brand.slug.clone(),
            name: brand.name.clone(),
            role,
            pipelines: Vec::new(),
        }],
    }))
}

fn account(provider: Provider, secrets: &[(SecretName, &str)]) -> AccountEdit {
    AccountEdit {
        provider,
        host: "smtp.example.com".to_owned(),
        port: "587".to_owned(),
        encryption: Encryption::StartTls,
        username: "asha".to_owned(),
        data_centre: DataCentre::Australia,
        account_id: "6000000000293".to_owned(),
        client_id: "1000.CLIENT".to_owned(),
        secrets: secrets.iter().map(|(name, secret)| (*name, (*secret).to_owned())).collect(),
    }
}

const ZEPTOMAIL: &[(SecretName, &str)] =
    &[(SecretName::ZeptoMailToken, "Zoho-enczapikey token-of-desifirms")];
const ZOHO: &[(SecretName, &str)] = &[
    (SecretName::ZohoClientSecret, "secret-of-codeteki"),
    (SecretName::ZohoRefreshToken, "refresh-of-codeteki"),
];

/// Stores a brand's account the way a person does.
async fn save(
    environment: &Environment,
    user: &CurrentUser,
    slug: &str,
    edit: AccountEdit,
) -> Result<Vec<String>> {
    Ok(match save_brand(environment, user, slug, &BrandEdit::Account(edit)).await? {
        Saved::Done { .. } => Vec::new(),
        Saved::Errors(errors) => errors.into_iter().map(|(id, _)| id).collect(),
    })
}

/// Everything stored of a brand's account, as text.
async fn stored(world: &World, brand: BrandId) -> Result<String> {
    use diesel::prelude::*;
    use diesel_async::RunQueryDsl;

    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = diesel::sql_types::Text)]
        row: String,
    }
    let mut scope = world.test.database.brand(brand).await?;
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT concat(a::text, (SELECT string_agg(concat(s::text, encode(s.sealed, 'escape')), ' ')
         FROM mail_secrets s), (SELECT string_agg(l::text, ' ') FROM audit_log l)) AS row FROM mail_accounts a",
    )
    .load(&mut *scope)
    .await?;
    Ok(rows.into_iter().map(|row| row.row).collect())
}
