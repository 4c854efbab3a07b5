//! Short names for contents.

use sha2::{Digest, Sha256};

/// Sixteen hexadecimal digits that change with the contents.
#[must_use]
pub fn of(contents: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for content in contents {
        hash.update(content);
    }
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
