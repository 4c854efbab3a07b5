//! Somebody who works with the product.

use anyhow::Result;
use database::person::{Membership, Person};
use domain::{Role, UserId};
use outreach::people::CurrentUser;

use crate::world::World;

/// Somebody of Desi Firms.
pub async fn manager(world: &World) -> Result<CurrentUser> {
    let brand = &world.test.brands.desifirms;
    let id = UserId(world.test.clock.new_id());
    let user = database::person::User {
        id,
        email: format!("{}@overture.example", id.0.simple()),
        name: "Mira Manager".to_owned(),
        password_hash: "none".to_owned(),
        time_zone: "Australia/Sydney".to_owned(),
        is_demo: false,
        disabled_at: None,
        created_at: world.now(),
    };
    let mut connection = world.test.database.unscoped().await?;
    database::person::insert_user(&mut connection, &user).await?;
    Ok(CurrentUser::new(Person {
        id,
        email: user.email,
        name: user.name,
        time_zone: user.time_zone,
        brands: vec![Membership {
            id: brand.id,
            slug: brand.slug.clone(),
            name: brand.name.clone(),
            role: Role::Manager,
            pipelines: Vec::new(),
        }],
    }))
}
