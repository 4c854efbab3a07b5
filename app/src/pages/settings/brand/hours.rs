use domain::view::brands::{BrandEdit, HoursEdit};
use leptos::prelude::*;

use super::section::Section;
use crate::any::CollectAny;
use crate::components::{Icon, IconName, SelectField, TextField};
use crate::pages::settings::errors::Errors;

const DAYS: [(i16, &str, &str); 7] = [
    (1, "Mon", "Monday"),
    (2, "Tue", "Tuesday"),
    (3, "Wed", "Wednesday"),
    (4, "Thu", "Thursday"),
    (5, "Fri", "Friday"),
    (6, "Sat", "Saturday"),
    (7, "Sun", "Sunday"),
];

/// When.
#[component]
pub(super) fn Hours(
    slug: String,
    edit: HoursEdit,
    zones: Vec<(String, String)>,
    regions: Vec<(String, String)>,
) -> impl IntoView {
    let errors = Errors::new();
    let zone = RwSignal::new(edit.time_zone);
    let region = RwSignal::new(edit.region);
    let days = RwSignal::new(edit.days);
    let (from, to) = (RwSignal::new(edit.from), RwSignal::new(edit.to));
    let edit = Callback::new(move |()| {
        BrandEdit::Hours(HoursEdit {
            time_zone: zone.get_untracked(),
            region: region.get_untracked(),
            days: days.get_untracked(),
            from: from.get_untracked(),
            to: to.get_untracked(),
        })
    });
    let error = errors.of("brand-days");
    view! {
        <Section title="Office hours" slug=slug errors=errors edit=edit>
            <p class="muted">"Mails leave in these hours of the contact’s own zone. What isn’t known of a contact is the brand’s."</p>
            <fieldset class="field" id="brand-days">
                <legend class="field__label">"Days"</legend>
                <div class="day-choice">
                    {DAYS.map(|(day, short, long)| self::day(day, short, long, days)).collect_any()}
                </div>
                {move || error.get().map(|error| view! { <p class="field__error"><Icon name=IconName::Alert size=14/>{error}</p> })}
            </fieldset>
            <div class="form__row">
                <TextField id="brand-from" label="From" kind="time" value=from error=errors.of("brand-from") required=true/>
                <TextField id="brand-to" label="To" kind="time" value=to error=errors.of("brand-to") required=true/>
            </div>
            <div class="form__row">
                <SelectField id="brand-zone" label="Time zone" choices=zones value=zone error=errors.of("brand-zone")/>
                <SelectField
                    id="brand-region"
                    label="Public holidays of"
                    choices=regions
                    value=region
                    error=errors.of("brand-region")
                />
            </div>
        </Section>
    }
}

fn day(day: i16, short: &'static str, long: &'static str, days: RwSignal<Vec<i16>>) -> impl IntoView {
    let first = days.with_untracked(|days| days.contains(&day));
    view! {
        <label class="check">
            <input
                type="checkbox"
                aria-label=long
                checked=first
                prop:checked=move || days.with(|days| days.contains(&day))
                on:change=move |event| {
                    let chosen = event_target_checked(&event);
                    days.update(|days| {
                        days.retain(|other| *other != day);
                        if chosen {
                            days.push(day);
                        }
                    });
                }
            />
            <span class="check__text">{short}</span>
        </label>
    }
}
