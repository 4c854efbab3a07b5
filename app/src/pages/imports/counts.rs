use leptos::prelude::*;

use crate::pages::listing::grouped;

/// A number in a table; nothing is a dash.
pub fn figure(number: i64) -> impl IntoView {
    if number == 0 {
        view! { <span class="zero">"–"</span> }.into_any()
    } else {
        grouped(number).into_any()
    }
}

/// One of the figures in a row of them, with a remark below.
pub fn count(label: &'static str, number: i64, remark: Option<&'static str>) -> impl IntoView {
    let class = (number == 0).then_some("zero");
    view! {
        <div>
            <dt>{label}</dt>
            <dd class=class>{grouped(number)}</dd>
            {remark.map(|remark| view! { <small>{remark}</small> })}
        </div>
    }
}
