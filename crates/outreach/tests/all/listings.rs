//! Tables, read page by page.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};
use domain::Role;
use domain::view::listing::{ContactRow, ListPage, ListQuery};
use outreach::listings;
use outreach::people::CurrentUser;

use crate::templates::person;
use crate::world::World;

async fn contacts(world: &World, user: &CurrentUser, query: ListQuery) -> Result<ListPage<ContactRow>> {
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
            ensure!(list.total == 70, "{sort}: {}", list.total);
            seen.extend(list.rows.iter().map(|row| (row.id, row.brand_slug.clone())));
            match list.next {
                Some(next) => query.after = next.to_string(),
                None => break,
            }
        }
        let unique: BTreeSet<_> = seen.iter().collect();
        ensure!(seen.len() == 70 && unique.len() == 70, "{sort}: {} of {}", unique.len(), seen.len());
        ensure!(seen.iter().all(|(_, slug)| slug == "desifirms"), "{sort}");
    }
    let found = contacts(&world, &user, ListQuery { text: "C6".to_owned(), ..ListQuery::default() }).await?;
    ensure!(found.total == 11, "c6 and c60 to c69, but {}", found.total);
    for (typed, found) in [("crowd", 70), ("C6", 11), ("6@", 0), ("c6@crowd", 1), ("50%_", 0), ("c", 70)] {
        let list =
            contacts(&world, &user, ListQuery { text: typed.to_owned(), ..ListQuery::default() }).await?;
        ensure!(list.total == found && !list.more_than_total, "{typed}: {found}, but {}", list.total);
        ensure!(list.rows.iter().all(|row| row.brand_slug == "desifirms"), "{typed}");
    }
    let tallies = listings::contact_tallies(&world.environment, &user, "desifirms").await?;
    ensure!(tallies.iter().filter(|tally| tally.value != "none").map(|tally| tally.count).sum::<i64>() == 70);
    ensure!(listings::contact_tallies(&world.environment, &user, "codeteki").await.is_err());
    Ok(())
}
