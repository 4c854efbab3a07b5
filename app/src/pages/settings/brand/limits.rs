use domain::view::brands::{BrandEdit, LimitsEdit, Today};
use leptos::prelude::*;

use super::section::Section;
use crate::components::TextField;
use crate::pages::settings::errors::Errors;

/// How much.
#[component]
pub(super) fn Limits(slug: String, edit: LimitsEdit, today: Today) -> impl IntoView {
    let errors = Errors::new();
    let hourly = RwSignal::new(edit.hourly_cap);
    let daily = RwSignal::new(edit.daily_cap);
    let gap = RwSignal::new(edit.contact_gap_hours);
    let warm_up = RwSignal::new(edit.warm_up_from);
    let edit = Callback::new(move |()| {
        BrandEdit::Limits(LimitsEdit {
            hourly_cap: hourly.get_untracked(),
            daily_cap: daily.get_untracked(),
            contact_gap_hours: gap.get_untracked(),
            warm_up_from: warm_up.get_untracked(),
        })
    });
    let plan = match today.warm_up_day {
        Some(day) => format!(
            "Today is sending day {day}: at most {} mails. Each sending day allows a quarter more, up to the daily limit.",
            today.cap
        ),
        None => "A new sending domain starts with 20 mails a day and a quarter more each sending day. Empty: no warm-up.".to_owned(),
    };
    view! {
        <Section title="Limits" slug=slug errors=errors edit=edit>
            <div class="form__row">
                <TextField
                    id="brand-hourly-cap"
                    label="Mails an hour"
                    value=hourly
                    error=errors.of("brand-hourly-cap")
                    help="Spread evenly over the hour."
                    required=true
                />
                <TextField id="brand-daily-cap" label="Mails a day" value=daily error=errors.of("brand-daily-cap") required=true/>
                <TextField
                    id="brand-contact-gap"
                    label="Hours between mails to one contact"
                    value=gap
                    error=errors.of("brand-contact-gap")
                    required=true
                />
            </div>
            <div class="form__row">
                <TextField
                    id="brand-warm-up"
                    label="Warm-up since"
                    kind="date"
                    value=warm_up
                    error=errors.of("brand-warm-up")
                    help=plan
                    optional=true
                />
            </div>
        </Section>
    }
}
