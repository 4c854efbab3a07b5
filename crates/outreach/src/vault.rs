//! Passwords and API keys of mail accounts, encrypted before they reach the database.

use std::fmt;
use std::sync::Arc;

use database::clock::random_bytes;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hkdf::{HKDF_SHA256, Salt};

const VERSION: u8 = 1;
const PURPOSE: &[u8] = b"overture secrets at rest 1";

/// Seals and opens secrets with AES-256-GCM, under a key derived from the installation's own (HKDF, RFC 5869).
///
/// A sealed secret is bound to the place it belongs to: moved to another brand's row, it doesn't open.
#[derive(Clone)]
pub struct Vault(Arc<LessSafeKey>);

/// A secret can't be opened: it was sealed with another key or for another place, or its bytes were changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a stored secret can't be opened: enter it again, or restore the encryption key it was stored with")]
pub struct Unsealable;

impl Vault {
    /// From the installation's key, which should have at least 32 random bytes.
    ///
    /// # Errors
    /// Never with AES-256 and SHA-256; the library reports lengths that don't fit this way.
    pub fn new(key: &[u8]) -> anyhow::Result<Self> {
        let derived = Salt::new(HKDF_SHA256, PURPOSE)
            .extract(key)
            .expand(&[], &AES_256_GCM)
            .map(UnboundKey::from)
            .map_err(|_| anyhow::anyhow!("the encryption key can't be derived"))?;
        Ok(Self(Arc::new(LessSafeKey::new(derived))))
    }

    /// Encrypts a secret for a place, such as `<brand id>:smtp-password`. Never twice to the same bytes.
    ///
    /// # Errors
    /// When the machine has no randomness to give.
    pub fn seal(&self, place: &str, secret: &str) -> anyhow::Result<Vec<u8>> {
        let nonce: [u8; NONCE_LEN] =
            random_bytes().map_err(|error| anyhow::anyhow!("no randomness: {error}"))?;
        let mut bytes = secret.as_bytes().to_vec();
        let unique = Nonce::assume_unique_for_key(nonce);
        self.0
            .seal_in_place_append_tag(unique, Aad::from(place.as_bytes()), &mut bytes)
            .map_err(|_| anyhow::anyhow!("the secret is too long to encrypt"))?;
        Ok([&[VERSION], nonce.as_slice(), &bytes].concat())
    }

    /// Decrypts what [`Self::seal`] made for the same place.
    ///
    /// # Errors
    /// [`Unsealable`].
    pub fn open(&self, place: &str, sealed: &[u8]) -> Result<String, Unsealable> {
        let (version, rest) = sealed.split_first().ok_or(Unsealable)?;
        let (nonce, bytes) = rest.split_first_chunk::<NONCE_LEN>().ok_or(Unsealable)?;
        if *version != VERSION {
            return Err(Unsealable);
        }
        let mut bytes = bytes.to_vec();
        let plain = self
            .0
            .open_in_place(Nonce::assume_unique_for_key(*nonce), Aad::from(place.as_bytes()), &mut bytes)
            .map_err(|_| Unsealable)?;
        String::from_utf8(plain.to_vec()).map_err(|_| Unsealable)
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vault")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: &str = "brand:smtp-password";

    fn vault(key: &[u8]) -> Vault {
        Vault::new(key).expect("derives")
    }

    #[test]
    fn a_secret_opens_where_it_belongs_and_nowhere_else() {
        let ours = vault(b"a key of at least thirty-two bytes, for tests");
        let sealed = ours.seal(PLACE, "hunter2 \u{2713}").expect("seals");
        assert_eq!(ours.open(PLACE, &sealed).as_deref(), Ok("hunter2 \u{2713}"));
        assert_eq!(ours.open("other brand:smtp-password", &sealed), Err(Unsealable));
        assert_eq!(vault(b"another key of at least thirty-two bytes").open(PLACE, &sealed), Err(Unsealable));
        assert!(!sealed.windows(7).any(|window| window == b"hunter2"));
        assert_ne!(sealed, ours.seal(PLACE, "hunter2 \u{2713}").expect("seals"));
    }

    #[test]
    fn changed_or_cut_bytes_do_not_open() {
        let ours = vault(b"a key of at least thirty-two bytes, for tests");
        let sealed = ours.seal(PLACE, "secret").expect("seals");
        for index in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[index] ^= 1;
            assert_eq!(ours.open(PLACE, &changed), Err(Unsealable), "byte {index}");
            assert_eq!(ours.open(PLACE, &sealed[..index]), Err(Unsealable), "cut at {index}");
        }
    }
}
