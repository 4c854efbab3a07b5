use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::{SsrMode, path};

use crate::components::ToastHost;
use crate::layouts::{Frame, FrameContext};
use crate::pages::{NotFound, on_demand};
use crate::wire::sent;

/// The application: its routes inside the frame, and the sign-in page outside it.
///
/// Every page is drawn whole before it is sent: streamed in pieces, it would need scripts to become readable.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    // Sent with the page, so that the frame is there at once and costs no request of its own.
    let frame = sent(crate::layouts::frame_of_request);
    provide_context(FrameContext(RwSignal::new(frame)));
    view! {
        <Title formatter=|title: String| if title.is_empty() { "Overture".to_owned() } else { format!("{title} · Overture") }/>
        <ToastHost>
            <Router>
                <Routes fallback=NotFound>
                    <Route path=path!("/login") view=on_demand::login() ssr=SsrMode::Async/>
                    <ParentRoute path=path!("") view=Frame>
                        <Route path=path!("") view=on_demand::today() ssr=SsrMode::Async/>
                        <Route path=path!("/deals") view=on_demand::deals() ssr=SsrMode::Async/>
                        <Route path=path!("/contacts") view=on_demand::contacts() ssr=SsrMode::Async/>
                        <Route path=path!("/contacts/:id") view=on_demand::contact() ssr=SsrMode::Async/>
                        <Route path=path!("/emails") view=on_demand::emails() ssr=SsrMode::Async/>
                        <Route path=path!("/emails/:id") view=on_demand::email() ssr=SsrMode::Async/>
                        <Route path=path!("/decisions") view=on_demand::decisions() ssr=SsrMode::Async/>
                        <Route path=path!("/settings") view=on_demand::settings() ssr=SsrMode::Async/>
                        <Route path=path!("/settings/pipelines") view=on_demand::pipelines() ssr=SsrMode::Async/>
                        <Route path=path!("/settings/pipelines/:id") view=on_demand::pipeline() ssr=SsrMode::Async/>
                        <Route path=path!("/settings/jobs") view=on_demand::jobs() ssr=SsrMode::Async/>
                        <Route path=path!("/settings/account") view=on_demand::account() ssr=SsrMode::Async/>
                        <Route path=path!("/settings/brands") view=on_demand::brands() ssr=SsrMode::Async/>
                        <Route path=path!("/settings/brands/:slug") view=on_demand::brand() ssr=SsrMode::Async/>
                        <Route path=path!("/inbox") view=on_demand::inbox() ssr=SsrMode::Async/>
                        <Route path=path!("/settings/templates") view=on_demand::templates() ssr=SsrMode::Async/>
                        <Route path=path!("/settings/templates/:brand/:key") view=on_demand::template() ssr=SsrMode::Async/>
                        <Route path=path!("/settings/brands/:slug/mailbox") view=on_demand::brand_mailbox() ssr=SsrMode::Async/>
                        <Route path=path!("/settings/brands/:slug/ai") view=on_demand::brand_ai() ssr=SsrMode::Async/>
                        <Route path=path!("/mailbox") view=on_demand::mailbox() ssr=SsrMode::Async/>
                        <Route path=path!("/imports") view=on_demand::imports() ssr=SsrMode::Async/>
                        <Route path=path!("/imports/:id") view=on_demand::import() ssr=SsrMode::Async/>
                        <Route path=path!("/board") view=on_demand::board_index() ssr=SsrMode::Async/>
                        <Route path=path!("/board/:pipeline") view=on_demand::board() ssr=SsrMode::Async/>
                        <Route path=path!("/deals/:id") view=on_demand::deal() ssr=SsrMode::Async/>
                    </ParentRoute>
                </Routes>
            </Router>
        </ToastHost>
    }
}
