use outreach::config::Config;

pub async fn run(config: &Config) -> anyhow::Result<()> {
    let environment = config.environment(2).await?;
    let summary = outreach::catalogue::load(&environment).await?;
    println!("{summary}");
    Ok(())
}
