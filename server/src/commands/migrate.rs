use outreach::config::Config;

pub async fn run(config: &Config) -> anyhow::Result<()> {
    let password = std::env::var("OVERTURE_APP_PASSWORD").ok();
    let ran = database::migrate::migrate(&config.owner_url, password.as_deref()).await?;
    database::queue::migrate(&config.owner_url).await?;
    match ran.len() {
        0 => println!("The schema is up to date."),
        count => println!("Ran {count} migrations."),
    }
    Ok(())
}
