use domain::view::brands::{BrandEdit, IdentityEdit};
use leptos::prelude::*;

use super::section::Section;
use crate::components::{TextArea, TextField};
use crate::pages::settings::errors::Errors;

/// Who writes.
#[component]
pub(super) fn Identity(slug: String, edit: IdentityEdit) -> impl IntoView {
    let errors = Errors::new();
    let name = RwSignal::new(edit.name);
    let legal_name = RwSignal::new(edit.legal_name);
    let postal_address = RwSignal::new(edit.postal_address);
    let from_name = RwSignal::new(edit.from_name);
    let from_email = RwSignal::new(edit.from_email);
    let reply_to = RwSignal::new(edit.reply_to);
    let contact_email = RwSignal::new(edit.contact_email);
    let phone = RwSignal::new(edit.phone);
    let website = RwSignal::new(edit.website);
    let logo_url = RwSignal::new(edit.logo_url);
    let edit = Callback::new(move |()| {
        BrandEdit::Identity(IdentityEdit {
            name: name.get_untracked(),
            legal_name: legal_name.get_untracked(),
            postal_address: postal_address.get_untracked(),
            from_name: from_name.get_untracked(),
            from_email: from_email.get_untracked(),
            reply_to: reply_to.get_untracked(),
            contact_email: contact_email.get_untracked(),
            phone: phone.get_untracked(),
            website: website.get_untracked(),
            logo_url: logo_url.get_untracked(),
        })
    });
    view! {
        <Section title="Identity" slug=slug errors=errors edit=edit>
            <div class="form__row">
                <TextField id="brand-name" label="Name" value=name error=errors.of("brand-name") required=true/>
                <TextField
                    id="brand-legal-name"
                    label="Legal name"
                    value=legal_name
                    error=errors.of("brand-legal-name")
                    help="Stands at the foot of each mail."
                    required=true
                />
            </div>
            <TextArea
                id="brand-postal-address"
                label="Postal address"
                value=postal_address
                error=errors.of("brand-postal-address")
                help="Stands at the foot of each mail. The law wants one: without it nothing is sent."
            />
            <div class="form__row">
                <TextField
                    id="brand-from-name"
                    label="Sender’s name"
                    value=from_name
                    error=errors.of("brand-from-name")
                    required=true
                />
                <TextField
                    id="brand-from-email"
                    label="Sender’s address"
                    kind="email"
                    value=from_email
                    error=errors.of("brand-from-email")
                    help="The sending account must be allowed to send as this address."
                    required=true
                />
                <TextField
                    id="brand-reply-to"
                    label="Answers go to"
                    kind="email"
                    value=reply_to
                    error=errors.of("brand-reply-to")
                    help="Empty: to the sender."
                    optional=true
                />
            </div>
            <div class="form__row">
                <TextField
                    id="brand-contact-email"
                    label="Contact address"
                    kind="email"
                    value=contact_email
                    error=errors.of("brand-contact-email")
                    help="Shown in mails."
                    required=true
                />
                <TextField id="brand-phone" label="Phone" kind="tel" value=phone error=errors.of("brand-phone") optional=true/>
            </div>
            <div class="form__row">
                <TextField
                    id="brand-website"
                    label="Website"
                    kind="url"
                    value=website
                    error=errors.of("brand-website")
                    optional=true
                />
                <TextField
                    id="brand-logo-url"
                    label="Logo"
                    kind="url"
                    value=logo_url
                    error=errors.of("brand-logo-url")
                    help="Address of a picture, 160 px wide in mails."
                    optional=true
                />
            </div>
        </Section>
    }
}
