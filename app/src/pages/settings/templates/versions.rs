use domain::view::template::TemplateVersion;
use leptos::prelude::*;

use super::state::Editor;
use crate::any::CollectAny;
use crate::components::{Badge, BadgeKind, Button, Confirm, IconName, Time, use_toasts};

/// Every version, newest first, and the file last.
#[component]
pub(super) fn Versions(editor: Editor, may_edit: bool) -> impl IntoView {
    let toasts = use_toasts();
    let (asking, wanted) = (RwSignal::new(false), RwSignal::new(0));
    let lines = move || {
        let versions = editor.versions.get();
        versions.into_iter().map(|version| line(editor, version, may_edit, asking, wanted)).collect_any()
    };
    let named = move || match wanted.get() {
        0 => "the text as shipped".to_owned(),
        version => format!("version {version}"),
    };
    let confirm = may_edit.then(|| {
        view! {
            <Confirm
                id="restore-version"
                title=Signal::derive(move || format!("Use {} again?", named()))
                text=Signal::derive(move || {
                    let lost = if editor.is_changed() { " What you have typed and not saved is lost." } else { "" };
                    format!("Mails are written from {} at once. No version is deleted.{lost}", named())
                })
                action=Signal::derive(move || format!("Use {}", named()))
                open=asking
                on_confirm=move |()| editor.restore(wanted.get_untracked(), toasts)
            />
        }
    });
    view! {
        <section class="panel">
            <header class="panel__head"><h2>"Versions"</h2></header>
            <ol class="template-versions">{move || lines()}</ol>
        </section>
        {confirm}
    }
}

fn line(
    editor: Editor,
    version: TemplateVersion,
    may_edit: bool,
    asking: RwSignal<bool>,
    wanted: RwSignal<i32>,
) -> impl IntoView {
    let toasts = use_toasts();
    let TemplateVersion { number, note, author, at, in_force } = version;
    let name = if number == 0 { "As shipped".to_owned() } else { format!("Version {number}") };
    let restore = move |()| {
        wanted.set(number);
        asking.set(true);
    };
    let actions = may_edit.then(|| {
        let labels = (format!("Open {}", name.to_ascii_lowercase()), format!("Use {} again", name.to_ascii_lowercase()));
        view! {
            <span class="template-versions__actions">
                <Button small=true label=labels.0 on_press=move |()| editor.open_version(number, toasts)>"Open"</Button>
                {(!in_force)
                    .then(|| view! { <Button small=true label=labels.1 busy=editor.busy on_press=restore>"Use again"</Button> })}
            </span>
        }
    });
    let when = at.map(|at| view! { <Time instant=at.instant text=at.text full=at.full/> });
    view! {
        <li data-version=number.to_string()>
            <div class="template-versions__what">
                <p>
                    <b>{name}</b>
                    {in_force.then(|| view! { " " <Badge kind=BadgeKind::Good icon=IconName::Check label="In use"/> })}
                </p>
                <p class="meta">
                    {if number == 0 { "The file in email_templates".to_owned() } else { author }}
                    {when.map(|when| view! { " · " {when} })}
                    {(!note.is_empty()).then(|| view! { " · " {note} })}
                </p>
            </div>
            {actions}
        </li>
    }
}
