use domain::view::template::{TemplateProblem, blocks};
use leptos::prelude::*;

use super::state::{Editor, SOURCE, select, select_line};
use crate::any::CollectAny;
use crate::components::{Icon, IconName, TextArea};

/// The text with its blocks and what is wrong with it.
#[component]
pub(super) fn Source(editor: Editor, may_edit: bool) -> impl IntoView {
    if !may_edit {
        return view! {
            <div class="panel">
                <header class="panel__head"><h2>"Text"</h2></header>
                <pre class="template-source" tabindex="0">{move || editor.source.get()}</pre>
            </div>
        }
        .into_any();
    }
    view! {
        <div class="template-source-field">
            <Blocks editor=editor/>
            <TextArea id=SOURCE label="Text of the mail" value=editor.source rows=24/>
        </div>
        <Problems editor=editor/>
    }
    .into_any()
}

/// The parts of the mail: a click goes there.
#[component]
fn Blocks(editor: Editor) -> impl IntoView {
    let found = Memo::new(move |_| {
        let blocks = editor.source.with(|source| blocks(source));
        blocks.into_iter().map(|block| (block.name, block.line, block.offset)).collect::<Vec<_>>()
    });
    let chips = move || {
        found
            .get()
            .into_iter()
            .map(|(name, line, offset)| {
                let label = match name.as_str() {
                    "subject" => "Subject".to_owned(),
                    "preheader" => "Preview text".to_owned(),
                    "content" => "Content".to_owned(),
                    "reason" => "Reason in the footer".to_owned(),
                    _ => name,
                };
                let go = move |_| select(offset, offset);
                view! {
                    <button type="button" class="chip" on:click=go>
                        {label} <span class="chip__count">{format!("line {line}")}</span>
                    </button>
                }
            })
            .collect_any()
    };
    view! { <div class="chips" role="group" aria-label="Go to a part of the text">{chips}</div> }
}

#[component]
fn Problems(editor: Editor) -> impl IntoView {
    let lines = move || {
        editor.preview.with(|preview| {
            (!preview.problems.is_empty()).then(|| {
                let lines =
                    preview.problems.iter().cloned().map(|problem| line(editor, problem)).collect_any();
                view! {
                    <div class="error-summary" data-problems>
                        <h2><Icon name=IconName::Alert/>"This text can't be saved"</h2>
                        <ul>{lines}</ul>
                    </div>
                }
            })
        })
    };
    view! { <div aria-live="polite">{move || lines()}</div> }
}

fn line(editor: Editor, problem: TemplateProblem) -> impl IntoView {
    let place = problem.line.map(|line| {
        let go = move |_| editor.source.with_untracked(|source| select_line(source, line));
        view! { <button type="button" class="link" on:click=go>{format!("Line {line}")}</button> ": " }
    });
    view! { <li>{place} {problem.text}</li> }
}
