use anyhow::Context;
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use database::clock::random_bytes;

/// Hashes a password with argon2id (RFC 9106, the crate's defaults) off the async threads.
///
/// # Errors
/// When the operating system gives no randomness or the thread pool is gone.
pub async fn hash_password(password: String) -> anyhow::Result<String> {
    tokio::task::spawn_blocking(move || {
        let salt = random_bytes::<16>().context("no randomness for a salt")?;
        let hash = Argon2::default()
            .hash_password_with_salt(password.as_bytes(), &salt)
            .map_err(|error| anyhow::anyhow!("hashing failed: {error}"))?;
        Ok(hash.to_string())
    })
    .await?
}

/// Whether the password belongs to the stored hash. A hash that can't be read fits no password.
pub async fn verify_password(password: String, stored: String) -> bool {
    tokio::task::spawn_blocking(move || {
        PasswordHash::new(&stored)
            .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
    })
    .await
    .unwrap_or(false)
}
