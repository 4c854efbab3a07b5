//! Connection URLs of the two roles.

use anyhow::{Context, Result};

use crate::{secret, workspace::Workspace};

/// The role that owns the schema.
pub const OWNER: &str = "overture_owner";
/// The role that owns nothing and that row-level security binds.
pub const APPLICATION: &str = "overture_app";
/// The database of the demo.
pub const DATABASE: &str = "overture";

/// How to reach the database as its owner and as the application.
#[derive(Clone)]
pub struct Urls {
    /// For migrations and the queue.
    pub owner: String,
    /// For everything that serves people.
    pub application: String,
}

impl Urls {
    /// The roles of a cluster on this machine; the URLs carry their passwords.
    #[must_use]
    pub fn local(port: u16, passwords: Option<&(String, String)>) -> Self {
        let url = |role: &str, password: Option<&String>| {
            let password = password
                .map(|password| format!(":{password}"))
                .unwrap_or_default();
            format!("postgres://{role}{password}@127.0.0.1:{port}/{DATABASE}")
        };
        Self {
            owner: url(OWNER, passwords.map(|both| &both.0)),
            application: url(APPLICATION, passwords.map(|both| &both.1)),
        }
    }

    /// A database that somebody else runs. Without `APP_DATABASE_URL` the application's role gets a password of ours.
    pub(super) fn given(owner: String, workspace: &Workspace) -> Result<Self> {
        let application = match std::env::var("APP_DATABASE_URL") {
            Ok(url) => url,
            Err(_) => {
                let password = secret::kept_in(&workspace.state().join("application.password"))?;
                with_role(&owner, APPLICATION, &password).context("DATABASE_URL is not a postgres:// URL")?
            }
        };
        Ok(Self { owner, application })
    }

    /// The same roles on another database of the cluster.
    #[must_use]
    pub fn database(&self, name: &str) -> Self {
        let on = |url: &str| {
            url.rsplit_once('/')
                .map_or_else(|| url.to_owned(), |(server, _)| format!("{server}/{name}"))
        };
        Self {
            owner: on(&self.owner),
            application: on(&self.application),
        }
    }
}

fn with_role(url: &str, role: &str, password: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    Some(format!("{scheme}://{role}:{password}@{host}/{path}"))
}

#[cfg(test)]
mod tests {
    use super::{Urls, with_role};

    #[test]
    fn the_role_changes_and_the_rest_of_the_url_stays() {
        assert_eq!(
            with_role("postgres://me:p@db.test:5433/crm?sslmode=require", "app", "s").as_deref(),
            Some("postgres://app:s@db.test:5433/crm?sslmode=require")
        );
        assert_eq!(
            with_role("postgres://db.test", "app", "s").as_deref(),
            Some("postgres://app:s@db.test/")
        );
        assert_eq!(with_role("db.test", "app", "s"), None);
    }

    #[test]
    fn another_database_of_the_same_cluster() {
        assert_eq!(
            Urls::local(5, None).database("x").owner,
            "postgres://overture_owner@127.0.0.1:5/x"
        );
    }
}
