use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};

use domain::autopilot::TemplateVariant;
use minijinja::value::Serde;
use minijinja::{Captured, Environment, Value, context};

use super::edited::Sources;
use super::environment::{self, Escaping};
use super::error::{describe, line_in};
use super::{Draft, GENERIC, MailContext, OpenError, RenderError, Rendered, check, subject, text};

/// The designed templates of all brands, compiled once.
#[derive(Debug)]
pub struct TemplateStore {
    pub(super) dir: PathBuf,
    pub(super) html: Environment<'static>,
    pub(super) plain: Environment<'static>,
    /// What people made of the templates, as far as mails were written from it.
    pub(super) edited: Sources,
    subjects: Environment<'static>,
    index: RwLock<Index>,
    reload: bool,
}

/// A template on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateFile {
    /// Unique within the brand.
    pub key: String,
    /// Folder under the brand's.
    pub family: String,
    /// SHA-256 of the file, hex.
    pub checksum: String,
}

/// Brand → key → path below the folder.
type Index = BTreeMap<String, BTreeMap<String, String>>;

impl TemplateStore {
    /// Opens `email_templates`. Files are read and compiled when first used.
    ///
    /// # Errors
    /// The folder can't be read, or one brand uses a key twice.
    pub fn open(dir: impl Into<PathBuf>) -> Result<Self, OpenError> {
        Self::with_reload(dir.into(), false)
    }

    /// As [`Self::open`], for development: a changed or added file counts at once.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_reloading(dir: impl Into<PathBuf>) -> Result<Self, OpenError> {
        Self::with_reload(dir.into(), true)
    }

    fn with_reload(dir: PathBuf, reload: bool) -> Result<Self, OpenError> {
        let edited = Sources::default();
        Ok(Self {
            html: environment::of_folder(&dir, Escaping::Html, reload, edited.clone()),
            plain: environment::of_folder(&dir, Escaping::Plain, reload, edited.clone()),
            edited,
            subjects: environment::without_files(),
            index: RwLock::new(scan(&dir)?),
            dir,
            reload,
        })
    }

    /// Whether the brand has this template.
    pub fn exists(&self, brand_slug: &str, key: &str) -> bool {
        self.path_of(brand_slug, key).is_some()
    }

    /// The keys of the other versions of a template that exist: `<key>_short`, `<key>_value`.
    pub fn variants(&self, brand_slug: &str, key: &str) -> Vec<String> {
        let candidates = TemplateVariant::ALL.iter().map(|variant| variant.key(key));
        candidates.filter(|variant| self.exists(brand_slug, variant)).collect()
    }

    /// The brand's keys in alphabetical order.
    pub fn keys(&self, brand_slug: &str) -> Vec<String> {
        self.with_index(|index| {
            index.get(brand_slug).map(|keys| keys.keys().cloned().collect()).unwrap_or_default()
        })
    }

    /// The brand's template files in alphabetical order of their keys. Files that can't be read are left out.
    pub fn files(&self, brand_slug: &str) -> Vec<TemplateFile> {
        let paths: Vec<(String, String)> = self.with_index(|index| {
            index.get(brand_slug).map(|keys| keys.clone().into_iter().collect()).unwrap_or_default()
        });
        let read = |(key, path): (String, String)| {
            let bytes = std::fs::read(self.dir.join(&path)).ok()?;
            let family = Path::new(&path).parent()?.file_name()?.to_string_lossy().into_owned();
            Some(TemplateFile { key, family, checksum: checksum(&bytes) })
        };
        paths.into_iter().filter_map(read).collect()
    }

    /// The brands that have templates, by slug.
    pub fn brands(&self) -> Vec<String> {
        self.with_index(|index| index.keys().cloned().collect())
    }

    /// Renders a mail with the template's own subject.
    ///
    /// # Errors
    /// The template is missing or faulty, or the mail isn't fit to be sent.
    pub fn render(
        &self,
        brand_slug: &str,
        key: &str,
        context: &MailContext,
    ) -> Result<Rendered, RenderError> {
        self.render_with_subject(brand_slug, key, None, context)
    }

    /// Renders a mail; `subject`, if given, stands in for the template's own (variant B). It may use the same
    /// variables.
    ///
    /// # Errors
    /// As [`Self::render`]; also when the subject is faulty.
    pub fn render_with_subject(
        &self,
        brand_slug: &str,
        key: &str,
        subject: Option<&str>,
        context: &MailContext,
    ) -> Result<Rendered, RenderError> {
        self.render_values(brand_slug, key, subject, context, &Value::from(Serde(context)))
    }

    /// Renders a mail that was written for one contact, in the brand's design. Its words are text: nothing in them is
    /// ever read as markup or as a template.
    ///
    /// # Errors
    /// As [`Self::render`].
    pub fn render_draft(
        &self,
        brand_slug: &str,
        draft: &Draft,
        context: &MailContext,
    ) -> Result<Rendered, RenderError> {
        let wrapped =
            draft.wrapped().map_err(|reason| RenderError::Unfit { key: GENERIC.to_owned(), reason })?;
        let values = context! { draft => Value::from(Serde(wrapped)), ..Value::from(Serde(context)) };
        self.render_values(brand_slug, GENERIC, None, context, &values)
    }

    fn render_values(
        &self,
        brand_slug: &str,
        key: &str,
        subject: Option<&str>,
        context: &MailContext,
        values: &Value,
    ) -> Result<Rendered, RenderError> {
        let path = self.path_of(brand_slug, key).ok_or_else(|| RenderError::UnknownTemplate {
            brand: brand_slug.to_owned(),
            key: key.to_owned(),
        })?;
        let captured = capture(&self.html, &path, values)
            .and_then(|html| Ok((html, capture(&self.plain, &path, values)?)))
            .map_err(|error| faulty(key, &path, &error))?;
        self.finish(key, &path, captured, subject, context)
    }

    /// Makes a mail of a template rendered twice: for HTML, and plain for what stands outside it. `name` is the
    /// template's in both environments.
    pub(super) fn finish(
        &self,
        key: &str,
        name: &str,
        (mut document, mut plain): (Captured<'_>, Captured<'_>),
        subject: Option<&str>,
        context: &MailContext,
    ) -> Result<Rendered, RenderError> {
        let faulty = |error: minijinja::Error| faulty(key, name, &error);
        let content = document.with_state_mut(|state| state.render_block("content")).map_err(faulty)?;
        let mut block = |name: &str| plain.with_state_mut(|state| state.render_block(name)).map_err(faulty);
        let own_subject = block("subject")?;
        let preheader = subject::one_line(&block("preheader")?);
        let footer = block("text_footer")?;

        let unfit = |reason: String| RenderError::Unfit { key: key.to_owned(), reason };
        let subject = match subject {
            Some(template) => self.render_subject(template, context)?,
            None => subject::checked(&own_subject).map_err(unfit)?,
        };
        let body = text::from_html(&content).map_err(unfit)?;
        let rendered = Rendered {
            subject,
            preheader,
            html: document.into_output(),
            text: format!("{body}\n\n-- \n{}\n", footer.trim()),
        };
        check::fit_to_send(&rendered, &body, context).map_err(unfit)?;
        Ok(rendered)
    }

    /// Renders a subject as typed into the settings, for a preview or a check before it is saved.
    ///
    /// # Errors
    /// [`RenderError::Subject`].
    pub fn render_subject(&self, template: &str, context: &MailContext) -> Result<String, RenderError> {
        subject::render(&self.subjects, template, context).map_err(|reason| RenderError::Subject { reason })
    }

    pub(super) fn path_of(&self, brand_slug: &str, key: &str) -> Option<String> {
        self.with_index(|index| index.get(brand_slug)?.get(key).cloned())
    }

    fn with_index<T>(&self, read: impl FnOnce(&Index) -> T) -> T {
        // A folder that can't be read while somebody edits it leaves the last good list in force.
        if self.reload
            && let Ok(fresh) = scan(&self.dir)
        {
            *self.index.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        }
        read(&self.index.read().unwrap_or_else(PoisonError::into_inner))
    }
}

/// SHA-256 of a template, hex.
pub fn checksum(source: impl AsRef<[u8]>) -> String {
    Sha256::digest(source).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The engine's error in words, with its line when that is the template's own.
pub(super) fn faulty(key: &str, name: &str, error: &minijinja::Error) -> RenderError {
    RenderError::Template { key: key.to_owned(), reason: describe(error), line: line_in(error, name) }
}

pub(super) fn capture<'env>(
    environment: &'env Environment<'static>,
    path: &str,
    values: &Value,
) -> Result<Captured<'env>, minijinja::Error> {
    environment.get_template(path)?.render_captured(values)
}

/// Lists `<brand>/<family>/<key>.html`. Names that begin with `_` or `.` are layouts and shared parts.
fn scan(dir: &Path) -> Result<Index, OpenError> {
    let mut index = Index::new();
    for brand in entries(dir)?.into_iter().filter(|name| dir.join(name).is_dir()) {
        let mut keys: BTreeMap<String, String> = BTreeMap::new();
        for family in
            entries(&dir.join(&brand))?.into_iter().filter(|name| dir.join(&brand).join(name).is_dir())
        {
            for file in entries(&dir.join(&brand).join(&family))? {
                let Some(key) = file.strip_suffix(".html") else {
                    continue;
                };
                let path = format!("{brand}/{family}/{file}");
                if let Some(first) = keys.insert(key.to_owned(), path.clone()) {
                    return Err(OpenError::DuplicateKey { brand, key: key.to_owned(), first, second: path });
                }
            }
        }
        index.insert(brand, keys);
    }
    Ok(index)
}

fn entries(dir: &Path) -> Result<Vec<String>, OpenError> {
    let unreadable = |source| OpenError::Unreadable { path: dir.to_owned(), source };
    let mut names = Vec::new();
    for entry in std::fs::read_dir(dir).map_err(unreadable)? {
        let name = entry.map_err(unreadable)?.file_name();
        if let Some(name) = name.to_str().filter(|name| !name.starts_with(['_', '.'])) {
            names.push(name.to_owned());
        }
    }
    names.sort_unstable();
    Ok(names)
}
