use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::{SsrMode, path};

use crate::components::ToastHost;
use crate::layouts::{Frame, FrameContext};
use crate::pages;

/// The application: its routes inside the frame, and the sign-in page outside it.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    // Sent with the page, so that the frame is there at once and costs no request of its own.
    let frame = SharedValue::new(crate::layouts::frame_of_request).into_inner();
    provide_context(FrameContext(RwSignal::new(frame)));
    view! {
        <Title formatter=|title: String| if title.is_empty() { "Overture".to_owned() } else { format!("{title} · Overture") }/>
        <ToastHost>
            <Router>
                <Routes fallback=pages::NotFound>
                    <Route path=path!("/login") view=pages::Login/>
                    <ParentRoute path=path!("") view=Frame>
                        <Route path=path!("") view=pages::Today/>
                        <Route path=path!("/deals") view=pages::Deals/>
                        <Route path=path!("/contacts") view=pages::Contacts/>
                        <Route path=path!("/contacts/:id") view=pages::ContactPage/>
                        <Route path=path!("/emails") view=pages::Emails/>
                        <Route path=path!("/emails/:id") view=pages::EmailPage/>
                        <Route path=path!("/decisions") view=pages::Decisions/>
                        <Route path=path!("/settings") view=pages::settings::Settings/>
                        <Route path=path!("/settings/pipelines") view=pages::settings::Pipelines/>
                        <Route path=path!("/settings/pipelines/:id") view=pages::settings::Pipeline/>
                        <Route path=path!("/settings/jobs") view=pages::settings::Jobs/>
                        <Route path=path!("/settings/account") view=pages::settings::Account/>
                        <Route path=path!("/mailbox") view=pages::Mailbox ssr=SsrMode::Async/>
                        <Route path=path!("/imports") view=pages::Imports/>
                        <Route path=path!("/imports/:id") view=pages::ImportPage/>
                        <Route path=path!("/board") view=pages::BoardIndex/>
                        <Route path=path!("/board/:pipeline") view=pages::BoardPage ssr=SsrMode::Async/>
                        <Route path=path!("/deals/:id") view=pages::DealPage ssr=SsrMode::Async/>
                    </ParentRoute>
                </Routes>
            </Router>
        </ToastHost>
    }
}
