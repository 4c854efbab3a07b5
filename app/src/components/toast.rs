use std::time::Duration;

use leptos::prelude::*;

use super::{Icon, IconName};

/// How long a toast stays; one with a problem stays until closed.
const STAY: Duration = Duration::from_secs(10);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tone {
    Plain,
    Good,
    Problem,
}

#[derive(Clone)]
struct Toast {
    key: u32,
    tone: Tone,
    text: String,
    undo: Option<Callback<()>>,
}

/// Says what just happened. Take it from [`use_toasts`].
#[derive(Clone, Copy)]
pub struct Toasts {
    list: RwSignal<Vec<Toast>>,
    next_key: StoredValue<u32>,
    /// The pointer or the focus is on the toasts: none may go away.
    held: RwSignal<bool>,
}

impl Toasts {
    /// Something happened.
    pub fn say(self, text: impl Into<String>) {
        self.push(Tone::Plain, text.into(), None);
    }

    /// Something the person wanted has been done.
    pub fn good(self, text: impl Into<String>) {
        self.push(Tone::Good, text.into(), None);
    }

    /// Something didn't work; stays until closed.
    pub fn problem(self, text: impl Into<String>) {
        self.push(Tone::Problem, text.into(), None);
    }

    /// Something has been done that `undo` takes back.
    pub fn with_undo(self, text: impl Into<String>, undo: impl Fn() + Send + Sync + 'static) {
        self.push(Tone::Plain, text.into(), Some(Callback::new(move |()| undo())));
    }

    fn push(self, tone: Tone, text: String, undo: Option<Callback<()>>) {
        let key = self.next_key.get_value();
        self.next_key.set_value(key.wrapping_add(1));
        self.list.update(|list| {
            // Three at most: older ones have been read or never will be.
            if list.len() >= 3 {
                list.remove(0);
            }
            list.push(Toast { key, tone, text, undo });
        });
        if tone != Tone::Problem {
            self.expire(key);
        }
    }

    fn expire(self, key: u32) {
        set_timeout(
            move || {
                if self.held.try_get_untracked().unwrap_or(false) {
                    self.expire(key);
                } else {
                    self.close(key);
                }
            },
            STAY,
        );
    }

    fn close(self, key: u32) {
        // The list may be gone with its owner when a timer fires.
        let _ = self.list.try_update(|list| list.retain(|toast| toast.key != key));
    }
}

/// The toasts of the application. Only in the browser: call it in a component, use it in event handlers and effects.
pub fn use_toasts() -> Toasts {
    expect_context::<Toasts>()
}

/// Wraps the application: provides [`Toasts`] to everything inside and shows them in a live region.
#[component]
pub fn ToastHost(children: Children) -> impl IntoView {
    let toasts =
        Toasts { list: RwSignal::new(Vec::new()), next_key: StoredValue::new(0), held: RwSignal::new(false) };
    provide_context(toasts);
    view! {
        {children()}
        <div
            class="toasts"
            role="status"
            aria-live="polite"
            on:pointerenter=move |_| toasts.held.set(true)
            on:pointerleave=move |_| toasts.held.set(false)
            on:focusin=move |_| toasts.held.set(true)
            on:focusout=move |_| toasts.held.set(false)
        >
            <For each=move || toasts.list.get() key=|toast| toast.key let:toast>
                {line(toasts, toast)}
            </For>
        </div>
    }
}

fn line(toasts: Toasts, toast: Toast) -> impl IntoView {
    let Toast { key, tone, text, undo } = toast;
    let (class, icon) = match tone {
        Tone::Plain => ("toast", None),
        Tone::Good => ("toast toast--good", Some(IconName::Check)),
        Tone::Problem => ("toast toast--bad", Some(IconName::Alert)),
    };
    let undo = undo.map(|undo| {
        let press = move |_| {
            toasts.close(key);
            undo.run(());
        };
        view! { <button type="button" class="toast__action" on:click=press>"Undo"</button> }
    });
    view! {
        <div class=class>
            {icon.map(|name| view! { <Icon name=name/> })}
            <p>{text}</p>
            {undo}
            <button type="button" class="toast__close" aria-label="Close" on:click=move |_| toasts.close(key)>
                <Icon name=IconName::Close size=14/>
            </button>
        </div>
    }
}
