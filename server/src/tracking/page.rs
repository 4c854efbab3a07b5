//! What the owner of an address does about a brand's mails: opts out, stays, or comes back.

use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;
use outreach::optout::OptOut;

use super::outside::document;

/// What the page offers; whatever is sent is kept as it is.
const REASONS: [&str; 4] =
    ["I get too many mails", "It isn't relevant to me", "I never agreed to this", "I'd rather not say"];

/// Asks the person to confirm.
pub fn ask(view: &OptOut, address: &str) -> Response {
    let OptOut { brand_name, masked, .. } = view.clone();
    let reasons = REASONS
        .iter()
        .map(|reason| view! { <label><input type="radio" name="reason" value=*reason/>{*reason}</label> })
        .collect_view();
    let body = view! {
        <h1>{format!("Unsubscribe from {brand_name}?")}</h1>
        <p>{format!("{brand_name} will not write to ")}<b>{masked}</b>" again."</p>
        <form method="post" action=address.to_owned()>
            <fieldset>
                <legend>"Why? (only if you like to say)"</legend>
                {reasons}
            </fieldset>
            <button type="submit">"Unsubscribe"</button>
            <a class="button" href=format!("{address}/kept")>"Stay subscribed"</a>
        </form>
    };
    document(StatusCode::OK, &format!("Unsubscribe from {brand_name}"), Some(view), body.into_any())
}

/// It is done, now or earlier.
pub fn opted_out(view: &OptOut, address: &str) -> Response {
    let OptOut { brand_name, masked, website, may_return, .. } = view.clone();
    let back = may_return.then(|| {
        view! { <p class="quiet">"Was that a mistake? "<a href=format!("{address}/back")>"Subscribe again"</a>"."</p> }
    });
    let body = view! {
        <h1>"You are unsubscribed"</h1>
        <p>{format!("{brand_name} will not write to ")}<b>{masked}</b>" again."</p>
        <p class="quiet">"You can close this page, or visit "<a href=website rel="noreferrer">{brand_name.clone()}</a>"."</p>
        {back}
    };
    document(StatusCode::OK, "You are unsubscribed", Some(view), body.into_any())
}

/// Nothing has changed.
pub fn kept(view: &OptOut) -> Response {
    let OptOut { brand_name, masked, website, .. } = view.clone();
    let body = view! {
        <h1>"You stay subscribed"</h1>
        <p>"Nothing has changed: "{brand_name.clone()}" may go on writing to "<b>{masked}</b>"."</p>
        <p class="quiet">"You can close this page, or visit "<a href=website rel="noreferrer">{brand_name.clone()}</a>"."</p>
    };
    document(StatusCode::OK, "You stay subscribed", Some(view), body.into_any())
}

/// Asks for the address, as proof and on purpose.
pub fn ask_back(view: &OptOut, address: &str, wrong: bool) -> Response {
    let OptOut { brand_name, masked, .. } = view.clone();
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let problem = wrong.then(|| {
        view! {
            <p class="problem" role="alert" id="wrong">
                "That is not the address this mail was sent to. Nothing was changed."
            </p>
        }
    });
    let body = view! {
        <h1>{format!("Subscribe to {brand_name} again?")}</h1>
        <p>"Type the address "<b>{masked}</b>" in full. "{format!("{brand_name} may write to it again then; no mail is sent by this.")}</p>
        <form method="post" action=format!("{address}/back")>
            {problem}
            <label class="field">
                <span>"E-mail address"</span>
                <input
                    type="email"
                    name="email"
                    autocomplete="email"
                    required
                    aria-invalid=wrong.then_some("true")
                    aria-describedby=wrong.then_some("wrong")
                />
            </label>
            <button type="submit">"Subscribe again"</button>
            <a class="button" href=address.to_owned()>"Stay unsubscribed"</a>
        </form>
    };
    document(status, &format!("Subscribe to {brand_name} again"), Some(view), body.into_any())
}

/// The brand may write again.
pub fn returned(view: &OptOut) -> Response {
    let OptOut { brand_name, masked, .. } = view.clone();
    let body = view! {
        <h1>"You are subscribed again"</h1>
        <p>{format!("{brand_name} may write to ")}<b>{masked}</b>" again. Every mail has a link to unsubscribe."</p>
        <p class="quiet">"You can close this page."</p>
    };
    document(StatusCode::OK, "You are subscribed again", Some(view), body.into_any())
}

/// On the list for another reason than its owner's wish.
pub fn not_by_link(view: &OptOut) -> Response {
    let OptOut { brand_name, masked, website, .. } = view.clone();
    let body = view! {
        <h1>"This link can't change that"</h1>
        <p>{format!("{brand_name} does not write to ")}<b>{masked}</b>": mails to it came back, were reported as spam, or were stopped by hand."</p>
        <p class="quiet">"If you would like to hear from them, write to them on "<a href=website rel="noreferrer">{brand_name.clone()}</a>"."</p>
    };
    document(StatusCode::OK, "This link can't change that", Some(view), body.into_any())
}
