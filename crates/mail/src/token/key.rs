use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::{InvalidToken, Token};

const VERSION: u8 = 1;
/// 128 bits: out of reach for guessing, and links stay short.
const TAG_LENGTH: usize = 16;
/// No token is longer; anything beyond is refused before it is decoded.
const LONGEST: usize = 128;
const PURPOSE: &[u8] = b"overture link token 1";

/// Signs and checks tokens.
#[derive(Clone)]
pub struct TokenKey {
    signing: Secret,
    retired: Vec<Secret>,
}

#[derive(Clone)]
struct Secret {
    id: u8,
    mac: Hmac<Sha256>,
}

impl TokenKey {
    /// A key derived from the application's secret, which should have at least 32 random bytes. The secret may serve
    /// other purposes too: the derived key is of use for tokens only.
    pub fn new(secret: &[u8]) -> Self {
        Self { signing: Secret::derive(secret), retired: Vec::new() }
    }

    /// Goes on accepting tokens signed with an earlier secret, so that links in mails already sent survive a rotation.
    #[must_use]
    pub fn accepting(mut self, earlier_secret: &[u8]) -> Self {
        self.retired.push(Secret::derive(earlier_secret));
        self
    }

    /// The token as it stands in a link: base64url without padding, 68 to 72 characters.
    pub fn encode(&self, token: Token) -> String {
        let mut bytes = Vec::with_capacity(64);
        bytes.extend_from_slice(&[VERSION, self.signing.id]);
        token.write(&mut bytes);
        let tag = self.signing.mac.clone().chain_update(&bytes).finalize().into_bytes();
        bytes.extend_from_slice(&tag[..TAG_LENGTH]);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Eight bytes that stand for these and tell nothing about them to anybody without the key.
    pub fn fingerprint(&self, bytes: &[u8]) -> [u8; 8] {
        let mac = self.signing.mac.clone().chain_update(b"fingerprint").chain_update(bytes);
        let tag = mac.finalize().into_bytes();
        let mut short = [0; 8];
        short.copy_from_slice(&tag[..8]);
        short
    }

    /// Reads a token and checks its signature in constant time.
    ///
    /// # Errors
    /// [`InvalidToken`], without saying what is wrong with it.
    pub fn decode(&self, text: &str) -> Result<Token, InvalidToken> {
        if text.len() > LONGEST {
            return Err(InvalidToken);
        }
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| InvalidToken)?;
        let (signed, tag) = bytes.split_last_chunk::<TAG_LENGTH>().ok_or(InvalidToken)?;
        let [VERSION, key_id, body @ ..] = signed else {
            return Err(InvalidToken);
        };
        let genuine = std::iter::once(&self.signing).chain(&self.retired).any(|secret| {
            secret.id == *key_id && secret.mac.clone().chain_update(signed).verify_truncated_left(tag).is_ok()
        });
        if genuine { Token::read(body).ok_or(InvalidToken) } else { Err(InvalidToken) }
    }
}

impl std::fmt::Debug for TokenKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TokenKey").field("id", &self.signing.id).finish_non_exhaustive()
    }
}

impl Secret {
    fn derive(secret: &[u8]) -> Self {
        let derived = keyed(secret).chain_update(PURPOSE).finalize().into_bytes();
        let id = keyed(&derived).chain_update(b"id").finalize().into_bytes()[0];
        Self { id, mac: keyed(&derived) }
    }
}

fn keyed(key: &[u8]) -> Hmac<Sha256> {
    Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length")
}
