use std::path::PathBuf;

use anyhow::Context;
use database::contact::Contact;
use database::schema::{consents, contacts, deal_stage_events, deals, imports, notes};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::BrandId;
use domain::contact::ConsentBasis;
use domain::import::DuplicateMode;
use outreach::imports::{ImportFile, Report, import_file};
use outreach::people::CurrentUser;
use outreach::{Environment, Refused};
use test_support::TestDatabase;

use crate::environment;

pub struct World {
    pub test: TestDatabase,
    pub environment: Environment,
    files: PathBuf,
}

impl World {
    pub async fn new() -> anyhow::Result<Self> {
        let test = TestDatabase::new().await?;
        let environment = environment(&test)?;
        let files = std::env::temp_dir().join(format!("overture_imports_{}", test.clock.new_id().simple()));
        std::fs::create_dir_all(&files)?;
        Ok(Self { test, environment, files })
    }

    pub fn codeteki(&self) -> BrandId {
        self.test.brands.codeteki.id
    }

    pub fn desifirms(&self) -> BrandId {
        self.test.brands.desifirms.id
    }

    /// Writes a file for this test only.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> anyhow::Result<PathBuf> {
        let path = self.files.join(name);
        std::fs::write(&path, content)?;
        Ok(path)
    }

    /// A member of the brand.
    pub async fn member(&self, slug: &str) -> anyhow::Result<CurrentUser> {
        let new = outreach::people::NewPerson {
            email: format!("member@{slug}.example"),
            name: "Meera Nair".to_owned(),
            password: "long enough".to_owned(),
            roles: vec![(slug.to_owned(), domain::Role::Member)],
            is_demo: false,
        };
        let id = outreach::people::create_person(&self.environment, new).await?;
        let mut connection = self.environment.database().unscoped().await?;
        let person = database::person::person(&mut connection, id).await?;
        Ok(CurrentUser::new(person.context("just created")?))
    }

    pub async fn import(&self, request: &ImportFile) -> Result<Report, Refused> {
        import_file(&self.environment, request).await
    }

    pub async fn contact(&self, brand: BrandId, email: &str) -> anyhow::Result<Option<Contact>> {
        let mut transaction = self.environment.database().brand(brand).await?;
        Ok(database::contact::by_email(&mut transaction, brand, email).await?)
    }

    /// Rows of contacts, deals, stage events, consents, notes and imports of a brand.
    pub async fn rows(&self, brand: BrandId) -> anyhow::Result<[i64; 6]> {
        let mut transaction = self.environment.database().brand(brand).await?;
        Ok([
            contacts::table.count().get_result(&mut *transaction).await?,
            deals::table.count().get_result(&mut *transaction).await?,
            deal_stage_events::table.count().get_result(&mut *transaction).await?,
            consents::table.count().get_result(&mut *transaction).await?,
            notes::table.count().get_result(&mut *transaction).await?,
            imports::table.count().get_result(&mut *transaction).await?,
        ])
    }
}

impl Drop for World {
    fn drop(&mut self) {
        // A leftover in the temporary folder harms nobody.
        let _ = std::fs::remove_dir_all(&self.files);
    }
}

/// A fixture's path.
pub fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/imports").join(name)
}

/// An import of the file for Codeteki, with deals in Sales.
pub fn sales(path: PathBuf) -> ImportFile {
    ImportFile {
        path,
        brand: "codeteki".to_owned(),
        pipeline: Some("sales".to_owned()),
        consent: Some(ConsentBasis::Published),
        evidence: "https://directory.example".to_owned(),
        duplicates: DuplicateMode::Skip,
        dry_run: false,
    }
}
