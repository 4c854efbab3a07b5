//! The frame around every page but sign-in, and what pages share with it.

mod account_menu;
mod bottom_bar;
mod brand_menu;
mod browser_memory;
mod clock_control;
mod destinations;
mod frame;
mod links;
mod page;
mod refresh;
mod sidebar;
mod theme;

pub use frame::Frame;
pub use links::{provide_links, use_links};
pub use page::{Crumb, Page};
pub use refresh::{Refresh, provide_refresh, use_refresh};
#[cfg(feature = "ssr")]
pub use theme::Theme;

use domain::view::frame::FrameView;
use leptos::prelude::*;

/// The signed-in person's frame, `None` for nobody. Provided by the application, renewed when a setting changes it.
#[derive(Clone, Copy)]
pub struct FrameContext(pub RwSignal<Option<FrameView>>);

/// What the frame shows; pages take brands and pipelines for their filters from it. It costs no request.
pub fn use_frame() -> RwSignal<Option<FrameView>> {
    expect_context::<FrameContext>().0
}

/// The frame of the request; in the browser there is none: it comes with the page.
pub fn frame_of_request() -> Option<FrameView> {
    #[cfg(feature = "ssr")]
    return crate::server_context::request::frame_of_request();
    #[cfg(not(feature = "ssr"))]
    return None;
}
