use chrono::TimeDelta;
use database::person::{self, User};
use domain::{Role, UserId};
use sha2::{Digest, Sha256};

use super::{hash_password, verify_password};
use crate::{Environment, Refused};

/// Failures for one address or from one network address before sign-in pauses.
const MAX_FAILURES_PER_EMAIL: i64 = 8;
const MAX_FAILURES_PER_ADDRESS: i64 = 40;
const WINDOW_MINUTES: i64 = 15;

/// Fits no password. Verified against when the address is unknown, so that both cases take as long.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$Tm9ib2R5c1NhbHRIZXJl$3r2mT2h2m1x0Yk9ZVJm3eFvC1o8bSn0pQmXn0o5yJ0E";

/// What became of a sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignIn {
    Welcome(UserId),
    /// Unknown address, wrong password or disabled: they look alike from outside.
    WrongCredentials,
    /// Too many failures; try again after the window.
    Throttled,
}

/// Checks an address and a password. `network_address` is where the request came from, for throttling.
///
/// # Errors
/// When the database can't be reached.
pub async fn sign_in(
    environment: &Environment,
    email: &str,
    password: &str,
    network_address: &str,
) -> Result<SignIn, Refused> {
    let clock = environment.clock();
    let email = email.trim().to_lowercase();
    let (email_hash, address_hash) = (fingerprint(&email), fingerprint(network_address));
    let mut connection = environment.database().unscoped().await.map_err(diesel::result::Error::from)?;

    let since = clock.now() - TimeDelta::minutes(WINDOW_MINUTES);
    let (by_email, by_address) =
        person::recent_failures(&mut connection, &email_hash, &address_hash, since).await?;
    if by_email >= MAX_FAILURES_PER_EMAIL || by_address >= MAX_FAILURES_PER_ADDRESS {
        return Ok(SignIn::Throttled);
    }

    let user =
        person::user_by_email(&mut connection, &email).await?.filter(|user| user.disabled_at.is_none());
    let stored = user.as_ref().map_or(NOBODY, |user| user.password_hash.as_str()).to_owned();
    let fits = verify_password(password.to_owned(), stored).await;
    let welcome = user.filter(|_| fits);
    person::record_attempt(
        &mut connection,
        clock.new_id(),
        &email_hash,
        &address_hash,
        welcome.is_some(),
        clock.now(),
    )
    .await?;
    Ok(welcome.map_or(SignIn::WrongCredentials, |user| SignIn::Welcome(user.id)))
}

/// Addresses are remembered as hashes: the table of attempts names nobody.
fn fingerprint(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A person to create, with a role in some brands (by slug).
pub struct NewPerson {
    pub email: String,
    pub name: String,
    pub password: String,
    pub roles: Vec<(String, Role)>,
    pub is_demo: bool,
}

/// Creates a person, or gives an existing one the named roles.
///
/// # Errors
/// [`Refused::Invalid`] for a bad address, a short password, an unknown brand; [`Refused::Conflict`] when the address
/// is taken.
pub async fn create_person(environment: &Environment, new: NewPerson) -> Result<UserId, Refused> {
    let clock = environment.clock();
    let email = new.email.trim().to_lowercase();
    if !email.contains('@') || email.contains(char::is_whitespace) {
        return Err(Refused::Invalid(format!("{email} is no e-mail address.")));
    }
    if new.password.chars().count() < 10 {
        return Err(Refused::Invalid("A password has at least 10 characters.".to_owned()));
    }
    let mut connection = environment.database().unscoped().await.map_err(diesel::result::Error::from)?;
    if person::user_by_email(&mut connection, &email).await?.is_some() {
        return Err(Refused::Conflict(format!("{email} signs in already.")));
    }
    let mut roles = Vec::new();
    for (slug, role) in new.roles {
        let brand = database::brand::by_slug(&mut connection, &slug)
            .await?
            .ok_or_else(|| Refused::Invalid(format!("There is no brand {slug}.")))?;
        roles.push((brand.id, role));
    }
    drop(connection);

    let id = UserId(clock.new_id());
    let user = User {
        id,
        email,
        name: new.name,
        password_hash: hash_password(new.password).await?,
        time_zone: "Australia/Sydney".to_owned(),
        is_demo: new.is_demo,
        disabled_at: None,
        created_at: clock.now(),
    };
    let brands: Vec<_> = roles.iter().map(|(brand, _)| *brand).collect();
    let mut transaction = environment.database().scoped(&brands).await?;
    person::insert_user(&mut transaction, &user).await?;
    for (brand, role) in roles {
        person::set_membership(&mut transaction, id, brand, role, clock.now()).await?;
    }
    transaction.commit().await?;
    Ok(id)
}
