use leptos::prelude::*;
use leptos_meta::{HashedStylesheet, MetaTags, Title, provide_meta_context};
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::path;

use crate::components::ToastHost;
use crate::layouts::Frame;
use crate::pages;

/// The document around every page.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    view! {
        <!DOCTYPE html>
        <html lang="en-AU">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="manifest" href="/manifest.webmanifest"/>
                <HashedStylesheet options=options.clone() id="styles"/>
                <HydrationScripts options=options/>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

/// The application: its routes inside the frame, and the sign-in page outside it.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Title formatter=|title: String| if title.is_empty() { "Overture".to_owned() } else { format!("{title} · Overture") }/>
        <ToastHost>
            <Router>
                <Routes fallback=pages::NotFound>
                    <Route path=path!("/login") view=pages::Login/>
                    <ParentRoute path=path!("") view=Frame>
                        <Route path=path!("") view=pages::Today/>
                    </ParentRoute>
                </Routes>
            </Router>
        </ToastHost>
    }
}
