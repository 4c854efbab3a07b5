//! Notices changed files by looking at their times: it works on every file system and needs no library.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use crate::{site, workspace::Workspace};

/// How often files are looked at.
pub const POLL: Duration = Duration::from_millis(400);

const CODE: [&str; 9] = [
    "app",
    "frontend",
    "server",
    "worker",
    "crates",
    "migrations",
    "email_templates",
    "Cargo.toml",
    "Cargo.lock",
];
const STATIC: [&str; 2] = ["style", "public"];

/// What a change calls for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Change {
    /// New static files.
    Static,
    /// A new build and a restart.
    Code,
}

type Times = BTreeMap<PathBuf, SystemTime>;

/// Remembers the files' times.
pub struct Watch {
    places: Vec<(Change, PathBuf)>,
    seen: Vec<Times>,
    pending: Option<Change>,
}

impl Watch {
    /// Starts with the files as they are.
    #[must_use]
    pub fn new(workspace: &Workspace) -> Self {
        let of = |change: Change, names: &[&str]| -> Vec<_> {
            names.iter().map(|name| (change, workspace.path(name))).collect()
        };
        let places = [of(Change::Code, &CODE), of(Change::Static, &STATIC)].concat();
        let seen = places.iter().map(|(_, place)| times(place)).collect();
        Self { places, seen, pending: None }
    }

    /// What has changed, once nothing more changes: an editor writes several files one after the other.
    pub fn settled(&mut self) -> Option<Change> {
        let mut moving = false;
        for ((change, place), seen) in self.places.iter().zip(&mut self.seen) {
            let now = times(place);
            if now != *seen {
                *seen = now;
                moving = true;
                self.pending = self.pending.max(Some(*change));
            }
        }
        if moving { None } else { self.pending.take() }
    }
}

fn times(place: &Path) -> Times {
    let files =
        if place.is_dir() { site::files(place).unwrap_or_default() } else { vec![place.to_path_buf()] };
    files
        .into_iter()
        .filter_map(|file| Some((file.clone(), file.metadata().ok()?.modified().ok()?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Change, Watch};
    use crate::workspace::Workspace;

    #[test]
    fn a_change_is_told_once_and_only_when_the_files_are_still() -> anyhow::Result<()> {
        let root = std::env::temp_dir().join(format!("overture-watch-{}", std::process::id()));
        std::fs::create_dir_all(root.join("style"))?;
        let mut watch = Watch::new(&Workspace { root: root.clone() });
        assert_eq!(watch.settled(), None);
        std::fs::write(root.join("style/new.css"), "a {}")?;
        assert_eq!(watch.settled(), None);
        assert_eq!(watch.settled(), Some(Change::Static));
        assert_eq!(watch.settled(), None);
        std::fs::remove_dir_all(root)?;
        Ok(())
    }
}
