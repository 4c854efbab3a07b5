//! A database of its own, filled, with a server in front of it and a person signed in.

use std::net::SocketAddr;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use chrono::{DateTime, Utc};
use database::brand::{self, Brand};
use database::clock::Clock;
use database::{Access, Database};
use diesel_async::{AsyncConnection, AsyncPgConnection, SimpleAsyncConnection};
use domain::Role;
use leptos::config::LeptosOptions;
use mail::render::TemplateStore;
use mail::token::TokenKey;
use outreach::people::{NewPerson, create_person};
use outreach::transports::Transports;
use outreach::vault::Vault;
use outreach::{Environment, Settings};
use server::web::{AppState, router};
use tokio::net::TcpListener;

use crate::{Size, data, http};

const DATABASE: &str = "overture_bench";
const SECRET: &[u8] = b"a secret of the measurements alone: 0123456789";
const EMAIL: &str = "bench@overture.test";
const PASSWORD: &str = "measure twice, cut once";
/// A Tuesday, nine in the morning in Melbourne: office hours have just begun.
const MORNING: &str = "2026-11-23T22:00:00Z";

/// What the measurements work on.
pub struct Stage {
    pub environment: Environment,
    pub database: Database,
    /// Stands still, so that every run decides the same.
    pub clock: Clock,
    pub brand: Brand,
    pub key: TokenKey,
    pub address: SocketAddr,
    /// Of the person who is signed in.
    pub cookie: String,
    /// The owner's URL of the database.
    pub url: String,
    pub size: Size,
}

impl Stage {
    /// Makes the database anew, fills it and starts the server.
    ///
    /// # Errors
    /// When PostgreSQL can't be reached or a step of the preparation fails.
    pub async fn set(owner: &str, size: Size) -> Result<Self> {
        let url = with_database(owner, DATABASE);
        let mut connection = AsyncPgConnection::establish(owner).await.context("connecting as the owner")?;
        connection.batch_execute(&format!("DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")).await?;
        connection.batch_execute(&format!("CREATE DATABASE {DATABASE}")).await?;
        // The private cluster of a checkout gives durability up for speed.
        let durable = format!("ALTER DATABASE {DATABASE} SET synchronous_commit = on");
        connection.batch_execute(&durable).await?;
        database::migrate::migrate(&url, None).await?;
        database::queue::migrate(&url).await?;

        let now: DateTime<Utc> = MORNING.parse()?;
        let clock = Clock::frozen(now);
        let database = Database::new(&Access::StepDown(url.clone()), 40)?;
        let key = TokenKey::new(SECRET);
        let templates = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../email_templates");
        let environment = Environment::new(Settings {
            database: database.clone(),
            clock: clock.clone(),
            templates: TemplateStore::open(templates)?,
            transports: Transports::by_account(false),
            token_key: key.clone(),
            vault: Vault::new(SECRET)?,
            public_url: "http://overture.test".to_owned(),
            demo: false,
        });
        outreach::catalogue::load(&environment).await?;
        let roles = vec![("desifirms".to_owned(), Role::Admin), ("codeteki".to_owned(), Role::Admin)];
        create_person(
            &environment,
            NewPerson {
                email: EMAIL.to_owned(),
                name: "Bench".to_owned(),
                password: PASSWORD.to_owned(),
                roles,
                is_demo: false,
            },
        )
        .await?;
        let found = brand::by_slug(&mut *database.unscoped().await?, "desifirms").await?;
        let brand = found.context("Desi Firms is loaded")?;
        eprintln!("Loading {} contacts, {} deals, {} mails …", size.contacts, size.deals, size.messages);
        data::load(&database, &brand, &url, now, size).await?;
        let brand = brand::find(&mut *database.unscoped().await?, brand.id).await?;
        let address = serve(&environment).await?;
        let cookie = sign_in(address).await?;
        Ok(Self { environment, database, clock, brand, key, address, cookie, url, size })
    }

    /// Drops the database.
    ///
    /// # Errors
    /// When PostgreSQL can't be reached.
    pub async fn clear(&self, owner: &str) -> Result<()> {
        let mut connection = AsyncPgConnection::establish(owner).await?;
        connection.batch_execute(&format!("DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")).await?;
        Ok(())
    }
}

async fn serve(environment: &Environment) -> Result<SocketAddr> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = listener.local_addr()?;
    let options = LeptosOptions::builder().output_name("overture").build();
    let service = router(AppState::new(environment.clone(), options))
        .into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await });
    Ok(address)
}

async fn sign_in(address: SocketAddr) -> Result<String> {
    let form = format!("email={}&password={}", EMAIL.replace('@', "%40"), PASSWORD.replace(' ', "+"));
    let request = Request::post("/session")
        .header(header::HOST, "overture.test")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(form.replace(',', "%2C")))?;
    let answer = http::Client::connect(address).await?.call(request).await?;
    ensure!(answer.status == StatusCode::SEE_OTHER, "signing in answered {}", answer.status);
    let cookie = answer.cookies.first().and_then(|cookie| cookie.split(';').next());
    Ok(cookie.context("signing in set no cookie")?.to_owned())
}

fn with_database(url: &str, name: &str) -> String {
    url.rsplit_once('/').map_or_else(|| url.to_owned(), |(server, _)| format!("{server}/{name}"))
}
