use anyhow::{Result, bail, ensure};
use domain::Role;
use domain::mailing::{Encryption, Provider, SecretName};
use domain::view::brands::{BrandEdit, HoursEdit, IdentityEdit, LimitsEdit, Saved, Sending, TrackingEdit};
use outreach::Refused;
use outreach::settings::{brand, brands, save_brand, test_account};
use outreach::transports::Elsewhere;

use super::{ZEPTOMAIL, ZOHO, account, environment, person, save, stored};
use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn secrets_are_stored_sealed_and_never_shown_again() -> Result<()> {
    let world = World::new().await?;
    let environment = environment(&world, Elsewhere::default())?;
    let user = person(&world, &world.test.brands.codeteki, Role::Manager).await?;
    let secrets = [(SecretName::SmtpPassword, "hunter2-of-codeteki")];
    ensure!(save(&environment, &user, "codeteki", account(Provider::Smtp, &secrets)).await?.is_empty());
    ensure!(save(&environment, &user, "codeteki", account(Provider::ZohoMail, ZOHO)).await?.is_empty());
    let row = stored(&world, world.codeteki()).await?;
    ensure!(row.contains("smtp-password") && row.contains("mail_account_saved"), "{row}");
    for (_, secret) in secrets.iter().chain(ZOHO) {
        ensure!(!row.contains(secret), "{secret} is readable in the database");
    }
    let shown = brand(&environment, &user, "codeteki").await?;
    let told = serde_json::to_string(&shown)?;
    for (_, secret) in secrets.iter().chain(ZOHO) {
        ensure!(!told.contains(secret), "{secret} is on the page");
    }
    let names: Vec<SecretName> = shown.account.stored.iter().map(|secret| secret.name).collect();
    ensure!(names.len() == 3 && names.contains(&SecretName::SmtpPassword), "{names:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stored_password_never_follows_a_changed_host() -> Result<()> {
    let world = World::new().await?;
    let environment = environment(&world, Elsewhere::default())?;
    let user = person(&world, &world.test.brands.codeteki, Role::Manager).await?;
    let first = account(Provider::Smtp, &[(SecretName::SmtpPassword, "hunter2")]);
    ensure!(save(&environment, &user, "codeteki", first).await?.is_empty());
    let mut moved = account(Provider::Smtp, &[]);
    moved.host = "smtp.evil.example".to_owned();
    ensure!(save(&environment, &user, "codeteki", moved.clone()).await? == ["account-password"]);
    let unchanged = account(Provider::Smtp, &[]);
    ensure!(save(&environment, &user, "codeteki", unchanged).await?.is_empty(), "the stored one is kept");
    // Nor by way of another provider in between.
    ensure!(save(&environment, &user, "codeteki", account(Provider::ZeptoMail, ZEPTOMAIL)).await?.is_empty());
    ensure!(save(&environment, &user, "codeteki", moved).await? == ["account-password"]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_said_beside_each_field() -> Result<()> {
    let world = World::new().await?;
    let environment = environment(&world, Elsewhere::default())?;
    let user = person(&world, &world.test.brands.codeteki, Role::Admin).await?;
    let mut bare = account(Provider::Smtp, &[]);
    bare.host = "https://smtp.example.com".to_owned();
    bare.port = "70000".to_owned();
    bare.encryption = Encryption::None;
    let named = save(&environment, &user, "codeteki", bare).await?;
    ensure!(named == ["account-host", "account-port", "account-encryption"], "{named:?}");
    for (provider, expected) in [
        (Provider::Local, vec!["account-provider"]),
        (Provider::ZeptoMail, vec!["account-token"]),
        (Provider::ZohoMail, vec!["account-client-secret", "account-refresh-token"]),
    ] {
        let named = save(&environment, &user, "codeteki", account(provider, &[])).await?;
        ensure!(named == expected, "{provider}: {named:?}");
    }
    for (edit, expected) in [
        (BrandEdit::Identity(IdentityEdit::default()), "brand-from-email"),
        (
            BrandEdit::Limits(LimitsEdit {
                hourly_cap: "700".to_owned(),
                daily_cap: "600".to_owned(),
                contact_gap_hours: "20".to_owned(),
                warm_up_from: String::new(),
            }),
            "brand-hourly-cap",
        ),
        (
            BrandEdit::Hours(HoursEdit {
                time_zone: "Mars/Base".to_owned(),
                region: "NSW".to_owned(),
                days: vec![1],
                from: "09:00".to_owned(),
                to: "17:00".to_owned(),
            }),
            "brand-zone",
        ),
    ] {
        match save_brand(&environment, &user, "codeteki", &edit).await? {
            Saved::Errors(errors) => ensure!(errors.iter().any(|(id, _)| id == expected), "{errors:?}"),
            Saved::Done { .. } => bail!("{edit:?} was stored"),
        }
    }
    ensure!(!stored(&world, world.codeteki()).await?.contains("saved"), "nothing was stored");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn every_part_is_stored_recorded_and_shown() -> Result<()> {
    let world = World::new().await?;
    let environment = environment(&world, Elsewhere::default())?;
    let user = person(&world, &world.test.brands.codeteki, Role::Manager).await?;
    let before = brand(&environment, &user, "codeteki").await?;
    let identity = IdentityEdit { from_email: "Hello@Codeteki.au".to_owned(), ..before.identity };
    let hours = HoursEdit { days: vec![5, 1, 5], to: "18:30".to_owned(), ..before.hours };
    let limits = LimitsEdit {
        hourly_cap: "100".to_owned(),
        daily_cap: "600".to_owned(),
        warm_up_from: "2026-11-23".to_owned(),
        ..before.limits
    };
    let tracking = TrackingEdit { opens: false, clicks: true };
    for edit in [
        BrandEdit::Identity(identity),
        BrandEdit::Hours(hours),
        BrandEdit::Limits(limits),
        BrandEdit::Tracking(tracking),
    ] {
        let saved = save_brand(&environment, &user, "codeteki", &edit).await?;
        ensure!(matches!(saved, Saved::Done { .. }), "{saved:?}");
    }
    let after = brand(&environment, &user, "codeteki").await?;
    ensure!(after.identity.from_email == "hello@codeteki.au" && after.tracking == tracking);
    ensure!((after.hours.days.as_slice(), after.hours.to.as_str()) == (&[1, 5][..], "18:30"));
    ensure!((after.today.warm_up_day, after.today.cap) == (Some(1), 20), "{:?}", after.today);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_foreign_brand_is_not_found_and_members_change_nothing() -> Result<()> {
    let world = World::new().await?;
    let environment = environment(&world, Elsewhere::default())?;
    let before = world.print_of(world.codeteki()).await?;
    let foreign = person(&world, &world.test.brands.desifirms, Role::Admin).await?;
    let member = person(&world, &world.test.brands.codeteki, Role::Member).await?;
    let edit = BrandEdit::Tracking(TrackingEdit::default());
    for (user, not_found) in [(&foreign, true), (&member, false)] {
        for refused in [
            brand(&environment, user, "codeteki").await.err(),
            save_brand(&environment, user, "codeteki", &edit).await.err(),
            test_account(&environment, user, "codeteki").await.err(),
        ] {
            let Some(refused) = refused else { bail!("allowed") };
            ensure!(matches!(refused, Refused::NotFound) == not_found, "{refused}");
        }
    }
    ensure!(brands(&environment, &foreign).await?.iter().all(|line| line.slug == "desifirms"));
    ensure!(world.print_of(world.codeteki()).await? == before);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_brand_that_cannot_send_says_why() -> Result<()> {
    let world = World::new().await?;
    let environment = environment(&world, Elsewhere::default())?;
    let user = person(&world, &world.test.brands.desifirms, Role::Manager).await?;
    let why = async || match brands(&environment, &user).await?.remove(0).sending {
        Sending::Stopped(why) | Sending::Doubtful(why) => anyhow::Ok(why),
        Sending::Works => Ok("works".to_owned()),
    };
    ensure!(why().await?.contains("no mail account"));
    let edit = account(Provider::Smtp, &[]);
    ensure!(save(&environment, &user, "desifirms", edit).await?.is_empty());
    ensure!(why().await?.contains("needs its password"), "{}", why().await?);
    let edit = account(Provider::ZeptoMail, ZEPTOMAIL);
    ensure!(save(&environment, &user, "desifirms", edit).await?.is_empty());
    ensure!(why().await? == "works");
    world.sql(world.desifirms(), "UPDATE brands SET postal_address = '' WHERE slug = 'desifirms'").await?;
    ensure!(why().await?.contains("postal address"));
    Ok(())
}
