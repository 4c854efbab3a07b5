//! The system account that PostgreSQL runs as: it refuses to run as root.

use std::{
    fs,
    os::unix::{fs::MetadataExt, process::CommandExt},
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context, Result};

/// Who owns the cluster's files and runs its server.
#[derive(Clone, Copy)]
pub struct Account {
    ids: Option<(u32, u32)>,
}

impl Account {
    /// Root gives way to `postgres`, else `nobody`; anybody else stays who they are.
    ///
    /// # Errors
    /// When this is root and the machine has neither account.
    pub fn choose() -> Result<Self> {
        if !rustix::process::geteuid().is_root() {
            return Ok(Self { ids: None });
        }
        let accounts = fs::read_to_string("/etc/passwd").context("cannot read /etc/passwd")?;
        let ids = ["postgres", "nobody"]
            .iter()
            .find_map(|name| accounts.lines().find_map(|line| ids_of(line, name)))
            .context("PostgreSQL does not run as root, and there is no account `nobody`: start this as another user")?;
        Ok(Self { ids: Some(ids) })
    }

    /// The account that owns the folder.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn of_owner(folder: &Path) -> Result<Self> {
        let facts = fs::metadata(folder).with_context(|| format!("cannot read {}", folder.display()))?;
        let mine = rustix::process::geteuid().as_raw() == facts.uid();
        Ok(Self { ids: (!mine).then(|| (facts.uid(), facts.gid())) })
    }

    /// A command that runs as this account, from a folder that every account may enter.
    #[must_use]
    pub fn command(self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir("/").stdin(Stdio::null());
        if let Some((user, group)) = self.ids {
            command.uid(user).gid(group).env_remove("HOME");
        }
        command
    }

    /// Makes the account the owner of the path.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn own(self, path: &Path) -> Result<()> {
        let Some((user, group)) = self.ids else {
            return Ok(());
        };
        std::os::unix::fs::chown(path, Some(user), Some(group))
            .with_context(|| format!("cannot give {} to the account of PostgreSQL", path.display()))
    }

    /// Whether the account may enter the folder.
    #[must_use]
    pub fn reaches(self, folder: &Path) -> bool {
        self.ids.is_none()
            || self
                .command(Path::new("/bin/sh"))
                .args(["-c", "cd \"$0\""])
                .arg(folder)
                .stderr(Stdio::null())
                .status()
                .is_ok_and(|status| status.success())
    }
}

fn ids_of(line: &str, name: &str) -> Option<(u32, u32)> {
    let mut fields = line.split(':');
    (fields.next() == Some(name)).then_some(())?;
    let mut ids = fields.skip(1);
    Some((ids.next()?.parse().ok()?, ids.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::ids_of;

    #[test]
    fn ids_are_read_from_the_line_of_the_account() {
        assert_eq!(
            ids_of("postgres:x:101:104:PostgreSQL:/var/lib/postgresql:/bin/bash", "postgres"),
            Some((101, 104))
        );
        assert_eq!(ids_of("postgres2:x:101:104::/:/bin/sh", "postgres"), None);
    }
}
