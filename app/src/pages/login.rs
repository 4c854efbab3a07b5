use domain::view::frame::{DEMO_PASSWORD, DemoSignIn};
use leptos::{html, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use crate::any::CollectAny;
use crate::components::{Avatar, AvatarSize, Icon, IconName, Load, Logo};
use crate::server_fns::frame::demo_sign_ins;
use crate::wire::blocking;

/// Sign-in. A plain form, so that it works before the browser's half has loaded.
#[component]
pub fn Login() -> impl IntoView {
    let query = use_query_map();
    let asked = move |name: &'static str| query.with(|query| query.get(name).unwrap_or_default());
    let problem = Memo::new(move |_| Problem::named(&asked("problem")));
    let wrong = move || (problem.get() == Some(Problem::Wrong)).then_some("true");
    // The inputs keep their own values: a signal behind them would clear what was typed before the page was taken over.
    let (email, password) = (NodeRef::<html::Input>::new(), NodeRef::<html::Input>::new());
    let button = NodeRef::<html::Button>::new();
    let fill = move |address: String| {
        for (input, value) in [(email, address.as_str()), (password, DEMO_PASSWORD)] {
            if let Some(input) = input.get_untracked() {
                input.set_value(value);
            }
        }
        if let Some(button) = button.get_untracked() {
            let _ = button.focus();
        }
    };
    view! {
        <Title text="Sign in"/>
        <main class="login" data-brand="all">
            <div class="login__card">
                <div class="login__brand"><Logo/><span>"Overture"</span></div>
                <h1>"Sign in"</h1>
                <p class="login__lead">"Your pipelines, mails and replies, in one place."</p>
                <form class="form" method="post" action="/session">
                    {move || problem.get().map(Problem::notice)}
                    <input type="hidden" name="next" value=move || asked("next")/>
                    <div class="field">
                        <label class="field__label" for="email">"Email"</label>
                        <input
                            class="input"
                            id="email"
                            name="email"
                            type="email"
                            autocomplete="username"
                            required
                            autofocus
                            aria-invalid=wrong
                            value=asked("email")
                            node_ref=email
                        />
                    </div>
                    <div class="field">
                        <label class="field__label" for="password">"Password"</label>
                        <input
                            class="input"
                            id="password"
                            name="password"
                            type="password"
                            autocomplete="current-password"
                            required
                            aria-invalid=wrong
                            node_ref=password
                        />
                    </div>
                    <button type="submit" class="button button--primary button--wide" node_ref=button>"Sign in"</button>
                </form>
                <DemoSignIns on_choose=fill/>
            </div>
        </main>
    }
    .into_any()
}

/// Why the person is back on this page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Problem {
    Wrong,
    Throttled,
    Unavailable,
}

impl Problem {
    /// The problem the address names.
    fn named(name: &str) -> Option<Self> {
        match name {
            "wrong" => Some(Self::Wrong),
            "throttled" => Some(Self::Throttled),
            "unavailable" => Some(Self::Unavailable),
            _ => None,
        }
    }

    fn notice(self) -> impl IntoView {
        let (title, text) = match self {
            Self::Wrong => ("That email and password don't match", "Check both and try again."),
            Self::Throttled => ("Too many tries", "Signing in pauses for 15 minutes. Then try again."),
            Self::Unavailable => (
                "Signing in isn't possible right now",
                "The database does not answer. Try again in a moment.",
            ),
        };
        view! {
            <div class="error-summary" role="alert" tabindex="-1">
                <h2><Icon name=IconName::Alert/>{title}</h2>
                <p>{text}</p>
            </div>
        }
    }
}

/// In the demo: everybody who may sign in with the published password. A click fills the form.
#[component]
fn DemoSignIns(#[prop(into)] on_choose: Callback<String>) -> impl IntoView {
    let people = blocking(|| (), |()| demo_sign_ins());
    let nothing = |_| ().into_any();
    view! {
        <Load resource=people waiting=|| () problem=nothing let:people>
            {(!people.is_empty()).then(|| {
                let lines = people.into_iter().map(|person| line(person, on_choose)).collect_any();
                view! {
                    <section class="login__demo" aria-labelledby="demo">
                        <h2 id="demo">"Demo sign-ins "<span>"password "<code>{DEMO_PASSWORD}</code></span></h2>
                        <ul>{lines}</ul>
                    </section>
                }
            })}
        </Load>
    }
}

fn line(person: DemoSignIn, on_choose: Callback<String>) -> impl IntoView {
    let DemoSignIn { name, email, role } = person;
    let chosen = email.clone();
    view! {
        <li>
            <button type="button" on:click=move |_| on_choose.run(chosen.clone())>
                <Avatar name=name size=AvatarSize::Large/>
                <span>{email}<small>{role}</small></span>
                <Icon name=IconName::ArrowRight/>
            </button>
        </li>
    }
}
