use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// Sign-in. A plain form, so that it works before the browser's half has loaded.
#[component]
pub fn Login() -> impl IntoView {
    let query = use_query_map();
    let asked = move |name: &'static str| query.with(|query| query.get(name).unwrap_or_default());
    let problem = move || match asked("problem").as_str() {
        "wrong" => Some("That email and password don't match. Check both and try again."),
        "throttled" => Some("Too many tries. Wait 15 minutes, then try again."),
        "unavailable" => Some("Signing in isn't possible right now because the database does not answer. Try again in a moment."),
        _ => None,
    };
    view! {
        <Title text="Sign in"/>
        <main class="login" data-brand="all">
            <div class="login__card">
                <h1>"Sign in"</h1>
                {move || problem().map(|text| view! { <div class="error-summary" role="alert" tabindex="-1"><p>{text}</p></div> })}
                <form class="form" method="post" action="/session">
                    <input type="hidden" name="next" value=move || asked("next")/>
                    <div class="field">
                        <label class="field__label" for="email">"Email"</label>
                        <input class="input" id="email" name="email" type="email" autocomplete="username" required value=move || asked("email")/>
                    </div>
                    <div class="field">
                        <label class="field__label" for="password">"Password"</label>
                        <input class="input" id="password" name="password" type="password" autocomplete="current-password" required/>
                    </div>
                    <button type="submit" class="button button--primary button--wide">"Sign in"</button>
                </form>
            </div>
        </main>
    }
}
