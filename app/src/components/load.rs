use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Icon, IconName};
use crate::error::AppError;
use crate::wire::{Answer, AsIs, Loading};

/// Shows what a page loads: skeletons while it is on its way, the content, or what went wrong. Nothing else reads
/// resources, because a read outside a suspense boundary breaks hydration.
///
/// `<Load resource=deal let:deal><DealPage deal/></Load>`
#[component]
pub fn Load<T, V>(
    resource: Loading<T>,
    /// In the shape of what comes; a few bars if left out.
    #[prop(optional, into)]
    waiting: Option<ViewFn>,
    /// Instead of [`Problem`].
    #[prop(optional)]
    problem: Option<fn(AppError) -> AnyView>,
    children: impl Fn(T) -> V + Send + Sync + 'static,
) -> impl IntoView
where
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let problem = problem.unwrap_or(|error| view! { <Problem error=error/> }.into_any());
    let draw = move |answer: Answer| match answer.of() {
        Ok(value) => children(value).into_any(),
        Err(error) => problem(error),
    };
    boundary(resource.answer(), waiting, Box::new(draw))
}

/// The one suspense boundary there is: it knows no types.
fn boundary(
    answer: Resource<Answer, AsIs>,
    waiting: Option<ViewFn>,
    draw: Box<dyn Fn(Answer) -> AnyView + Send + Sync>,
) -> AnyView {
    let draw = StoredValue::new(draw);
    let fallback = move || waiting.as_ref().map_or_else(|| bars().into_any(), |waiting| waiting.run());
    view! {
        <Transition fallback=fallback>
            {move || Suspend::new(async move {
                let answer = answer.await;
                draw.with_value(|draw| draw(answer))
            })}
        </Transition>
    }
    .into_any()
}

fn bars() -> impl IntoView {
    view! {
        <div class="page" aria-busy="true">
            <div class="stack">
                <span class="skeleton skeleton--title"></span>
                <span class="skeleton skeleton--long"></span>
                <span class="skeleton skeleton--half"></span>
                <span class="skeleton skeleton--short"></span>
            </div>
            <p class="loading" role="status">"Loading…"</p>
        </div>
    }
}

/// What happened, whether anything was lost, and what to do.
#[component]
pub fn Problem(error: AppError) -> impl IntoView {
    // A page whose one record isn't there is a missing page for whoever asked for it.
    #[cfg(feature = "ssr")]
    if matches!(error, AppError::NotFound) {
        crate::server_context::request::respond_not_found();
    }
    let (icon, title, class) = match &error {
        AppError::NotSignedIn => (IconName::Lock, "You are signed out", "empty"),
        AppError::Forbidden => (IconName::Lock, "Not allowed", "empty"),
        AppError::NotFound => (IconName::Search, "Not found", "empty"),
        AppError::Invalid(_) | AppError::Conflict(_) => {
            (IconName::Alert, "That didn't work", "empty empty--bad")
        }
        AppError::Unavailable { .. } => (IconName::Alert, "Something went wrong", "empty empty--bad"),
        AppError::Unreachable => (IconName::ServerDown, "No connection", "empty empty--bad"),
    };
    let sign_in = matches!(error, AppError::NotSignedIn);
    view! {
        <div class=class role="alert">
            <span class="empty__icon"><Icon name=icon size=20/></span>
            <h2>{title}</h2>
            <p>{error.to_string()}</p>
            <div class="empty__actions">
                {if sign_in {
                    view! { <a class="button button--primary" href="/login" rel="external">"Sign in"</a> }.into_any()
                } else {
                    view! { <a class="button" href="" rel="external">"Reload this page"</a> }.into_any()
                }}
            </div>
        </div>
    }
}
