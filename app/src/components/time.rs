use leptos::prelude::*;

/// An instant, in words the server chose: the browser has no zone tables, and two clocks would break hydration.
#[component]
pub fn Time(
    /// RFC 3339.
    #[prop(into)]
    instant: String,
    /// Short or relative: "tomorrow 10:40".
    #[prop(into)]
    text: String,
    /// On hover, with zone: "Friday 27 November 2026, 10:40 (Sydney)".
    #[prop(optional, into)]
    full: Option<String>,
    /// Past due: red text.
    #[prop(optional)]
    overdue: bool,
) -> impl IntoView {
    view! { <time class=overdue.then_some("overdue") datetime=instant title=full>{text}</time> }
}
