use std::collections::HashMap;

use database::Connection;
use database::brand::Brand;
use database::template::{self, InForce};
use domain::BrandId;
use mail::render::{Edited, MailContext, RenderError, Rendered};

use crate::{Environment, Refused};

/// The edits of one brand that are in force. Everything that writes a mail asks them before the file.
#[derive(Debug, Clone, Default)]
pub(crate) struct Edits(HashMap<String, InForce>);

impl Edits {
    /// Loads them in one statement, as the other facts of a batch.
    pub async fn load(connection: &mut Connection, brand: BrandId) -> Result<Self, Refused> {
        let edits = template::in_force(connection, brand).await?;
        Ok(Self(edits.into_iter().map(|edit| (edit.key.clone(), edit)).collect()))
    }

    pub fn get(&self, key: &str) -> Option<&InForce> {
        self.0.get(key)
    }

    /// Renders a mail of the brand from what is in force; `subject`, if given, stands in for the template's own.
    pub fn render(
        &self,
        environment: &Environment,
        brand: &Brand,
        key: &str,
        subject: Option<&str>,
        context: &MailContext,
    ) -> Result<Rendered, RenderError> {
        let templates = environment.templates();
        match self.get(key) {
            Some(edit) => {
                let edited = Edited { checksum: &edit.checksum, source: &edit.source };
                templates.render_edited(&brand.slug, key, edited, subject, context)
            }
            None => templates.render_with_subject(&brand.slug, key, subject, context),
        }
    }
}
