//! Who the mails are written for and by, and how.

use std::path::Path;

use mail::render::{
    BrandFields, ContactFields, Draft, DraftButton, GENERIC, MailContext, Rendered, SenderFields,
    TemplateStore,
};

pub const OPT_OUT: &str = "https://t.example/u/AQJ-token_1";
pub const PIXEL: &str = "https://t.example/t/o/AQJ-token_2.gif";
pub const ADDRESS: &str = "Level 1, 1 Example Street, Sydney NSW 2000";

pub fn store() -> TemplateStore {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../email_templates");
    TemplateStore::open(folder).expect("the templates of the repository")
}

pub fn brand(slug: &str) -> BrandFields {
    let (name, website) = match slug {
        "codeteki" => ("Codeteki", "https://codeteki.au"),
        _ => ("Desi Firms", "https://www.desifirms.com.au"),
    };
    BrandFields {
        name: name.into(),
        legal_name: format!("{name} Pty Ltd"),
        website: website.into(),
        postal_address: ADDRESS.replacen(", Sydney", "\nSydney", 1),
        contact_email: format!("hello@{slug}.example"),
        phone: "02 5550 0100".into(),
        logo_url: format!("https://{slug}.example/logo.png"),
    }
}

pub fn context(slug: &str, contact: ContactFields) -> MailContext {
    MailContext {
        contact,
        brand: brand(slug),
        sender: SenderFields { name: "Asha Rao".into(), title: "Partnerships".into() },
        unsubscribe_url: OPT_OUT.into(),
        pixel_url: PIXEL.into(),
        year: 2026,
        previous_subject: String::new(),
    }
}

fn contact(salutation: &str, first_name: &str, company: &str, website: &str) -> ContactFields {
    ContactFields {
        salutation: salutation.into(),
        first_name: first_name.into(),
        company: company.into(),
        website: website.into(),
        email: "priya@sweets.example".into(),
    }
}

/// Everything is known.
pub fn known() -> ContactFields {
    contact("Hi Priya,", "Priya", "Sharma Sweets", "https://sweets.example")
}

/// Nothing but the address is.
pub fn unknown() -> ContactFields {
    contact("Hi there,", "", "", "")
}

/// Known, unknown, and awkward.
pub fn contacts() -> Vec<ContactFields> {
    vec![
        known(),
        unknown(),
        contact("Hi Sharma Sweets Team,", "", "Sharma Sweets", ""),
        contact(
            "Hi Zo\u{eb},",
            "Zo\u{eb}",
            "Tom & Zo\u{eb}'s <b>\"Best\"</b> Sweets",
            "https://sweets.example/?a=1&b=2",
        ),
    ]
}

/// What the wrapper of written mails is tried with.
pub fn draft() -> Draft {
    Draft {
        subject: "Two ideas for the festival weeks".into(),
        preheader: "What we noticed on your page, and what we would change first.".into(),
        body: "We read your page on festival orders and tried to place one on a phone. The form asks for a fax \
               number, and the pick-up times are only in the picture.\n\nTwo changes would help at once:\ntimes as \
               text, and a shorter form.\n\nShall we send you a sketch of both?"
            .into(),
        button: Some(DraftButton {
            label: "Yes, send it".into(),
            url: "https://codeteki.au/contact?from=mail&for=sketch".into(),
        }),
    }
}

/// Renders any template; the wrapper with a draft in it.
pub fn render(store: &TemplateStore, slug: &str, key: &str, context: &MailContext) -> Rendered {
    let mail = match key {
        GENERIC => store.render_draft(slug, &draft(), context),
        _ => store.render(slug, key, context),
    };
    mail.unwrap_or_else(|error| panic!("{slug}/{key} for {:?}: {error}", context.contact.salutation))
}
