use domain::view::brands::{BrandEdit, Saved, Sending};
use leptos::prelude::*;

use crate::components::{Button, ButtonKind, ErrorSummary, Icon, IconName, Notice, NoticeKind};
use crate::pages::settings::errors::Errors;
use crate::server_fns::brands::save_brand;

/// Whether the brand's mail goes out, as the head of the page says it. Saving a part tells it anew, because loading the
/// page again would lose what is typed in the other parts.
#[derive(Clone, Copy)]
pub(super) struct Shown(pub RwSignal<Sending>);

/// A part of the settings that is saved by itself: its fields, what is wrong with them, and when it was saved.
#[component]
pub(super) fn Section(
    #[prop(into)] title: String,
    slug: String,
    errors: Errors,
    /// What is in the fields now.
    edit: Callback<(), BrandEdit>,
    /// Called once it is saved.
    #[prop(optional, into)]
    on_saved: Option<Callback<()>>,
    children: Children,
) -> impl IntoView {
    let state = expect_context::<Shown>();
    let (saved, problem) = (RwSignal::new(None::<String>), RwSignal::new(None::<String>));
    let busy = RwSignal::new(false);
    let failed = format!("{title}: nothing was saved");
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        busy.set(true);
        let (slug, edit) = (slug.clone(), edit.run(()));
        leptos::task::spawn_local(async move {
            let outcome = save_brand(slug, edit).await;
            let _ = busy.try_set(false);
            let _ = saved.try_set(None);
            let _ = problem.try_set(None);
            match outcome {
                Ok(Saved::Done { at, sending }) => {
                    let _ = errors.0.try_set(Vec::new());
                    let _ = saved.try_set(Some(at));
                    let _ = state.0.try_set(sending);
                    if let Some(on_saved) = on_saved {
                        on_saved.run(());
                    }
                }
                Ok(Saved::Errors(found)) => {
                    let _ = errors.0.try_set(found);
                }
                Err(error) => {
                    let _ = problem.try_set(Some(error.to_string()));
                }
            }
        });
    };
    view! {
        <section class="panel">
            <header class="panel__head"><h2>{title}</h2></header>
            <form class="panel__body form" novalidate on:submit=save>
                <ErrorSummary errors=errors.0 title=failed/>
                {move || problem.get().map(|text| view! { <Notice kind=NoticeKind::Error><p>{text}</p></Notice> })}
                {children()}
                <div class="form__foot">
                    <Button kind=ButtonKind::Secondary submit=true busy=busy>"Save"</Button>
                    <span class="field__saved" role="status">
                        {move || {
                            saved
                                .get()
                                .map(|time| view! { <Icon name=IconName::Check size=14/> {format!("Saved {time}")} })
                        }}
                    </span>
                </div>
            </form>
        </section>
    }
}
