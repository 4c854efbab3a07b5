//! Tables, read page by page.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};
use domain::Role;
use domain::view::listing::{ContactList, ListQuery};
use outreach::listings;
use outreach::people::CurrentUser;

use crate::templates::person;
use crate::world::World;

async fn contacts(world: &World, user: &CurrentUser, query: ListQuery) -> Result<ContactList> {
    Ok(listings::contacts(&world.environment, user, &query).await?)
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_contacts_are_complete_in_every_order_and_of_one_brand() -> Result<()> {
    let world = World::new().await?;
    let user = person(&world, "manager", Role::Manager, &["desifirms"]).await?;
    for number in 0..70 {
        for brand in [world.desifirms(), world.codeteki()] {
            world.deal(brand, "backlink", &format!("c{number}@crowd.example")).await?;
        }
    }
    for sort in ["", "name", "-company", "email", "mailed", "-created"] {
        let mut seen = Vec::new();
        let mut query = ListQuery { sort: sort.to_owned(), ..ListQuery::default() };
        loop {
            let list = contacts(&world, &user, query.clone()).await?;
            ensure!(list.page.total == 70, "{sort}: {}", list.page.total);
            seen.extend(list.page.rows.iter().map(|row| (row.id, row.brand_slug.clone())));
            match list.page.next {
                Some(next) => query.after = next.to_string(),
                None => break,
            }
        }
        let unique: BTreeSet<_> = seen.iter().collect();
        ensure!(seen.len() == 70 && unique.len() == 70, "{sort}: {} of {}", unique.len(), seen.len());
        ensure!(seen.iter().all(|(_, slug)| slug == "desifirms"), "{sort}");
    }
    let found = contacts(&world, &user, ListQuery { text: "C6".to_owned(), ..ListQuery::default() }).await?;
    ensure!(found.page.total == 11, "c6 and c60 to c69, but {}", found.page.total);
    Ok(())
}
