//! Tells the data of the open page to load again.

use leptos::prelude::*;

/// Counts the reasons to load again: the demo's clock moved, a setting changed. Take it from [`use_refresh`].
#[derive(Clone, Copy)]
pub struct Refresh(RwSignal<u32>);

impl Refresh {
    /// Read it in the source of a page's resource: it changes when the data should be loaded again.
    pub fn track(self) -> u32 {
        self.0.get()
    }

    /// Makes every resource that tracks this load again.
    pub fn now(self) {
        self.0.update(|count| *count = count.wrapping_add(1));
    }
}

/// Called once by the frame.
pub fn provide_refresh() -> Refresh {
    let refresh = Refresh(RwSignal::new(0));
    provide_context(refresh);
    refresh
}

/// The refresh of the current frame.
pub fn use_refresh() -> Refresh {
    expect_context::<Refresh>()
}
