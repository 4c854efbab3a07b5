use std::borrow::Cow;
use std::path::Path;

use minijinja::value::Value;
use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, Output, State, TemplateSource, UndefinedBehavior, path_loader,
};

use super::edited::Sources;

/// Bounds time and memory of one rendering: a designed mail needs a few thousand.
const FUEL: u64 = 1_000_000;
/// Folder of what all brands share.
const SHARED: &str = "_shared";

/// How the values of a template are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Escaping {
    /// Escaped for HTML.
    Html,
    /// As they are: subjects, preheaders, text.
    Plain,
}

/// An environment over a folder of templates, and over what people made of them.
pub(super) fn of_folder(
    dir: &Path,
    escaping: Escaping,
    reload: bool,
    edited: Sources,
) -> Environment<'static> {
    let mut environment = strict(escaping);
    let files = path_loader(dir);
    environment.set_loader(move |name| match edited.get(name) {
        Some(source) => Ok(Some(TemplateSource::from(source))),
        None => Ok(files(name)?),
    });
    environment.set_path_join_callback(within_brand);
    environment.set_auto_reload(reload);
    environment
}

/// A template may use its own brand's files and the shared ones. The name of any other becomes one that no file has,
/// and that says why.
fn within_brand<'s>(name: &'s str, parent: &'s str) -> Cow<'s, str> {
    let folder = |path: &'s str| path.split_once('/').map(|(folder, _)| folder);
    match folder(name) {
        Some(wanted) if wanted == SHARED || Some(wanted) == folder(parent) => Cow::Borrowed(name),
        Some(_) | None => Cow::Owned(format!("{name} (not of this brand)")),
    }
}

/// An environment without any files, for texts that people type into the settings.
pub(super) fn without_files() -> Environment<'static> {
    strict(Escaping::Plain)
}

fn strict(escaping: Escaping) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    environment.set_recursion_limit(50);
    // Error messages name the faulty expression only with it.
    environment.set_debug(true);
    environment.set_auto_escape_callback(move |_| match escaping {
        Escaping::Html => AutoEscape::Html,
        Escaping::Plain => AutoEscape::None,
    });
    environment.set_formatter(never_none);
    environment
}

/// "none" in a mail is always a mistake, so it is one for the engine too.
fn never_none(out: &mut Output, state: &mut State, value: &Value) -> Result<(), Error> {
    if value.is_none() {
        return Err(Error::new(ErrorKind::InvalidOperation, "the value is none"));
    }
    minijinja::escape_formatter(out, state, value)
}
