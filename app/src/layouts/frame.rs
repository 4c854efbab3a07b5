use leptos::prelude::*;
use leptos_router::components::Outlet;

use crate::server_fns::frame::frame;

/// Sidebar, top bar and the page.
#[component]
pub fn Frame() -> impl IntoView {
    let who = Resource::new_blocking(|| (), |()| frame());
    provide_context(who);
    view! {
        <div class="frame" data-brand="all">
            <Suspense>{move || Suspend::new(async move { who.await.map(|frame| frame.person) })}</Suspense>
            <main class="main" id="main" tabindex="-1"><Outlet/></main>
        </div>
    }
}
