use domain::view::template::TemplatePage;
use leptos::ev;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::preview::Preview;
use super::source::Source;
use super::state::Editor;
use super::test_dialog::{TestDialog, TestFateNotice};
use super::variables::Variables;
use super::versions::Versions;
use crate::components::{
    Badge, BadgeKind, Button, ButtonKind, IconName, Load, Notice, TextField, use_toasts,
};
use crate::effect::effect;
use crate::layouts::{Crumb, Page};
use crate::server_fns::templates::template;
use crate::wire::blocking;

/// One template: its text left, what becomes of it right.
#[component]
pub fn Template() -> impl IntoView {
    let params = use_params_map();
    let place = Memo::new(move |_| {
        params.with(|params| (params.get("brand").unwrap_or_default(), params.get("key").unwrap_or_default()))
    });
    // The clock of the demo and other people's changes must not take a text away that somebody is writing.
    let page = blocking(move || place.get(), |(brand, key)| template(brand, key));
    view! { <Load resource=page let:page><Whole page=page/></Load> }.into_any()
}

#[component]
fn Whole(page: TemplatePage) -> impl IntoView {
    let crumbs = vec![Crumb::new("Settings", "/settings"), Crumb::new("Templates", "/settings/templates")];
    view! { <Page title=page.title.clone() crumbs=crumbs><Content page=page/></Page> }
}

#[component]
fn Content(page: TemplatePage) -> impl IntoView {
    let editor = Editor::new(&page);
    let testing = RwSignal::new(false);
    let test = RwSignal::new(None);
    let may_edit = page.may_edit;
    editor.follow();
    if may_edit {
        keep_watch(editor);
    }
    view! {
        <div class="template-editor">
            <Head page=page.clone() editor=editor testing=testing/>
            <TestFateNotice test=test/>
            {move || {
                editor.said.get().map(|(kind, words)| view! { <Notice kind=kind><p>{words}</p></Notice> })
            }}
            <div class="template-editor__columns">
                <section class="template-editor__text" aria-label="Text">
                    <Source editor=editor may_edit=may_edit/>
                    {may_edit.then(|| view! { <Variables editor=editor variables=page.variables.clone()/> })}
                    <Versions editor=editor may_edit=may_edit/>
                </section>
                <section class="template-editor__mail" aria-label="Preview">
                    <Preview editor=editor samples=page.samples.clone()/>
                </section>
            </div>
            {may_edit
                .then(|| {
                    view! { <TestDialog editor=editor own_address=page.own_address.clone() open=testing test=test/> }
                })}
        </div>
    }
}

#[component]
fn Head(page: TemplatePage, editor: Editor, testing: RwSignal<bool>) -> impl IntoView {
    let toasts = use_toasts();
    let uses = match page.uses.as_slice() {
        [] => "No stage uses it".to_owned(),
        uses => uses.join(", "),
    };
    let sound = move || editor.preview.with(|preview| preview.problems.is_empty());
    let actions = page.may_edit.then(|| {
        view! {
            <div class="page__actions template-editor__actions">
                <Button
                    icon=IconName::Send
                    disabled=Signal::derive(move || !sound())
                    on_press=move |()| testing.set(true)
                >
                    "Send a test"
                </Button>
                <Button
                    kind=ButtonKind::Primary
                    busy=editor.busy
                    disabled=Signal::derive(move || !editor.is_changed() || !sound())
                    on_press=move |()| editor.save(toasts)
                >
                    "Save and use"
                </Button>
            </div>
        }
    });
    let note = page.may_edit.then(|| {
        view! {
            <Show when=move || editor.is_changed()>
                <div class="template-editor__note">
                    <TextField
                        id="template-note"
                        label="What did you change?"
                        value=editor.note
                        optional=true
                        placeholder="Shorter, one question at the end"
                    />
                </div>
            </Show>
        }
    });
    let read_only = (!page.may_edit).then(
        || view! { <Notice>"Managers and admins of the brand change templates; you can read them."</Notice> },
    );
    view! {
        <header class="page__head">
            <div>
                <h1 class="template-editor__title">{page.title} " " <Standing editor=editor/></h1>
                <p>
                    <span class="brand-tag"><span class=format!("dot dot--{}", page.brand_slug)></span>{page.brand_name}</span>
                    " · " {page.family} " · " {uses}
                </p>
            </div>
            {actions}
        </header>
        {read_only}
        {note}
    }
}

/// Shipped or edited, and whether the text differs from what is in force.
#[component]
fn Standing(editor: Editor) -> impl IntoView {
    view! {
        {move || {
            if editor.is_changed() {
                view! { <Badge kind=BadgeKind::Warning icon=IconName::Pencil label="Not saved"/> }.into_any()
            } else {
                match editor.base.get().in_force {
                    0 => view! { <Badge kind=BadgeKind::Outline icon=IconName::File label="As shipped"/> }
                        .into_any(),
                    version => {
                        let label = format!("Version {version}");
                        view! { <Badge kind=BadgeKind::Info icon=IconName::Pencil label=label/> }.into_any()
                    }
                }
            }
        }}
    }
}

/// Ctrl S and ⌘ S save; leaving with an unsaved text is asked about.
fn keep_watch(editor: Editor) {
    let toasts = use_toasts();
    effect(move || {
        let keys = window_event_listener(ev::keydown, move |event| {
            if (event.ctrl_key() || event.meta_key()) && event.key().eq_ignore_ascii_case("s") {
                event.prevent_default();
                let sound = editor.preview.with_untracked(|preview| preview.problems.is_empty());
                if sound || editor.stale.get_untracked() {
                    editor.save(toasts);
                }
            }
        });
        let leaving = window_event_listener(ev::beforeunload, move |event| {
            if untrack(|| editor.is_changed()) {
                event.prevent_default();
            }
        });
        on_cleanup(move || {
            keys.remove();
            leaving.remove();
        });
    });
}
