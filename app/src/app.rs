use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::{SsrMode, path};

use crate::components::ToastHost;
use crate::layouts::{Frame, FrameContext};
use crate::pages;

/// The application: its routes inside the frame, and the sign-in page outside it.
///
/// Every page is drawn whole before it is sent: streamed in pieces, it would need scripts to become readable.
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
                    <Route path=path!("/login") view=pages::Login ssr=SsrMode::Async/>
                    <ParentRoute path=path!("") view=Frame>
                        <Route path=path!("") view=pages::Today ssr=SsrMode::Async/>
                        <Route path=path!("/deals") view=pages::Deals ssr=SsrMode::Async/>
                        <Route path=path!("/contacts") view=pages::Contacts ssr=SsrMode::Async/>
                        <Route path=path!("/contacts/:id") view=pages::ContactPage ssr=SsrMode::Async/>
                        <Route path=path!("/emails") view=pages::Emails ssr=SsrMode::Async/>
                        <Route path=path!("/emails/:id") view=pages::EmailPage ssr=SsrMode::Async/>
                        <Route path=path!("/decisions") view=pages::Decisions ssr=SsrMode::Async/>
                        <Route path=path!("/settings") view=pages::settings::Settings ssr=SsrMode::Async/>
                        <Route path=path!("/settings/pipelines") view=pages::settings::Pipelines ssr=SsrMode::Async/>
                        <Route path=path!("/settings/pipelines/:id") view=pages::settings::Pipeline ssr=SsrMode::Async/>
                        <Route path=path!("/settings/jobs") view=pages::settings::Jobs ssr=SsrMode::Async/>
                        <Route path=path!("/settings/account") view=pages::settings::Account ssr=SsrMode::Async/>
                        <Route path=path!("/settings/brands") view=pages::settings::Brands ssr=SsrMode::Async/>
                        <Route path=path!("/settings/brands/:slug") view=pages::settings::Brand ssr=SsrMode::Async/>
                        <Route path=path!("/inbox") view=pages::Inbox ssr=SsrMode::Async/>
                        <Route path=path!("/settings/templates") view=pages::settings::Templates ssr=SsrMode::Async/>
                        <Route path=path!("/settings/templates/:brand/:key") view=pages::settings::Template ssr=SsrMode::Async/>
                        <Route path=path!("/settings/brands/:slug/mailbox") view=pages::settings::MailboxSettings ssr=SsrMode::Async/>
                        <Route path=path!("/settings/brands/:slug/ai") view=pages::settings::AiSettings ssr=SsrMode::Async/>
                        <Route path=path!("/mailbox") view=pages::Mailbox ssr=SsrMode::Async/>
                        <Route path=path!("/imports") view=pages::Imports ssr=SsrMode::Async/>
                        <Route path=path!("/imports/:id") view=pages::ImportPage ssr=SsrMode::Async/>
                        <Route path=path!("/board") view=pages::BoardIndex ssr=SsrMode::Async/>
                        <Route path=path!("/board/:pipeline") view=pages::BoardPage ssr=SsrMode::Async/>
                        <Route path=path!("/deals/:id") view=pages::DealPage ssr=SsrMode::Async/>
                    </ParentRoute>
                </Routes>
            </Router>
        </ToastHost>
    }
}
