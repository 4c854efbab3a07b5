use std::time::Duration;

use domain::MessageId;
use domain::mailing::MessageState;
use domain::view::template::TestFate;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::state::Editor;
use crate::components::{Button, ButtonKind, Dialog, IconName, Notice, NoticeKind, TextField};
use crate::layouts::use_links;
use crate::paths;
use crate::server_fns::templates::{fate_of_test, send_template_test};

/// Time between two looks at what has become of a test.
const PAUSE: Duration = Duration::from_millis(1_500);
/// Looks before the page leaves it at that: a minute.
const MOST_LOOKS: u8 = 40;

/// A test and what has become of it so far.
pub(super) type Test = (MessageId, TestFate);

/// Asks where the test goes, and sends it.
#[component]
pub(super) fn TestDialog(
    editor: Editor,
    own_address: String,
    open: RwSignal<bool>,
    test: RwSignal<Option<Test>>,
) -> impl IntoView {
    let to = RwSignal::new(own_address);
    let (problem, busy) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let send = move |()| {
        busy.set(true);
        problem.set(None);
        spawn_local(async move {
            let outcome = send_template_test(editor.draft(), to.get_untracked()).await;
            let _ = busy.try_set(false);
            match outcome {
                Ok(id) => {
                    let _ = open.try_set(false);
                    let words = "The test is on its way.".to_owned();
                    let fate = TestFate { state: MessageState::Queued, words, settled: false };
                    let _ = test.try_set(Some((id, fate)));
                    look(id, test, MOST_LOOKS);
                }
                Err(error) => {
                    let _ = problem.try_set(Some(error.to_string()));
                }
            }
        });
    };
    let foot: Children = Box::new(move || {
        view! {
            <Button on_press=move |()| open.set(false)>"Cancel"</Button>
            <Button kind=ButtonKind::Primary icon=IconName::Send busy=busy on_press=send>"Send 1 test"</Button>
        }
        .into_any()
    });
    view! {
        <Dialog id="send-test" title="Send a test" open=open foot=foot>
            <div class="stack">
                <p>
                    "The text in the editor goes out as it stands, for the contact of the preview, with [Test] before its \
                     subject. It is in nobody's history and counts for nothing; its unsubscribe link does nothing."
                </p>
                <TextField
                    id="test-to"
                    label="Send the test to"
                    kind="email"
                    value=to
                    error=problem
                    help="A colleague's address. Contacts get no tests."
                />
            </div>
        </Dialog>
    }
}

fn look(id: MessageId, test: RwSignal<Option<Test>>, looks: u8) {
    set_timeout(
        move || {
            spawn_local(async move {
                let answer = fate_of_test(id).await;
                // Another test may have been sent, or the page is gone.
                let current = test.try_with_untracked(|test| test.as_ref().map(|(id, _)| *id)).flatten();
                if current != Some(id) {
                    return;
                }
                let settled = answer.as_ref().is_ok_and(|fate| fate.settled);
                if let Ok(fate) = answer {
                    let _ = test.try_set(Some((id, fate)));
                }
                if !settled && looks > 0 {
                    look(id, test, looks - 1);
                }
            });
        },
        PAUSE,
    );
}

/// What became of the test sent last.
#[component]
pub(super) fn TestFateNotice(test: RwSignal<Option<Test>>) -> impl IntoView {
    let links = use_links();
    let notice = move || {
        test.get().map(|(id, fate)| {
            let kind = match fate.state {
                MessageState::Sent => NoticeKind::Good,
                MessageState::Failed => NoticeKind::Error,
                MessageState::Unknown | MessageState::Blocked | MessageState::Cancelled => {
                    NoticeKind::Warning
                }
                MessageState::Draft
                | MessageState::Scheduled
                | MessageState::Queued
                | MessageState::Sending => NoticeKind::Info,
            };
            let path = paths::email(id);
            view! {
                <Notice kind=kind>
                    <p data-test-fate=fate.state.as_str()>
                        {fate.words} " " <a class="link" href=move || links.to(&path)>"Look at the mail"</a>
                    </p>
                </Notice>
            }
        })
    };
    view! { <div role="status">{move || notice()}</div> }
}
