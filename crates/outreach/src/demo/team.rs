use chrono::{DateTime, Utc};
use database::person::User;
use domain::{Role, UserId};

use super::dice::Dice;
use crate::people::hash_password;

/// The published password of the demo.
pub const PASSWORD: &str = "overture-demo";

/// Address of the demo's administrator: while it is there, the demo's data are.
pub(super) const ADMINISTRATOR: &str = "admin@overture.test";

/// The people who sign in to the demo.
#[derive(Debug, Clone)]
pub(super) struct Team {
    pub admin: User,
    pub manager: User,
    /// A member of Codeteki only.
    pub codeteki: User,
    /// A member of Desi Firms only.
    pub desifirms: User,
}

impl Team {
    pub async fn hire(dice: &mut Dice, at: DateTime<Utc>) -> anyhow::Result<Self> {
        Ok(Self {
            admin: user(ADMINISTRATOR, "Meera Nair", dice, at).await?,
            manager: user("manager@overture.test", "Rohan Iyer", dice, at).await?,
            codeteki: user("codeteki@overture.test", "Chris Taylor", dice, at).await?,
            desifirms: user("desifirms@overture.test", "Sana Malik", dice, at).await?,
        })
    }

    /// Everybody with their roles, by slug of the brand.
    pub fn roles(&self) -> [(&User, &'static [(&'static str, Role)]); 4] {
        [
            (&self.admin, &[("codeteki", Role::Admin), ("desifirms", Role::Admin)]),
            (&self.manager, &[("codeteki", Role::Manager), ("desifirms", Role::Manager)]),
            (&self.codeteki, &[("codeteki", Role::Member)]),
            (&self.desifirms, &[("desifirms", Role::Member)]),
        ]
    }

    pub fn by_id(&self, id: UserId) -> Option<&User> {
        [&self.admin, &self.manager, &self.codeteki, &self.desifirms].into_iter().find(|user| user.id == id)
    }

    /// Somebody who works for the brand.
    pub fn colleague(&self, slug: &str, dice: &mut Dice) -> &User {
        let member = if slug == "codeteki" { &self.codeteki } else { &self.desifirms };
        dice.weighted(&[(70, member), (22, &self.manager), (8, &self.admin)])
    }
}

async fn user(email: &str, name: &str, dice: &mut Dice, at: DateTime<Utc>) -> anyhow::Result<User> {
    Ok(User {
        id: UserId(dice.id(at)),
        email: email.to_owned(),
        name: name.to_owned(),
        password_hash: hash_password(PASSWORD.to_owned()).await?,
        time_zone: "Australia/Sydney".to_owned(),
        is_demo: true,
        disabled_at: None,
        created_at: at,
    })
}
