use leptos::prelude::*;

use crate::components::FieldErrors;

/// What is wrong with the fields of a form.
#[derive(Clone, Copy)]
pub(super) struct Errors(pub RwSignal<FieldErrors>);

impl Errors {
    pub fn new() -> Self {
        Self(RwSignal::new(Vec::new()))
    }

    /// The error of one control.
    pub fn of(self, id: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.0.with(|errors| errors.iter().find(|(at, _)| at == id).map(|(_, text)| text.clone()))
        })
    }
}
