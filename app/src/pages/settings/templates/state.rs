use std::time::Duration;

use domain::view::template::{
    TemplateBase, TemplateDraft, TemplateEdit, TemplatePage, TemplatePreview, TemplateRestore,
    TemplateVersion,
};
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

use crate::components::{NoticeKind, Toasts};
use crate::error::AppError;
use crate::server_fns::templates::{
    preview_template, restore_template, save_template, template, template_version,
};

/// The id of the text.
pub(super) const SOURCE: &str = "template-source";
/// How long somebody may pause while typing before the preview follows.
const PAUSE: Duration = Duration::from_millis(400);

/// An open editor in the browser. Copied freely; its signals live as long as the page.
#[derive(Clone, Copy)]
pub(super) struct Editor {
    place: StoredValue<(String, String)>,
    pub source: RwSignal<String>,
    /// The text in force: what the source is compared with.
    pub saved: RwSignal<String>,
    pub base: RwSignal<TemplateBase>,
    pub versions: RwSignal<Vec<TemplateVersion>>,
    pub preview: RwSignal<TemplatePreview>,
    /// Whom it is looked at with: a sample's name or a contact's id.
    pub who: RwSignal<String>,
    /// What the author says was changed.
    pub note: RwSignal<String>,
    pub busy: RwSignal<bool>,
    /// The preview is older than the text.
    pub stale: RwSignal<bool>,
    /// What has last happened.
    pub said: RwSignal<Option<(NoticeKind, String)>>,
    timer: StoredValue<Option<TimeoutHandle>>,
    /// Counts previews asked for: an answer that comes late counts for nothing.
    asked: StoredValue<u32>,
}

impl Editor {
    pub fn new(page: &TemplatePage) -> Self {
        let first = page.samples.first().map(|(who, _)| who.clone()).unwrap_or_default();
        Self {
            place: StoredValue::new((page.brand_slug.clone(), page.key.clone())),
            source: RwSignal::new(page.source.clone()),
            saved: RwSignal::new(page.source.clone()),
            base: RwSignal::new(page.base),
            versions: RwSignal::new(page.versions.clone()),
            preview: RwSignal::new(page.preview.clone()),
            who: RwSignal::new(first),
            note: RwSignal::new(String::new()),
            busy: RwSignal::new(false),
            stale: RwSignal::new(false),
            said: RwSignal::new(None),
            timer: StoredValue::new(None),
            asked: StoredValue::new(0),
        }
    }

    /// Brand and key.
    pub fn place(self) -> (String, String) {
        self.place.get_value()
    }

    pub fn draft(self) -> TemplateDraft {
        let (brand, key) = self.place();
        TemplateDraft { brand, key, source: self.source.get_untracked(), who: self.who.get_untracked() }
    }

    pub fn is_changed(self) -> bool {
        self.source.with(|source| self.saved.with(|saved| source.trim_end() != saved.trim_end()))
    }

    /// Has the preview follow the text and the contact. Called once.
    pub fn follow(self) {
        Effect::new(move |before: Option<(String, String)>| {
            let now = (self.source.get(), self.who.get());
            if before.as_ref().is_some_and(|before| *before != now) {
                let pause =
                    if before.is_some_and(|(text, _)| text == now.0) { Duration::ZERO } else { PAUSE };
                self.later(pause);
            }
            now
        });
    }

    fn later(self, pause: Duration) {
        self.stale.set(true);
        if let Some(timer) = self.timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
        self.timer.set_value(set_timeout_with_handle(move || self.look(), pause).ok());
    }

    fn look(self) {
        let Some(asked) = self.asked.try_update_value(|asked| {
            *asked = asked.wrapping_add(1);
            *asked
        }) else {
            return;
        };
        spawn_local(async move {
            let answer = preview_template(self.draft()).await;
            if self.asked.try_get_value() != Some(asked) {
                return;
            }
            let _ = self.stale.try_set(false);
            match answer {
                Ok(preview) => {
                    let _ = self.preview.try_set(preview);
                }
                Err(error) => self.say(NoticeKind::Error, error.to_string()),
            }
        });
    }

    pub fn say(self, kind: NoticeKind, words: impl Into<String>) {
        let _ = self.said.try_set(Some((kind, words.into())));
    }

    /// Stores the text as a new version.
    pub fn save(self, toasts: Toasts) {
        if self.busy.get_untracked() || !untrack(|| self.is_changed()) {
            return;
        }
        let (brand, key) = self.place();
        let edit = TemplateEdit {
            brand,
            key,
            source: self.source.get_untracked(),
            note: self.note.get_untracked(),
            base: self.base.get_untracked(),
        };
        self.busy.set(true);
        spawn_local(async move {
            let source = edit.source.clone();
            let outcome = save_template(edit).await;
            let _ = self.busy.try_set(false);
            match outcome {
                Ok(version) => {
                    let _ = self.saved.try_set(source);
                    let _ = self.note.try_set(String::new());
                    let _ = self.said.try_set(None);
                    toasts.good(format!("Saved as version {version}: mails are written from it now."));
                    self.reload().await;
                }
                Err(error) => self.refused(error).await,
            }
        });
    }

    /// Puts an older version in force, and its text into the editor.
    pub fn restore(self, version: i32, toasts: Toasts) {
        let (brand, key) = self.place();
        let wanted = TemplateRestore { brand, key, version, base: self.base.get_untracked() };
        self.busy.set(true);
        spawn_local(async move {
            let outcome = restore_template(wanted).await;
            let _ = self.busy.try_set(false);
            match outcome {
                Ok(()) => {
                    let _ = self.said.try_set(None);
                    toasts.good(match version {
                        0 => "The text as shipped is in force again.".to_owned(),
                        version => format!("Version {version} is in force again."),
                    });
                    if let Some(source) = self.reload().await {
                        let _ = self.source.try_set(source);
                    }
                }
                Err(error) => self.refused(error).await,
            }
        });
    }

    /// Puts a version's text into the editor without saving anything.
    pub fn open_version(self, version: i32, toasts: Toasts) {
        let (brand, key) = self.place();
        spawn_local(async move {
            match template_version(brand, key, version).await {
                Ok(text) => {
                    let Some(before) = self.source.try_get_untracked() else { return };
                    let _ = self.source.try_set(text);
                    let words = match version {
                        0 => "The text as shipped is in the editor. Nothing is saved yet.".to_owned(),
                        version => format!("Version {version} is in the editor. Nothing is saved yet."),
                    };
                    toasts.with_undo(words, move || {
                        let _ = self.source.try_set(before.clone());
                    });
                }
                Err(error) => self.say(NoticeKind::Error, error.to_string()),
            }
        });
    }

    async fn refused(self, error: AppError) {
        self.say(NoticeKind::Error, error.to_string());
        // What others have saved shows below; the text in the editor stays, and may be saved on top of it.
        if matches!(error, AppError::Conflict(_)) {
            self.reload().await;
        }
    }

    /// Brings everything but the text in the editor up to date. Returns the text in force.
    async fn reload(self) -> Option<String> {
        let (brand, key) = self.place();
        let page = template(brand, key).await.ok()?;
        let _ = self.saved.try_set(page.source.clone());
        let _ = self.base.try_set(page.base);
        let _ = self.versions.try_set(page.versions);
        Some(page.source)
    }

    /// Puts a piece of text where the cursor is, in place of what is selected.
    pub fn insert(self, piece: &str) {
        let Some(area) = area() else { return };
        let place = |at: Result<Option<u32>, _>| at.ok().flatten();
        let start = place(area.selection_start()).unwrap_or_default();
        let end = place(area.selection_end()).unwrap_or(start);
        if area.set_range_text_with_start_and_end(piece, start, end).is_err() {
            return;
        }
        self.source.set(area.value());
        let after = start.saturating_add(u32::try_from(piece.encode_utf16().count()).unwrap_or(u32::MAX));
        let _ = area.focus();
        let _ = area.set_selection_range(after, after);
    }
}

/// Selects a line of the text, from 1.
pub(super) fn select_line(source: &str, line: u32) {
    let units = |text: &str| u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX);
    let index = usize::try_from(line.saturating_sub(1)).unwrap_or(usize::MAX);
    let mut start = 0_u32;
    for (place, text) in source.split('\n').enumerate() {
        let length = units(text);
        if place == index {
            return select(start, start.saturating_add(length));
        }
        start = start.saturating_add(length).saturating_add(1);
    }
}

/// Selects a part of the text, in UTF-16 units.
pub(super) fn select(start: u32, end: u32) {
    if let Some(area) = area() {
        // Browsers scroll to the cursor when the focus comes, not when a selection is made.
        let _ = area.set_selection_range(start, start);
        let _ = area.blur();
        let _ = area.focus();
        let _ = area.set_selection_range(start, end);
    }
}

fn area() -> Option<web_sys::HtmlTextAreaElement> {
    document().get_element_by_id(SOURCE)?.dyn_into().ok()
}
