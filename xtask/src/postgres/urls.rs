//! Connection URLs of the two roles.

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
    /// For everything that serves people; without it the processes step down from the owner's role.
    pub application: Option<String>,
}

impl Urls {
    /// The roles of a cluster on this machine; the URLs carry their passwords.
    #[must_use]
    pub fn local(port: u16, passwords: Option<&(String, String)>) -> Self {
        let url = |role: &str, password: Option<&String>| {
            let password = password.map(|password| format!(":{password}")).unwrap_or_default();
            format!("postgres://{role}{password}@127.0.0.1:{port}/{DATABASE}")
        };
        Self {
            owner: url(OWNER, passwords.map(|both| &both.0)),
            application: Some(url(APPLICATION, passwords.map(|both| &both.1))),
        }
    }

    /// A database that somebody else runs.
    #[must_use]
    pub fn given(owner: String) -> Self {
        Self { owner, application: std::env::var("APP_DATABASE_URL").ok() }
    }

    /// The same roles on another database of the cluster.
    #[must_use]
    pub fn database(&self, name: &str) -> Self {
        let on = |url: &str| {
            url.rsplit_once('/').map_or_else(|| url.to_owned(), |(server, _)| format!("{server}/{name}"))
        };
        Self { owner: on(&self.owner), application: self.application.as_deref().map(on) }
    }
}

#[cfg(test)]
mod tests {
    use super::Urls;

    #[test]
    fn another_database_of_the_same_cluster() {
        assert_eq!(Urls::local(5, None).database("x").owner, "postgres://overture_owner@127.0.0.1:5/x");
    }
}
