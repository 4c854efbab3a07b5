use anyhow::{Context, Result, ensure};
use domain::Role;
use domain::view::template::TemplateDraft;
use outreach::{Refused, templates};

use super::{BRAND, KEY, draft, page, person, save_subject};
use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn names_that_lead_elsewhere_are_not_found() -> Result<()> {
    let world = World::new().await?;
    let user = person(&world, "admin", Role::Admin, &[BRAND]).await?;
    for (brand, key) in [
        (BRAND, "../../etc/passwd"),
        (BRAND, ".."),
        (BRAND, "_layout"),
        (BRAND, "business/business_invitation"),
        (BRAND, "seo_services"),
        ("codeteki", "seo_services"),
        ("..", KEY),
        ("", KEY),
    ] {
        let environment = &world.environment;
        let found = templates::page(environment, &user, brand, key).await;
        ensure!(matches!(found, Err(Refused::NotFound)), "{brand}/{key}");
        ensure!(matches!(templates::thumbnail(environment, &user, brand, key).await, Err(Refused::NotFound)));
        ensure!(matches!(
            templates::version_source(environment, &user, brand, key, 0).await,
            Err(Refused::NotFound)
        ));
        let draft = TemplateDraft {
            brand: brand.to_owned(),
            key: key.to_owned(),
            source: String::new(),
            who: "full".to_owned(),
        };
        ensure!(matches!(templates::preview(environment, &user, &draft).await, Err(Refused::NotFound)));
        ensure!(matches!(templates::send_test(environment, &user, &draft, "").await, Err(Refused::NotFound)));
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_gallery_shows_one_brands_templates_with_their_stages_and_figures() -> Result<()> {
    let world = World::new().await?;
    let user = person(&world, "manager", Role::Manager, &["desifirms", "codeteki"]).await?;
    save_subject(&world, &user, &page(&world, &user).await?, "Edited").await?;
    let deal = world.deal(world.desifirms(), "business", "priya@sharma-sweets.example").await?;
    world.run_until_mailed(&deal, 20).await?;
    world.open_mails(&deal).await?;

    let gallery = templates::gallery(&world.environment, &user, BRAND, "").await?;
    ensure!(gallery.families.iter().all(|family| family.brand_slug == BRAND));
    ensure!(gallery.shown == gallery.total);
    let cards: Vec<_> = gallery.families.iter().flat_map(|family| &family.cards).collect();
    ensure!(cards.iter().all(|card| card.problem.is_none() && !card.subject.is_empty()));
    let card = cards.iter().find(|card| card.key == KEY).context("the invitation")?;
    ensure!(card.edited && card.subject == "Edited" && (card.sent, card.opened) == (1, 1), "{card:?}");
    ensure!(card.uses.iter().any(|used| used.contains("Invited")), "{:?}", card.uses);
    ensure!(cards.iter().filter(|card| card.edited).count() == 1);

    let found = templates::gallery(&world.environment, &user, "all", "EDITED").await?;
    ensure!(found.shown == 1 && found.total > gallery.total, "{} of {}", found.shown, found.total);
    let outsider = person(&world, "other", Role::Admin, &["codeteki"]).await?;
    let refused = templates::gallery(&world.environment, &outsider, BRAND, "").await;
    ensure!(matches!(refused, Err(Refused::NotFound)));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_uses_a_contact_of_that_brand_only_and_counts_as_nothing() -> Result<()> {
    let world = World::new().await?;
    let user = person(&world, "manager", Role::Manager, &["desifirms", "codeteki"]).await?;
    let ours = world.deal(world.desifirms(), "business", "anita@sharma-sweets.example").await?;
    let theirs = world.deal(world.codeteki(), "sales", "anita@other-sweets.example").await?;
    let print = world.print_of(world.desifirms()).await?;
    let shown = page(&world, &user).await?;
    let preview =
        templates::preview(&world.environment, &user, &draft(&shown, &ours.contact_id.to_string())).await?;
    let mail = preview.mail.context("it renders")?;
    ensure!(mail.text.contains("Hi Anita,") && mail.to.contains("anita@sharma-sweets.example"));
    ensure!(!mail.html.contains("/t/o/") && !mail.html.contains("/t/c/"));
    let foreign = draft(&shown, &theirs.contact_id.to_string());
    ensure!(matches!(templates::preview(&world.environment, &user, &foreign).await, Err(Refused::NotFound)));
    let found = templates::addressees(&world.environment, &user, BRAND, KEY, "ANITA").await?;
    ensure!(found.len() == 1 && found[0].who == ours.contact_id.to_string(), "{found:?}");
    ensure!(world.print_of(world.desifirms()).await? == print, "looking changed something");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn problems_name_the_line_and_the_contact_they_are_about() -> Result<()> {
    let world = World::new().await?;
    let user = person(&world, "member", Role::Member, &[BRAND]).await?;
    let shown = page(&world, &user).await?;
    let source = super::with_subject(&shown.source, "{% if contact.company %}Yes{% endif %}");
    let preview =
        templates::preview(&world.environment, &user, &TemplateDraft { source, ..draft(&shown, "full") })
            .await?;
    ensure!(preview.mail.is_some_and(|mail| mail.subject == "Yes"), "this contact has a company");
    let [problem] = preview.problems.as_slice() else { anyhow::bail!("{:?}", preview.problems) };
    ensure!(problem.text.contains("subject is empty") && problem.text.contains("no company"), "{problem:?}");

    let source = shown.source.replacen("{% block content %}", "{% block content %}\n{{ contact.phone }}", 1);
    let line = source.lines().position(|line| line.contains("contact.phone")).context("a line")? + 1;
    let preview =
        templates::preview(&world.environment, &user, &TemplateDraft { source, ..draft(&shown, "full") })
            .await?;
    ensure!(preview.mail.is_none());
    ensure!(preview.problems[0].line == u32::try_from(line).ok(), "{:?}", preview.problems);
    Ok(())
}
