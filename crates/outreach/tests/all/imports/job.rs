use database::import;
use diesel_async::{AsyncConnection, AsyncPgConnection, SimpleAsyncConnection};
use domain::import::{DuplicateMode, Field, ImportStatus};
use domain::view::import::{ConsentAnswer, ImportChoice, ImportView, MappingView, ProgressView};
use domain::{BrandId, ImportId};
use outreach::Refused;
use outreach::imports::{self, Source, run_import};
use outreach::people::CurrentUser;

use super::support::{World, fixture};

async fn mapping(world: &World, user: &CurrentUser, id: ImportId) -> anyhow::Result<MappingView> {
    match imports::import(&world.environment, user, id).await? {
        ImportView::Mapping(view) => Ok(*view),
        ImportView::Progress(view) => anyhow::bail!("started already: {view:?}"),
    }
}

async fn progress(world: &World, user: &CurrentUser, id: ImportId) -> anyhow::Result<ProgressView> {
    match imports::import(&world.environment, user, id).await? {
        ImportView::Progress(view) => Ok(*view),
        ImportView::Mapping(view) => anyhow::bail!("not started: {view:?}"),
    }
}

/// Uploads for Codeteki; the choice as guessed, with an answer about consent.
async fn upload(
    world: &World,
    user: &CurrentUser,
    source: Source,
) -> anyhow::Result<(ImportId, ImportChoice)> {
    let id =
        imports::receive(&world.environment, user, world.codeteki(), "C:\\lists\\leads.csv", &source).await?;
    let view = mapping(world, user, id).await?;
    assert_eq!(view.file_name, "leads.csv");
    Ok((id, ImportChoice { consent: Some(ConsentAnswer::Published), ..view.choice }))
}

fn long_list(rows: usize) -> String {
    let row = |number| format!("person{number}@long.com.au,Person {number},Company {number}\n");
    std::iter::once("Email,Name,Company\n".to_owned()).chain((0..rows).map(row)).collect()
}

/// Makes the database refuse progress beyond so many rows, as if it had crashed in the middle of that chunk.
async fn crash_beyond(world: &World, rows: i64) -> anyhow::Result<AsyncPgConnection> {
    let mut owner = AsyncPgConnection::establish(&world.test.owner_url()).await?;
    owner
        .batch_execute(&format!(
            "CREATE FUNCTION crash() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
                 RAISE EXCEPTION 'crash' USING ERRCODE = '40001'; END $$; \
             CREATE TRIGGER crash BEFORE UPDATE ON imports FOR EACH ROW WHEN (NEW.done_rows > {rows}) \
                 EXECUTE FUNCTION crash()"
        ))
        .await?;
    Ok(owner)
}

#[tokio::test(flavor = "multi_thread")]
async fn upload_is_mapped_previewed_and_imported() -> anyhow::Result<()> {
    let world = World::new().await?;
    let user = world.member("codeteki").await?;
    let (id, choice) = upload(&world, &user, Source::Path(fixture("plain.csv"))).await?;
    let view = mapping(&world, &user, id).await?;
    assert_eq!(view.summary, "5 rows · 8 columns · comma, UTF-8");
    assert_eq!(view.columns[0].samples, ["Priya", "Arjun", "–"]);
    assert_eq!(view.pipelines.len(), 3);

    let foretold = imports::preview(&world.environment, &user, id, &choice).await?;
    assert_eq!((foretold.counts.created, foretold.counts.errors, foretold.counts.deals), (3, 2, 3));
    assert_eq!(foretold.first[0].email, "priya@sharmasweets.com.au");
    assert_eq!(world.rows(world.codeteki()).await?, [0, 0, 0, 0, 0, 1]);

    imports::start(&world.environment, &user, id, &choice).await?;
    assert!(matches!(
        imports::start(&world.environment, &user, id, &choice).await,
        Err(Refused::Conflict(_))
    ));
    run_import(&world.environment, world.codeteki(), id).await?;
    let done = progress(&world, &user, id).await?;
    assert_eq!((done.status, done.total, done.done), (ImportStatus::Done, 5, 5));
    assert_eq!(done.counts, foretold.counts);
    assert_eq!((done.errors.len(), done.about.as_str()), (2, "Into Sales, by Meera Nair"));

    let mut transaction = world.environment.database().brand(world.codeteki()).await?;
    assert!(
        import::part(&mut transaction, id, 0).await?.is_none(),
        "the file is not kept longer than needed"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn choices_that_make_no_sense_are_sent_back() -> anyhow::Result<()> {
    let world = World::new().await?;
    let user = world.member("codeteki").await?;
    let (id, choice) = upload(&world, &user, Source::Path(fixture("plain.csv"))).await?;
    let ignored = vec![Field::Ignore; choice.mapping.len()];
    let mut twice = choice.mapping.clone();
    twice[0] = Field::Email;
    for (wrong, word) in [
        (ImportChoice { consent: None, ..choice.clone() }, "Say why"),
        (ImportChoice { mapping: ignored, ..choice.clone() }, "No column becomes Email"),
        (ImportChoice { mapping: twice, ..choice.clone() }, "Two columns become Email"),
        (ImportChoice { mapping: Vec::new(), ..choice.clone() }, "Reload"),
        (ImportChoice { tags: "x".repeat(51), ..choice.clone() }, "tag is longer"),
    ] {
        match imports::start(&world.environment, &user, id, &wrong).await {
            Err(Refused::Invalid(why)) => assert!(why.contains(word), "{why}"),
            other => anyhow::bail!("{word}: {other:?}"),
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn other_brand_sees_neither_upload_nor_import() -> anyhow::Result<()> {
    let world = World::new().await?;
    let (user, stranger) = (world.member("codeteki").await?, world.member("desifirms").await?);
    let (id, choice) = upload(&world, &user, Source::Path(fixture("plain.csv"))).await?;
    let hidden =
        |result: Result<(), Refused>| assert!(matches!(result, Err(Refused::NotFound)), "{result:?}");
    hidden(imports::import(&world.environment, &stranger, id).await.map(drop));
    hidden(imports::preview(&world.environment, &stranger, id, &choice).await.map(drop));
    hidden(imports::start(&world.environment, &stranger, id, &choice).await);
    hidden(imports::start_again(&world.environment, &stranger, id).await);
    let source = Source::Path(fixture("plain.csv"));
    let received = imports::receive(&world.environment, &stranger, world.codeteki(), "x.csv", &source).await;
    hidden(received.map(drop).map_err(Refused::from));
    assert!(imports::imports(&world.environment, &stranger, "all").await?.imports.is_empty());
    assert_eq!(imports::imports(&world.environment, &user, "all").await?.imports.len(), 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn import_goes_on_where_a_crash_stopped_it_and_nothing_doubles() -> anyhow::Result<()> {
    let world = World::new().await?;
    let user = world.member("codeteki").await?;
    let path = world.file("long.csv", long_list(7_000))?;
    let (id, choice) = upload(&world, &user, Source::Path(path)).await?;
    imports::start(&world.environment, &user, id, &choice).await?;
    let mut owner = crash_beyond(&world, 4_000).await?;

    let crashed = run_import(&world.environment, world.codeteki(), id).await;
    assert!(matches!(crashed, Err(Refused::Failed(_))), "the queue tries again: {crashed:?}");
    let halfway = progress(&world, &user, id).await?;
    assert_eq!((halfway.status, halfway.done, halfway.total), (ImportStatus::Running, 4_000, 7_000));
    assert_eq!(world.rows(world.codeteki()).await?, [4_000, 4_000, 4_000, 4_000, 0, 1], "no half of a chunk");

    owner.batch_execute("DROP TRIGGER crash ON imports").await?;
    run_import(&world.environment, world.codeteki(), id).await?;
    run_import(&world.environment, world.codeteki(), id).await?;
    let done = progress(&world, &user, id).await?;
    assert_eq!((done.status, done.done, done.counts.created), (ImportStatus::Done, 7_000, 7_000));
    assert_eq!((done.counts.skipped, done.counts.deals), (0, 7_000));
    assert_eq!(world.rows(world.codeteki()).await?, [7_000, 7_000, 7_000, 7_000, 0, 1]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn two_workers_on_one_import_double_nothing() -> anyhow::Result<()> {
    let world = World::new().await?;
    let user = world.member("codeteki").await?;
    let path = world.file("long.csv", long_list(5_000))?;
    let (id, choice) = upload(&world, &user, Source::Path(path)).await?;
    imports::start(&world.environment, &user, id, &choice).await?;
    let run = || run_import(&world.environment, world.codeteki(), id);
    let (one, two) = tokio::join!(run(), run());
    one?;
    two?;
    let done = progress(&world, &user, id).await?;
    assert_eq!((done.status, done.done, done.counts.created), (ImportStatus::Done, 5_000, 5_000));
    assert_eq!(world.rows(world.codeteki()).await?[..2], [5_000, 5_000]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn import_that_can_not_go_on_says_why_and_may_be_started_again() -> anyhow::Result<()> {
    let world = World::new().await?;
    let user = world.member("codeteki").await?;
    let (id, choice) = upload(&world, &user, Source::Path(fixture("plain.csv"))).await?;
    imports::start(&world.environment, &user, id, &choice).await?;
    let mut owner = AsyncPgConnection::establish(&world.test.owner_url()).await?;
    owner.batch_execute("ALTER TABLE import_errors ADD CONSTRAINT no CHECK (row_number < 0)").await?;

    run_import(&world.environment, world.codeteki(), id).await?;
    let failed = progress(&world, &user, id).await?;
    assert_eq!(failed.status, ImportStatus::Failed);
    let why = failed.failure.unwrap_or_default();
    assert!(why.contains("start it again") && !why.contains("constraint"), "{why}");

    owner.batch_execute("ALTER TABLE import_errors DROP CONSTRAINT no").await?;
    imports::start_again(&world.environment, &user, id).await?;
    run_import(&world.environment, world.codeteki(), id).await?;
    assert_eq!(progress(&world, &user, id).await?.status, ImportStatus::Done);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn mapping_of_the_last_file_with_the_same_columns_is_remembered() -> anyhow::Result<()> {
    let world = World::new().await?;
    let user = world.member("codeteki").await?;
    let (id, mut choice) = upload(&world, &user, Source::Path(fixture("plain.csv"))).await?;
    choice.mapping[6] = Field::Ignore;
    choice.duplicates = DuplicateMode::FillBlanks;
    imports::start(&world.environment, &user, id, &choice).await?;
    let (second, remembered) = upload(&world, &user, Source::Path(fixture("plain.csv"))).await?;
    assert!(mapping(&world, &user, second).await?.remembered);
    assert_eq!((remembered.mapping, remembered.duplicates), (choice.mapping, DuplicateMode::FillBlanks));
    let (third, _) = upload(&world, &user, Source::Path(fixture("semicolon.csv"))).await?;
    assert!(!mapping(&world, &user, third).await?.remembered);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn job_for_another_brand_touches_nothing() -> anyhow::Result<()> {
    let world = World::new().await?;
    let user = world.member("codeteki").await?;
    let (id, choice) = upload(&world, &user, Source::Path(fixture("plain.csv"))).await?;
    imports::start(&world.environment, &user, id, &choice).await?;
    let wrong: BrandId = world.desifirms();
    run_import(&world.environment, wrong, id).await?;
    assert_eq!(world.rows(wrong).await?, [0; 6]);
    assert_eq!(progress(&world, &user, id).await?.status, ImportStatus::Queued);
    Ok(())
}
