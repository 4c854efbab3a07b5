use anyhow::{Context, Result, ensure};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::view::template::{TemplateBase, TemplateEdit, TemplateRestore};
use domain::{BrandId, Role};
use outreach::{Refused, outbox, templates};

use super::{BRAND, KEY, page, person, save_subject, with_subject};
use crate::world::World;

/// Actions of the brand's audit log, oldest first.
async fn audited(world: &World, brand: BrandId) -> Result<Vec<String>> {
    use database::schema::audit_log;
    let mut scope = world.test.database.brand(brand).await?;
    Ok(audit_log::table
        .filter(audit_log::subject_kind.eq("template"))
        .order((audit_log::at, audit_log::id))
        .select(audit_log::action)
        .load(&mut *scope)
        .await?)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_autopilots_next_mail_uses_the_edit_and_only_that_brands() -> Result<()> {
    let world = World::new().await?;
    let user = person(&world, "manager", Role::Manager, &["desifirms", "codeteki"]).await?;
    // Both brands have a template of this name.
    let key = "backlink_pitch";
    let before = templates::page(&world.environment, &user, BRAND, key).await?;
    ensure!(before.base == TemplateBase { newest: 0, in_force: 0 });
    ensure!(save_subject(&world, &user, &before, "A word for {{ contact.first_name }}").await? == 1);
    // Half of all deals would get the stage's other subject.
    world.sql(world.desifirms(), "UPDATE stages SET subject_b = NULL").await?;

    let edited = world.deal(world.desifirms(), "backlink", "priya@sharma-sweets.example").await?;
    let other = world.deal(world.codeteki(), "backlink", "priya@other-sweets.example").await?;
    world.run_until_mailed(&edited, 20).await?;
    world.run_until_mailed(&other, 20).await?;
    let subject = |address: &str| -> Result<String> {
        Ok(world.provider.accepted_for(address).into_iter().next().context("a mail")?.subject)
    };
    ensure!(subject("priya@sharma-sweets.example")? == "A word for Priya");
    ensure!(!subject("priya@other-sweets.example")?.contains("A word for"));
    let theirs = templates::page(&world.environment, &user, "codeteki", key).await?;
    ensure!(theirs.base.newest == 0 && theirs.versions.len() == 1, "{:?}", theirs.versions);
    ensure!(audited(&world, world.desifirms()).await? == ["template_saved"]);
    ensure!(audited(&world, world.codeteki()).await?.is_empty());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn sending_by_hand_uses_the_edit_and_a_broken_one_blocks_with_the_reason() -> Result<()> {
    let world = World::new().await?;
    let user = person(&world, "manager", Role::Manager, &[BRAND]).await?;
    let before = page(&world, &user).await?;
    save_subject(&world, &user, &before, "By hand").await?;
    // Half of all deals would get the stage's other subject.
    world.sql(world.desifirms(), "UPDATE stages SET subject_b = NULL").await?;
    let deal = world.deal(world.desifirms(), "business", "priya@sharma-sweets.example").await?;
    ensure!(outbox::preview_next(&world.environment, &user, deal.id).await?.subject == "By hand");

    // No person can save this; a layout that has changed since could bring it about.
    let broken =
        "INSERT INTO template_versions (brand_id, template_key, version, source, checksum, created_at)
        SELECT brand_id, template_key, 2, '{{ nobody }}', 'x', created_at FROM template_versions";
    world.sql(world.desifirms(), broken).await?;
    world
        .sql(world.desifirms(), "UPDATE templates SET version_in_force = 2 WHERE version_in_force = 1")
        .await?;
    world.tick().await?;
    ensure!(world.provider.accepted().is_empty(), "rubbish was sent");
    let blocked = world.look(&deal).await?.blocked_reason.context("it is blocked")?;
    ensure!(blocked.contains("business_invitation"), "{blocked}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_reads_and_may_not_edit() -> Result<()> {
    let world = World::new().await?;
    let member = person(&world, "member", Role::Member, &[BRAND]).await?;
    let shown = page(&world, &member).await?;
    ensure!(!shown.may_edit && shown.preview.problems.is_empty());
    let refused = save_subject(&world, &member, &shown, "Mine").await;
    ensure!(matches!(refused, Err(Refused::Invalid(_))), "{refused:?}");
    let restore =
        TemplateRestore { brand: BRAND.to_owned(), key: KEY.to_owned(), version: 0, base: shown.base };
    ensure!(matches!(
        templates::restore(&world.environment, &member, &restore).await,
        Err(Refused::Invalid(_))
    ));
    ensure!(page(&world, &member).await? == shown);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stale_save_is_refused_and_says_whose_version_came_first() -> Result<()> {
    let world = World::new().await?;
    let asha = person(&world, "asha", Role::Manager, &[BRAND]).await?;
    let ben = person(&world, "ben", Role::Admin, &[BRAND]).await?;
    let both_saw = page(&world, &asha).await?;
    save_subject(&world, &asha, &both_saw, "Asha's").await?;
    let Err(Refused::Conflict(words)) = save_subject(&world, &ben, &both_saw, "Ben's").await else {
        anyhow::bail!("a stale save went through");
    };
    ensure!(words.contains("asha saved version 1"), "{words}");
    let now = page(&world, &ben).await?;
    ensure!(now.base == TemplateBase { newest: 1, in_force: 1 });
    ensure!(now.preview.mail.context("it renders")?.subject == "Asha's");
    // Somebody who has seen the version may save on top of it.
    let edit = TemplateEdit {
        brand: BRAND.to_owned(),
        key: KEY.to_owned(),
        source: with_subject(&both_saw.source, "Ben's"),
        note: String::new(),
        base: now.base,
    };
    ensure!(templates::save(&world.environment, &ben, &edit).await? == 2);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn two_saves_at_once_become_one_version() -> Result<()> {
    let world = World::new().await?;
    let user = person(&world, "manager", Role::Manager, &[BRAND]).await?;
    let shown = page(&world, &user).await?;
    let (one, two) =
        tokio::join!(save_subject(&world, &user, &shown, "One"), save_subject(&world, &user, &shown, "Two"));
    ensure!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
    ensure!(page(&world, &user).await?.base.newest == 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_that_fails_for_any_kind_of_contact_is_refused() -> Result<()> {
    let world = World::new().await?;
    let user = person(&world, "manager", Role::Manager, &[BRAND]).await?;
    let shown = page(&world, &user).await?;
    let (end, greeting) = ("{% endblock", "contact.salutation");
    for (source, said) in [
        (with_subject(&shown.source, "{{ contact.nickname }}"), "Line 2:"),
        (with_subject(&shown.source, "{% if contact.company %}Yes{% endif %}"), "no company"),
        (with_subject(&shown.source, "{{ contact.company * 3 }} {{ 'x' * 300 }}"), ""),
        (shown.source.replacen(end, "{% end", 1), "Line"),
        (shown.source.replace(greeting, "contact.first_name"), "greeting is missing"),
        (shown.source.replace("ui.greeting(theme, contact.salutation)", "contact.company | safe"), ""),
        (shown.source.replace("desifirms/_layout", "codeteki/_layout"), "not of this brand"),
        (String::new(), ""),
        (" x".repeat(60_000), "longer than"),
    ] {
        let edit = TemplateEdit {
            brand: BRAND.to_owned(),
            key: KEY.to_owned(),
            source,
            note: String::new(),
            base: shown.base,
        };
        let Err(Refused::Invalid(words)) = templates::save(&world.environment, &user, &edit).await else {
            anyhow::bail!("saved: {}", edit.source);
        };
        ensure!(words.contains(said), "{said:?} is not in {words:?}");
    }
    ensure!(page(&world, &user).await?.base == shown.base);
    ensure!(audited(&world, world.desifirms()).await?.is_empty());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_text_again_is_no_version() -> Result<()> {
    let world = World::new().await?;
    let user = person(&world, "manager", Role::Manager, &[BRAND]).await?;
    let shown = page(&world, &user).await?;
    let edit = TemplateEdit {
        brand: BRAND.to_owned(),
        key: KEY.to_owned(),
        source: shown.source.replace('\n', "\r\n"),
        note: String::new(),
        base: shown.base,
    };
    ensure!(matches!(templates::save(&world.environment, &user, &edit).await, Err(Refused::Invalid(_))));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_version_and_the_file_come_back_and_nothing_is_lost() -> Result<()> {
    let world = World::new().await?;
    let user = person(&world, "manager", Role::Manager, &[BRAND]).await?;
    let shipped = page(&world, &user).await?;
    save_subject(&world, &user, &shipped, "First").await?;
    save_subject(&world, &user, &page(&world, &user).await?, "Second").await?;
    for (version, subject) in [(1, Some("First")), (0, None), (2, Some("Second"))] {
        let base = page(&world, &user).await?.base;
        let wanted = TemplateRestore { brand: BRAND.to_owned(), key: KEY.to_owned(), version, base };
        templates::restore(&world.environment, &user, &wanted).await?;
        let now = page(&world, &user).await?;
        ensure!(now.base == TemplateBase { newest: 2, in_force: version });
        let expected = subject.map_or_else(
            || shipped.preview.mail.as_ref().map(|mail| mail.subject.clone()).unwrap_or_default(),
            str::to_owned,
        );
        ensure!(now.preview.mail.context("it renders")?.subject == expected, "{version}");
        let again = templates::restore(&world.environment, &user, &wanted).await;
        ensure!(matches!(again, Err(Refused::Conflict(_))), "{again:?}");
    }
    let gone = TemplateRestore {
        brand: BRAND.to_owned(),
        key: KEY.to_owned(),
        version: 3,
        base: page(&world, &user).await?.base,
    };
    ensure!(matches!(templates::restore(&world.environment, &user, &gone).await, Err(Refused::NotFound)));
    let actions = audited(&world, world.desifirms()).await?;
    ensure!(actions.iter().filter(|action| *action == "template_restored").count() == 3, "{actions:?}");
    // A restored file is followed by version 3, not by a second version 1.
    ensure!(save_subject(&world, &user, &page(&world, &user).await?, "Third").await? == 3);
    Ok(())
}
