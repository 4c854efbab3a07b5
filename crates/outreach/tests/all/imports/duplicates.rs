use database::contact::Contact;
use domain::contact::{ConsentBasis, ContactStatus};
use domain::import::DuplicateMode;
use domain::mailing::SuppressionReason;
use outreach::imports::ImportFile;

use super::support::{World, sales};

const FILE: &str = "\
Email,Name,Company,Phone,Tags,Notes
known@lee.com.au,New Name,New Company,0400 000 000,new,From the file
fresh@lee.com.au,Fresh,First Co,,one,
FRESH@lee.com.au ,Fresher,Second Co,0411 111 111,two,
";

/// A brand that knows one of the addresses, with a name and without a phone number or company.
async fn world() -> anyhow::Result<(World, ImportFile)> {
    let world = World::new().await?;
    let mut transaction = world.environment.database().brand(world.codeteki()).await?;
    let row =
        test_support::contact(&mut transaction, world.codeteki(), "known@lee.com.au", &world.test.clock)
            .await?;
    let row = Contact { company: String::new(), tags: vec!["old".to_owned()], ..row };
    database::import::update_contacts(&mut transaction, &[row], world.test.clock.now()).await?;
    transaction.commit().await?;
    let request = sales(world.file("list.csv", FILE)?);
    Ok((world, request))
}

async fn both(world: &World) -> anyhow::Result<[(String, String, String, String); 2]> {
    let mut found = Vec::new();
    for email in ["known@lee.com.au", "fresh@lee.com.au"] {
        let contact = world.contact(world.codeteki(), email).await?.expect("there");
        found.push((contact.name, contact.company, contact.phone, contact.tags.join(" ")));
    }
    found.try_into().map_err(|_| anyhow::anyhow!("two contacts"))
}

fn facts(name: &str, company: &str, phone: &str, tags: &str) -> (String, String, String, String) {
    (name.to_owned(), company.to_owned(), phone.to_owned(), tags.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn skip_leaves_known_contacts_alone() -> anyhow::Result<()> {
    let (world, request) = world().await?;
    let counts = world.import(&request).await?.counts;
    assert_eq!((counts.rows, counts.created, counts.updated, counts.skipped, counts.deals), (3, 1, 0, 2, 1));
    assert_eq!(
        both(&world).await?,
        [facts("Known Tester", "", "", "old"), facts("Fresh", "First Co", "", "one")]
    );
    assert_eq!(world.rows(world.codeteki()).await?[4], 0, "no note on a contact that is skipped");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn fill_blanks_fills_only_what_is_blank() -> anyhow::Result<()> {
    let (world, mut request) = world().await?;
    request.duplicates = DuplicateMode::FillBlanks;
    let counts = world.import(&request).await?.counts;
    assert_eq!((counts.rows, counts.created, counts.updated, counts.skipped, counts.deals), (3, 1, 2, 0, 2));
    assert_eq!(
        both(&world).await?,
        [
            facts("Known Tester", "New Company", "0400 000 000", "old"),
            facts("Fresh", "First Co", "0411 111 111", "one")
        ]
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn overwrite_lets_the_file_win_but_keeps_tags() -> anyhow::Result<()> {
    let (world, mut request) = world().await?;
    request.duplicates = DuplicateMode::Overwrite;
    let counts = world.import(&request).await?.counts;
    assert_eq!((counts.rows, counts.created, counts.updated, counts.skipped, counts.deals), (3, 1, 2, 0, 2));
    assert_eq!(
        both(&world).await?,
        [
            facts("New Name", "New Company", "0400 000 000", "old new"),
            facts("Fresher", "Second Co", "0411 111 111", "one two")
        ]
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn second_run_changes_nothing_in_any_mode() -> anyhow::Result<()> {
    for &mode in DuplicateMode::ALL {
        let (world, mut request) = world().await?;
        request.duplicates = mode;
        if mode == DuplicateMode::Overwrite {
            // Two rows of one address overwrite each other for ever: there the file contradicts itself.
            request =
                ImportFile { path: world.file("once.csv", FILE.replace("FRESH@", "other@"))?, ..request };
        }
        world.import(&request).await?;
        let (before, facts) = (world.rows(world.codeteki()).await?, both(&world).await?);
        world.test.clock.set(world.test.clock.now() + chrono::TimeDelta::days(1));
        let counts = world.import(&request).await?.counts;
        assert_eq!((counts.created, counts.updated, counts.skipped, counts.deals), (0, 0, 3, 0), "{mode}");
        let mut after = world.rows(world.codeteki()).await?;
        after[5] -= 1;
        assert_eq!((after, both(&world).await?), (before, facts), "{mode}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn dry_run_foretells_the_import_and_writes_nothing() -> anyhow::Result<()> {
    for &mode in DuplicateMode::ALL {
        let (world, mut request) = world().await?;
        request.duplicates = mode;
        request.dry_run = true;
        let before = world.rows(world.codeteki()).await?;
        let foretold = world.import(&request).await?;
        assert_eq!(world.rows(world.codeteki()).await?, before, "{mode}");
        request.dry_run = false;
        let done = world.import(&request).await?;
        assert_eq!((foretold.counts, foretold.mapping), (done.counts, done.mapping), "{mode}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn duplicates_far_apart_are_one_contact() -> anyhow::Result<()> {
    let world = World::new().await?;
    let mut file = "Email,Company\n".to_owned();
    for number in 0..5_000 {
        file.push_str(&format!("person{}@far.com.au,Row {number}\n", number % 2_500));
    }
    let path = world.file("far.csv", file)?;
    for (mode, updated, company) in
        [(DuplicateMode::Skip, 0, "Row 7"), (DuplicateMode::Overwrite, 2_500, "Row 2507")]
    {
        let world = World::new().await?;
        let mut request = ImportFile { duplicates: mode, dry_run: true, ..sales(path.clone()) };
        let foretold = world.import(&request).await?.counts;
        request.dry_run = false;
        let counts = world.import(&request).await?.counts;
        assert_eq!((counts.created, counts.updated, counts.deals), (2_500, updated, 2_500), "{mode}");
        assert_eq!(foretold, counts, "{mode}");
        let contact = world.contact(world.codeteki(), "person7@far.com.au").await?.expect("imported");
        assert_eq!(contact.company, company);
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn suppressed_addresses_become_contacts_that_are_never_mailed() -> anyhow::Result<()> {
    let (world, request) = world().await?;
    let mut transaction = world.environment.database().scoped(&[world.codeteki(), world.desifirms()]).await?;
    // The other brand's opt-out is the other brand's.
    for (brand, email) in [(world.codeteki(), "fresh@lee.com.au"), (world.desifirms(), "second@lee.com.au")] {
        let (id, now) = (world.test.clock.new_id(), world.test.clock.now());
        database::contact::suppress(
            &mut transaction,
            id,
            brand,
            email,
            SuppressionReason::Unsubscribed,
            "",
            now,
        )
        .await?;
    }
    transaction.commit().await?;
    let path = world.file("two.csv", "Email\nfresh@lee.com.au\nsecond@lee.com.au\n")?;
    let counts = world.import(&ImportFile { path, ..request }).await?.counts;
    assert_eq!((counts.rows, counts.created, counts.suppressed, counts.deals), (2, 1, 1, 1));
    let stopped = world.contact(world.codeteki(), "fresh@lee.com.au").await?.expect("stored");
    assert_eq!((stopped.status, stopped.consent_basis), (ContactStatus::Unsubscribed, None));
    let other = world.contact(world.codeteki(), "second@lee.com.au").await?.expect("stored");
    assert_eq!((other.status, other.consent_basis), (ContactStatus::New, Some(ConsentBasis::Published)));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn weaker_consent_never_replaces_what_is_on_record() -> anyhow::Result<()> {
    let (world, mut request) = world().await?;
    request.duplicates = DuplicateMode::Overwrite;
    request.consent = Some(ConsentBasis::Relationship);
    world.import(&request).await?;
    let known = world.contact(world.codeteki(), "known@lee.com.au").await?.expect("there");
    assert_eq!(
        known.consent_basis,
        Some(ConsentBasis::Published),
        "the import's own answer only fills a blank"
    );
    let path =
        world.file("basis.csv", "Email,Consent,Evidence URL\nknown@lee.com.au,express,lee.com.au/form\n")?;
    world.import(&ImportFile { path, ..request }).await?;
    let known = world.contact(world.codeteki(), "known@lee.com.au").await?.expect("there");
    assert_eq!(
        (known.consent_basis, known.consent_evidence.as_str()),
        (Some(ConsentBasis::Express), "https://lee.com.au/form")
    );
    Ok(())
}
