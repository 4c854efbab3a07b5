use leptos::prelude::*;

use super::browser_memory::{THEME, remember};

/// Light, dark, or as the system has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    System,
    Light,
    Dark,
}

impl Theme {
    pub(super) const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The theme a stored value stands for; anything unknown is the system's.
    pub fn of_cookie(value: Option<&str>) -> Self {
        match value {
            Some("light") => Self::Light,
            Some("dark") => Self::Dark,
            Some(_) | None => Self::System,
        }
    }

    /// What the browser that asks has remembered.
    #[cfg(feature = "ssr")]
    pub fn of_request() -> Self {
        Self::of_cookie(crate::server_context::request::cookie(THEME).as_deref())
    }

    /// Value of `data-theme` on the document; `None` leaves it to the system.
    pub const fn attribute(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }

    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::System => "System theme",
            Self::Light => "Light",
            Self::Dark => "Dark",
        }
    }

    /// Shows the theme at once and remembers it. Only in the browser.
    pub(super) fn apply(self) {
        if let Some(root) = document().document_element() {
            let _ = match self.attribute() {
                Some(value) => root.set_attribute("data-theme", value),
                None => root.remove_attribute("data-theme"),
            };
        }
        remember(THEME, self.attribute().unwrap_or_default());
    }
}
