use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use minijinja::Value;
use minijinja::value::Serde;

use super::store::{capture, faulty};
use super::{MailContext, RenderError, Rendered, TemplateStore};

/// Stands between a template's path and the checksum of its edit. No file of ours has it in its name.
const MARK: char = '@';

/// What a person made of a template, in place of its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edited<'a> {
    /// SHA-256 of the source, hex: compiled once for each.
    pub checksum: &'a str,
    pub source: &'a str,
}

/// Edited sources by the name they are compiled under. Shared with the engine's loader.
#[derive(Debug, Clone, Default)]
pub(super) struct Sources(Arc<RwLock<HashMap<String, String>>>);

impl Sources {
    pub fn get(&self, name: &str) -> Option<String> {
        if !name.contains(MARK) {
            return None;
        }
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(name).cloned()
    }

    fn keep(&self, name: &str, source: &str) {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner).contains_key(name);
        if !known {
            let mut sources = self.0.write().unwrap_or_else(PoisonError::into_inner);
            sources.insert(name.to_owned(), source.to_owned());
        }
    }
}

/// The file a compiled template stands for.
pub(super) fn file_of(name: &str) -> &str {
    name.split_once(MARK).map_or(name, |(file, _)| file)
}

impl TemplateStore {
    /// What the file of a template says; `None` when there is none, or it can't be read.
    pub fn source(&self, brand_slug: &str, key: &str) -> Option<String> {
        std::fs::read_to_string(self.dir.join(self.path_of(brand_slug, key)?)).ok()
    }

    /// The folder of a template under its brand's; `None` when there is no such template.
    pub fn family(&self, brand_slug: &str, key: &str) -> Option<String> {
        let path = self.path_of(brand_slug, key)?;
        path.split('/').rev().nth(1).map(str::to_owned)
    }

    /// Renders a mail from an edit in force; `subject` as in [`TemplateStore::render_with_subject`].
    ///
    /// # Errors
    /// As [`TemplateStore::render_with_subject`].
    pub fn render_edited(
        &self,
        brand_slug: &str,
        key: &str,
        edited: Edited<'_>,
        subject: Option<&str>,
        context: &MailContext,
    ) -> Result<Rendered, RenderError> {
        let name = format!("{}{MARK}{}", self.name_of(brand_slug, key), edited.checksum);
        self.edited.keep(&name, edited.source);
        let values = Value::from(Serde(context));
        let captured = capture(&self.html, &name, &values)
            .and_then(|html| Ok((html, capture(&self.plain, &name, &values)?)))
            .map_err(|error| faulty(key, &name, &error))?;
        self.finish(key, &name, captured, subject, context)
    }

    /// Renders a mail from a text that somebody is writing. Nothing of it is kept.
    ///
    /// # Errors
    /// As [`TemplateStore::render`].
    pub fn render_source(
        &self,
        brand_slug: &str,
        key: &str,
        source: &str,
        context: &MailContext,
    ) -> Result<Rendered, RenderError> {
        let name = self.name_of(brand_slug, key);
        let faulty = |error: minijinja::Error| faulty(key, &name, &error);
        let values = Value::from(Serde(context));
        let html = self.html.template_from_named_str(&name, source).map_err(faulty)?;
        let plain = self.plain.template_from_named_str(&name, source).map_err(faulty)?;
        let captured = (
            html.render_captured(values.clone()).map_err(faulty)?,
            plain.render_captured(values).map_err(faulty)?,
        );
        self.finish(key, &name, captured, None, context)
    }

    /// The template's path; one in the brand's folder when its file is gone.
    fn name_of(&self, brand_slug: &str, key: &str) -> String {
        self.path_of(brand_slug, key).unwrap_or_else(|| format!("{brand_slug}/{key}.html"))
    }
}
