//! PostgreSQL for this checkout: the one that `DATABASE_URL` names, or a private cluster.

pub mod account;
pub mod binaries;
pub mod cluster;
pub mod command;
mod initialise;
pub mod place;
pub mod urls;

use std::env;

use anyhow::Result;

use crate::{guard::Guard, workspace::Workspace};
use cluster::Cluster;
use urls::Urls;

/// A database to work with. Dropping it stops its cluster unless someone else uses it.
pub struct Postgres {
    /// How to reach it.
    pub urls: Urls,
    _cluster: Option<Cluster>,
}

impl Postgres {
    /// The database that the environment names, else the private cluster of the checkout, made when it is missing.
    ///
    /// # Errors
    /// When there are no PostgreSQL binaries, or the cluster does not start.
    pub fn ready(workspace: &Workspace, guard: &mut Guard) -> Result<Self> {
        if let Ok(owner) = env::var("DATABASE_URL") {
            return Ok(Self { urls: Urls::given(owner), _cluster: None });
        }
        let cluster = Cluster::private(workspace)?;
        Self::of(cluster, guard)
    }

    /// A cluster that is thrown away afterwards, fast because it may lose everything in a crash.
    ///
    /// # Errors
    /// As [`Postgres::ready`].
    pub fn scratch(workspace: &Workspace, guard: &mut Guard) -> Result<Self> {
        Self::of(Cluster::scratch(workspace)?, guard)
    }

    fn of(cluster: Cluster, guard: &mut Guard) -> Result<Self> {
        guard.cluster(cluster.folder());
        Ok(Self { urls: cluster.start()?, _cluster: Some(cluster) })
    }
}
