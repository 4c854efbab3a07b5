//! Rules about the code that no compiler knows.

mod arrows;
mod bans;
mod textarea;

use anyhow::Result;

use crate::{progress, workspace::Workspace};

/// # Errors
/// When a rule is broken; the message names the place.
pub(super) fn check(workspace: &Workspace) -> Result<()> {
    progress::step("Structure", || {
        arrows::check(workspace)?;
        bans::check(workspace)?;
        textarea::check(workspace)
    })
}
