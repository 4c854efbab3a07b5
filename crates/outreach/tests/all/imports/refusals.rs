use outreach::Refused;

use super::support::{World, sales};

async fn refusal(world: &World, name: &str, content: &[u8]) -> anyhow::Result<String> {
    let path = world.file(name, content)?;
    match world.import(&sales(path)).await {
        Err(Refused::Invalid(why)) => Ok(why),
        other => anyhow::bail!("{name}: {other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_are_no_lists_are_refused_with_a_reason() -> anyhow::Result<()> {
    let world = World::new().await?;
    for (name, content, word) in [
        ("empty.csv", &b""[..], "empty"),
        ("blank.csv", b"\n\n  \n", "empty"),
        ("header.csv", b"Email,Name\n", "no rows"),
        ("book.csv", b"PK\x03\x04\x14\x00", "spreadsheet"),
        ("old.csv", &[0xd0, 0xcf, 0x11, 0xe0, 0xa1], "spreadsheet"),
        ("zeros.csv", &[0; 64], "not a text file"),
        ("names.csv", b"Name,Company\nAnn,Acme\n", "No column becomes Email"),
    ] {
        let why = refusal(&world, name, content).await?;
        assert!(why.contains(word), "{name}: {why}");
    }
    assert_eq!(world.rows(world.codeteki()).await?, [0; 6]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_brand_pipeline_and_file_are_named() -> anyhow::Result<()> {
    let world = World::new().await?;
    let path = world.file("one.csv", "Email\nann@lee.com.au\n")?;
    let mut request = sales(path.clone());
    request.brand = "acme".to_owned();
    assert!(matches!(world.import(&request).await, Err(Refused::Invalid(why)) if why.contains("acme")));
    // Real Estate is the other brand's.
    let mut request = sales(path);
    request.pipeline = Some("realestate".to_owned());
    assert!(matches!(world.import(&request).await, Err(Refused::Invalid(why)) if why.contains("realestate")));
    let missing = sales("/nowhere/contacts.csv".into());
    assert!(
        matches!(world.import(&missing).await, Err(Refused::Invalid(why)) if why.contains("can't be read"))
    );
    Ok(())
}
