use chrono_tz::Tz;
use database::Connection;
use database::brand::Brand;
use database::settings::{Audited, audit};
use domain::view::brands::{BrandEdit, HoursEdit, IdentityEdit, LimitsEdit, Saved};
use serde_json::{Value, json};

use super::fields::Errors;
use super::{account, managed, page};
use crate::people::CurrentUser;
use crate::transports::StoredAccount;
use crate::{Environment, Refused};

/// Stores what a person changed about one part of a brand's settings: all of it, or nothing and what is wrong.
///
/// # Errors
/// [`Refused::NotFound`] for a brand that isn't theirs; [`Refused::Invalid`] below the role.
pub async fn save_brand(
    environment: &Environment,
    user: &CurrentUser,
    slug: &str,
    edit: &BrandEdit,
) -> Result<Saved, Refused> {
    let id = managed(user, slug)?.id;
    let now = environment.clock().now();
    let mut transaction = environment.database().brand(id).await?;
    let before = database::brand::lock(&mut transaction, id).await?;
    let mut errors = Errors::default();
    let (action, detail) = match edit {
        BrandEdit::Account(edit) => {
            let stored = StoredAccount::load(&mut transaction, id).await?;
            let new = account::read(environment, &before, stored.as_ref(), edit, now, &mut errors);
            if !errors.0.is_empty() {
                return Ok(Saved::Errors(errors.0));
            }
            let detail = json!({ "provider": edit.provider, "host": edit.host, "port": edit.port,
                "encryption": edit.encryption, "username": edit.username, "data_centre": edit.data_centre,
                "account_id": edit.account_id, "client_id": edit.client_id, "secrets": new.typed() });
            new.store(environment, &mut transaction).await?;
            ("mail_account_saved", detail)
        }
        BrandEdit::Identity(edit) => {
            let after = identity(&before, edit, &mut errors);
            ("brand_identity_saved", changed(&mut transaction, &before, &after, &errors).await?)
        }
        BrandEdit::Limits(edit) => {
            let after = limits(&before, edit, &mut errors);
            ("brand_limits_saved", changed(&mut transaction, &before, &after, &errors).await?)
        }
        BrandEdit::Hours(edit) => {
            let after = hours(&before, edit, &mut errors);
            ("brand_hours_saved", changed(&mut transaction, &before, &after, &errors).await?)
        }
        BrandEdit::Tracking(edit) => {
            let after = Brand { tracks_opens: edit.opens, tracks_clicks: edit.clicks, ..before.clone() };
            ("brand_tracking_saved", changed(&mut transaction, &before, &after, &errors).await?)
        }
    };
    if !errors.0.is_empty() {
        return Ok(Saved::Errors(errors.0));
    }
    let change = Audited {
        id: environment.clock().new_id(),
        brand: id,
        by: user.id(),
        action,
        subject_kind: "brand",
        subject: id.0,
        detail,
        at: now,
    };
    audit(&mut transaction, &change).await?;
    let after = database::brand::find(&mut transaction, id).await?;
    let stored = StoredAccount::load(&mut transaction, id).await?;
    transaction.commit().await?;
    Ok(Saved::Done {
        at: now.with_timezone(&user.zone()).format("%H:%M").to_string(),
        sending: page::sending(environment, &after, stored.as_ref()),
    })
}

/// Writes the brand when nothing is wrong. What it was and is, for the record.
async fn changed(
    connection: &mut Connection,
    before: &Brand,
    after: &Brand,
    errors: &Errors,
) -> Result<Value, Refused> {
    if errors.0.is_empty() {
        database::brand::save(connection, after).await?;
    }
    let (before, after) = (facts(before), facts(after));
    let differing = before.iter().zip(&after).filter(|(before, after)| before != after);
    let fields: serde_json::Map<String, Value> = differing
        .map(|((name, before), (_, after))| ((*name).to_owned(), json!({ "from": before, "to": after })))
        .collect();
    Ok(Value::Object(fields))
}

fn facts(brand: &Brand) -> [(&'static str, Value); 21] {
    [
        ("name", json!(brand.name)),
        ("legal_name", json!(brand.legal_name)),
        ("postal_address", json!(brand.postal_address)),
        ("from_name", json!(brand.from_name)),
        ("from_email", json!(brand.from_email)),
        ("reply_to", json!(brand.reply_to)),
        ("contact_email", json!(brand.contact_email)),
        ("phone", json!(brand.phone)),
        ("website", json!(brand.website)),
        ("logo_url", json!(brand.logo_url)),
        ("time_zone", json!(brand.time_zone)),
        ("region", json!(brand.region)),
        ("office_days", json!(brand.office_days)),
        ("office_from", json!(brand.office_from)),
        ("office_to", json!(brand.office_to)),
        ("tracks_opens", json!(brand.tracks_opens)),
        ("tracks_clicks", json!(brand.tracks_clicks)),
        ("hourly_cap", json!(brand.hourly_cap)),
        ("daily_cap", json!(brand.daily_cap)),
        ("contact_gap_hours", json!(brand.contact_gap_hours)),
        ("warmup_started_on", json!(brand.warmup_started_on)),
    ]
}

fn identity(before: &Brand, edit: &IdentityEdit, errors: &mut Errors) -> Brand {
    let reply_to = errors.email("brand-reply-to", &edit.reply_to, false);
    Brand {
        name: errors.line("brand-name", &edit.name, 1, 60),
        legal_name: errors.line("brand-legal-name", &edit.legal_name, 1, 120),
        postal_address: errors.lines("brand-postal-address", &edit.postal_address, 300),
        from_name: errors.line("brand-from-name", &edit.from_name, 1, 80),
        from_email: errors.email("brand-from-email", &edit.from_email, true),
        reply_to: Some(reply_to).filter(|address| !address.is_empty()),
        contact_email: errors.email("brand-contact-email", &edit.contact_email, true),
        phone: errors.line("brand-phone", &edit.phone, 0, 40),
        website: errors.web("brand-website", &edit.website),
        logo_url: errors.web("brand-logo-url", &edit.logo_url),
        ..before.clone()
    }
}

fn limits(before: &Brand, edit: &LimitsEdit, errors: &mut Errors) -> Brand {
    let hourly_cap = errors.number("brand-hourly-cap", &edit.hourly_cap, 1, 2_000);
    let daily_cap = errors.number("brand-daily-cap", &edit.daily_cap, 1, 20_000);
    if errors.0.is_empty() && hourly_cap > daily_cap {
        errors.add("brand-hourly-cap", "An hour can't have more mails than a day.");
    }
    Brand {
        hourly_cap,
        daily_cap,
        contact_gap_hours: errors.number("brand-contact-gap", &edit.contact_gap_hours, 1, 24 * 60),
        warmup_started_on: errors.date("brand-warm-up", &edit.warm_up_from),
        ..before.clone()
    }
}

fn hours(before: &Brand, edit: &HoursEdit, errors: &mut Errors) -> Brand {
    let mut days = edit.days.clone();
    days.sort_unstable();
    days.dedup();
    if days.is_empty() || !days.iter().all(|day| (1..=7).contains(day)) {
        errors.add("brand-days", "Choose at least one day.");
    }
    let (from, to) = (errors.time("brand-from", &edit.from), errors.time("brand-to", &edit.to));
    if from >= to && to != 0 {
        errors.add("brand-to", "Office hours end after they begin.");
    }
    if edit.time_zone.parse::<Tz>().is_err() {
        errors.add("brand-zone", "Choose one of the time zones offered.");
    }
    if !page::regions().iter().any(|(code, _)| *code == edit.region) {
        errors.add("brand-region", "Choose one of the regions offered.");
    }
    Brand {
        time_zone: edit.time_zone.clone(),
        region: edit.region.clone(),
        office_days: days,
        office_from: from,
        office_to: to,
        ..before.clone()
    }
}
