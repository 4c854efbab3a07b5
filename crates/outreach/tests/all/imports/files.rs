use domain::contact::{ConsentBasis, ContactStatus};
use domain::import::Field::{self, *};
use test_support::contact;

use super::support::{World, fixture, sales};

/// Imports a fixture and checks what its columns became and the rows: all, created, errors.
async fn check(
    world: &World,
    name: &str,
    mapping: &[(&str, Field)],
    counts: (i64, i64, i64),
) -> anyhow::Result<()> {
    let report = world.import(&sales(fixture(name))).await?;
    let found: Vec<(&str, Field)> =
        report.mapping.iter().map(|(column, field)| (column.as_str(), *field)).collect();
    assert_eq!(found, mapping, "{name}");
    assert_eq!((report.counts.rows, report.counts.created, report.counts.errors), counts, "{name}");
    assert_eq!(report.counts.deals, report.counts.created, "{name}: one deal for every new contact");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn plain_file_becomes_contacts_and_deals_in_its_brand_only() -> anyhow::Result<()> {
    let world = World::new().await?;
    let mut transaction = world.environment.database().brand(world.desifirms()).await?;
    let foreign =
        contact(&mut transaction, world.desifirms(), "priya@sharmasweets.com.au", &world.test.clock).await?;
    transaction.commit().await?;

    // The traps of the earlier system: "First Name", "Company Name" and "Address" are three different things.
    let mapping = [
        ("First Name", FirstName),
        ("Last Name", LastName),
        ("Company Name", Company),
        ("Address", Address),
        ("E-mail Address", Email),
        ("Phone", Phone),
        ("Tags", Tags),
        ("Deal Value", Value),
    ];
    check(&world, "plain.csv", &mapping, (5, 3, 2)).await?;

    let priya = world.contact(world.codeteki(), "priya@sharmasweets.com.au").await?.expect("imported");
    assert_eq!((priya.name.as_str(), priya.company.as_str()), ("Priya Sharma", "Sharma Sweets"));
    assert_eq!(
        (priya.phone.as_str(), priya.tags.as_slice()),
        ("(02) 9555 0142", &["food".to_owned(), "Sydney".to_owned()][..])
    );
    assert_eq!(
        (priya.time_zone.as_deref(), priya.region.as_deref()),
        (Some("Australia/Sydney"), Some("NSW"))
    );
    assert_eq!((priya.consent_basis, priya.status), (Some(ConsentBasis::Published), ContactStatus::New));
    let arjun = world.contact(world.codeteki(), "arjun@mehtatax.com.au").await?.expect("imported");
    assert_eq!(arjun.company, "Mehta Tax & Finance, Blacktown");
    let short_row = world.contact(world.codeteki(), "info@spiceroute.com.au").await?.expect("imported");
    assert_eq!((short_row.name.as_str(), short_row.company.as_str()), ("", "Spice Route"));
    assert_eq!(short_row.time_zone.as_deref(), Some("Australia/Melbourne"));

    assert_eq!(world.contact(world.desifirms(), "priya@sharmasweets.com.au").await?, Some(foreign));
    assert_eq!(world.rows(world.desifirms()).await?, [1, 0, 0, 0, 0, 0]);
    assert_eq!(world.rows(world.codeteki()).await?, [3, 3, 3, 3, 0, 1]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_name_the_row_the_column_and_the_reason() -> anyhow::Result<()> {
    let world = World::new().await?;
    let report = world.import(&sales(fixture("plain.csv"))).await?;
    let errors: Vec<(i64, &str, &str)> = report
        .errors
        .iter()
        .map(|error| (error.row_number, error.column_name.as_str(), error.reason.as_str()))
        .collect();
    assert_eq!(
        errors,
        [
            (5, "E-mail Address", "An address has exactly one @"),
            (6, "Deal Value", "Deal value is not an amount such as 1200.50"),
        ]
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn semicolon_file_is_split_at_semicolons() -> anyhow::Result<()> {
    let world = World::new().await?;
    check(&world, "semicolon.csv", &[("E-Mail", Email), ("Name", FullName), ("Company", Company)], (3, 3, 0))
        .await?;
    let company = |email| world.contact(world.codeteki(), email);
    assert_eq!(
        company("priya@sharmasweets.com.au").await?.expect("imported").company,
        "Sharma Sweets, Harris Park"
    );
    assert_eq!(company("arjun@mehtatax.com.au").await?.expect("imported").company, "Mehta; Tax");
    assert_eq!(company("bob@tester.com.au").await?.expect("imported").name, "Bob");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn every_encoding_gives_the_same_names() -> anyhow::Result<()> {
    for (name, mapping, created) in [
        ("bom.csv", &[("email", Email), ("full name", FullName), ("organisation", Company)], 2),
        ("utf16_tab.csv", &[("Email", Email), ("Name", FullName), ("State", State)], 3),
        ("windows_1252.csv", &[("Email", Email), ("Name", FullName), ("Company", Company)], 2),
    ] {
        let world = World::new().await?;
        check(&world, name, mapping, (created, created, 0)).await?;
        let zoe = world.contact(world.codeteki(), "zoe@cafe.com.au").await?.expect("imported");
        assert_eq!(zoe.name, "Zoë Françoise", "{name}");
        match name {
            "bom.csv" => assert_eq!(zoe.company, "Café Zoë"),
            "utf16_tab.csv" => assert_eq!(zoe.time_zone.as_deref(), Some("Australia/Perth")),
            _ => assert_eq!(zoe.company, "Café “Zoë” – Melbourne"),
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn exports_of_other_systems_are_recognised() -> anyhow::Result<()> {
    let world = World::new().await?;
    let hubspot = [
        ("Record ID", Ignore),
        ("First Name", FirstName),
        ("Last Name", LastName),
        ("Email", Email),
        ("Phone Number", Phone),
        ("Contact owner", Ignore),
        ("Lead Status", Ignore),
        ("Associated Company", Company),
        ("Website URL", Website),
        ("Job Title", Role),
        ("State/Region", State),
        ("Country/Region", Country),
        ("Create Date", Ignore),
    ];
    check(&world, "hubspot.csv", &hubspot, (2, 2, 0)).await?;
    let karan = world.contact(world.codeteki(), "karan@singhlogistics.com.au").await?.expect("imported");
    assert_eq!(
        (karan.role_title.as_str(), karan.time_zone.as_deref()),
        ("Director", Some("Australia/Perth"))
    );
    assert_eq!(karan.website, "https://singhlogistics.com.au");

    let world = World::new().await?;
    let pipedrive = [
        ("Person - Name", FullName),
        ("Person - Email", Email),
        ("Person - Phone", Phone),
        ("Person - Organization", Company),
        ("Person - Labels", Tags),
        ("Person - Owner", Ignore),
        ("Deal - Value", Value),
        ("Deal - Stage", Ignore),
    ];
    check(&world, "pipedrive.csv", &pipedrive, (2, 2, 0)).await?;
    let priya = world.contact(world.codeteki(), "priya@sharmasweets.com.au").await?.expect("imported");
    assert_eq!(priya.tags, ["Hot lead", "Food"]);

    let world = World::new().await?;
    let google = [
        ("Name", FullName),
        ("Given Name", FirstName),
        ("Family Name", LastName),
        ("E-mail 1 - Type", Ignore),
        ("E-mail 1 - Value", Email),
        ("E-mail 2 - Value", Ignore),
        ("Phone 1 - Value", Phone),
        ("Organization 1 - Name", Company),
        ("Organization 1 - Title", Role),
        ("Website 1 - Value", Website),
        ("Address 1 - Formatted", Address),
        ("Notes", Notes),
        ("Group Membership", Tags),
    ];
    check(&world, "google.csv", &google, (2, 2, 0)).await?;
    let priya = world.contact(world.codeteki(), "priya@sharmasweets.com.au").await?.expect("imported");
    assert_eq!(priya.time_zone.as_deref(), Some("Australia/Sydney"));
    assert_eq!(world.rows(world.codeteki()).await?[4], 1, "the note is kept");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn damaged_rows_are_listed_and_the_others_imported() -> anyhow::Result<()> {
    let world = World::new().await?;
    let report = world.import(&sales(fixture("damaged.csv"))).await?;
    assert_eq!((report.counts.rows, report.counts.created, report.counts.errors), (8, 4, 4));
    let places: Vec<(i64, &str)> =
        report.errors.iter().map(|error| (error.row_number, error.column_name.as_str())).collect();
    assert_eq!(places, [(3, ""), (4, ""), (6, "Email"), (7, "Email")]);
    // Lines as an editor shows them, also behind a blank line and a cell of two lines.
    let last = world.contact(world.codeteki(), "last@seven.com.au").await?.expect("imported");
    assert_eq!(last.name, "Last \"Seven\" second line");
    assert!(world.contact(world.codeteki(), "end@eight.com.au").await?.is_some());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn file_without_column_names_is_read_from_its_first_row() -> anyhow::Result<()> {
    let world = World::new().await?;
    let path = world.file("bare.csv", "Ann Lee,ann@lee.com.au\nBob Ray,bob@ray.com.au\n")?;
    let report = world.import(&sales(path)).await?;
    assert_eq!(report.mapping, [("Column 1".to_owned(), Ignore), ("Column 2".to_owned(), Email)]);
    assert_eq!(report.counts.created, 2);
    Ok(())
}
