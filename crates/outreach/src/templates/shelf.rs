use database::Scoped;
use database::brand::Brand;
use domain::Role;
use mail::render::{GENERIC, TemplateFile, checksum};

use crate::people::CurrentUser;
use crate::{Environment, Refused};

/// One template of one of the person's brands, in an open transaction scoped to that brand.
pub(super) struct Shelf {
    pub scope: Scoped,
    pub brand: Brand,
    pub file: TemplateFile,
    /// The file's text.
    pub shipped: String,
    pub may_edit: bool,
}

impl Shelf {
    /// Looks the template up. Brand and key come from an address: only names that are known lead anywhere.
    ///
    /// # Errors
    /// [`Refused::NotFound`] for a brand that isn't theirs, and for a key the brand doesn't have.
    pub async fn open(
        environment: &Environment,
        user: &CurrentUser,
        brand: &str,
        key: &str,
    ) -> Result<Self, Refused> {
        let membership =
            user.memberships().iter().find(|membership| membership.slug == brand).ok_or(Refused::NotFound)?;
        let templates = environment.templates();
        if key == GENERIC {
            return Err(Refused::NotFound);
        }
        let family = templates.family(&membership.slug, key).ok_or(Refused::NotFound)?;
        let shipped = templates.source(&membership.slug, key).ok_or(Refused::NotFound)?;
        let mut scope = environment.database().brand(membership.id).await?;
        let brand = database::brand::find(&mut scope, membership.id).await?;
        let may_edit = match membership.role {
            Role::Admin | Role::Manager => true,
            Role::Member => false,
        };
        let file = TemplateFile { key: key.to_owned(), family, checksum: checksum(&shipped) };
        Ok(Self { scope, brand, file, shipped, may_edit })
    }

    /// As [`Self::open`], for somebody who changes something.
    ///
    /// # Errors
    /// As [`Self::open`]; [`Refused::Invalid`] below the role.
    pub async fn open_to_edit(
        environment: &Environment,
        user: &CurrentUser,
        brand: &str,
        key: &str,
    ) -> Result<Self, Refused> {
        let shelf = Self::open(environment, user, brand, key).await?;
        if !shelf.may_edit {
            return Err(Refused::Invalid(
                "Only managers and admins of the brand change and test templates. Nothing was changed."
                    .to_owned(),
            ));
        }
        Ok(shelf)
    }

    /// Makes sure that the database knows the file: one added since the last `server seed` doesn't.
    pub async fn register(&mut self, environment: &Environment) -> Result<(), Refused> {
        let file = database::catalogue::TemplateFile {
            key: self.file.key.clone(),
            family: self.file.family.clone(),
            checksum: self.file.checksum.clone(),
        };
        let now = environment.clock().now();
        Ok(database::catalogue::load_templates(&mut self.scope, self.brand.id, &[file], now).await?)
    }

    /// The text of a version; 0 is the file.
    ///
    /// # Errors
    /// [`Refused::NotFound`] when there is no such version.
    pub async fn source_of(&mut self, version: i32) -> Result<String, Refused> {
        if version == 0 {
            return Ok(self.shipped.clone());
        }
        let (brand, key) = (self.brand.id, &self.file.key);
        Ok(database::template::text(&mut self.scope, brand, key, version).await?.source)
    }
}
