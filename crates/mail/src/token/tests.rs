use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use proptest::prelude::*;

use super::*;

const SECRET: &[u8] = b"a secret of thirty-two bytes or more";

fn tokens() -> impl Strategy<Value = Token> {
    (any::<u128>(), any::<u128>(), any::<u16>(), 0..3u8).prop_map(|(brand, message, link, kind)| {
        let brand = BrandId(Uuid::from_u128(brand));
        let message = MessageId(Uuid::from_u128(message));
        match kind {
            0 => Token::Open { brand, message },
            1 => Token::Click { brand, message, link },
            _ => Token::Unsubscribe { brand, message },
        }
    })
}

proptest! {
    #[test]
    fn a_token_reads_back_as_it_was_signed(token in tokens()) {
        let key = TokenKey::new(SECRET);
        prop_assert_eq!(key.decode(&key.encode(token)), Ok(token));
    }

    #[test]
    fn any_flipped_bit_is_refused(token in tokens(), position in any::<prop::sample::Index>(), bit in 0..8u8) {
        let key = TokenKey::new(SECRET);
        let mut bytes = URL_SAFE_NO_PAD.decode(key.encode(token)).expect("our own encoding");
        let position = position.index(bytes.len());
        bytes[position] ^= 1 << bit;
        prop_assert_eq!(key.decode(&URL_SAFE_NO_PAD.encode(bytes)), Err(InvalidToken));
    }

    #[test]
    fn any_changed_character_is_refused(token in tokens(), position in any::<prop::sample::Index>(), other in "[A-Za-z0-9_-]") {
        let key = TokenKey::new(SECRET);
        let text = key.encode(token);
        let position = position.index(text.len());
        let altered = format!("{}{other}{}", &text[..position], &text[position + 1..]);
        prop_assume!(altered != text);
        prop_assert_eq!(key.decode(&altered), Err(InvalidToken));
    }

    #[test]
    fn cut_or_extended_tokens_are_refused(token in tokens(), keep in 0..68usize, tail in "[A-Za-z0-9_=-]{1,20}") {
        let key = TokenKey::new(SECRET);
        let text = key.encode(token);
        prop_assert_eq!(key.decode(&text[..keep]), Err(InvalidToken));
        prop_assert_eq!(key.decode(&format!("{text}{tail}")), Err(InvalidToken));
    }

    #[test]
    fn made_up_text_is_refused(text in ".{0,200}") {
        prop_assert_eq!(TokenKey::new(SECRET).decode(&text), Err(InvalidToken));
    }

    #[test]
    fn another_secret_is_refused(token in tokens(), other in prop::collection::vec(any::<u8>(), 0..64)) {
        prop_assume!(other != SECRET);
        prop_assert_eq!(TokenKey::new(SECRET).decode(&TokenKey::new(&other).encode(token)), Err(InvalidToken));
    }

    #[test]
    fn tokens_fit_a_url_path(token in tokens()) {
        let text = TokenKey::new(SECRET).encode(token);
        prop_assert!(text.len() <= 72);
        prop_assert!(text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'));
    }
}

#[test]
fn links_survive_a_rotation_of_the_secret() {
    let token = Token::Open { brand: BrandId(Uuid::from_u128(1)), message: MessageId(Uuid::from_u128(2)) };
    let old = TokenKey::new(b"the secret of last year");
    let new = TokenKey::new(SECRET).accepting(b"the secret of last year");
    assert_eq!(new.decode(&old.encode(token)), Ok(token));
    assert_eq!(old.decode(&new.encode(token)), Err(InvalidToken));
}

#[test]
fn an_opt_out_is_no_pixel() {
    let key = TokenKey::new(SECRET);
    let brand = BrandId(Uuid::from_u128(1));
    let message = MessageId(Uuid::from_u128(2));
    assert_ne!(key.encode(Token::Open { brand, message }), key.encode(Token::Unsubscribe { brand, message }));
}

#[test]
fn debug_output_hides_the_secret() {
    let shown = format!("{:?}", TokenKey::new(SECRET));
    assert!(shown.starts_with("TokenKey { id: "), "{shown}");
    assert!(shown.len() < 40, "{shown}");
}
