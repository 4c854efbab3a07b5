use domain::view::template::TemplateVariable;

/// Name and meaning of each value; email_templates/README.md says the same to people who write files.
const VALUES: [(&str, &str); 17] = [
    (
        "contact.salutation",
        "The whole greeting with its comma: \u{201c}Hi Priya,\u{201d}. Every mail needs it.",
    ),
    ("contact.first_name", "May be empty."),
    ("contact.company", "May be empty: write a sentence that works without it."),
    ("contact.website", "May be empty."),
    ("contact.email", "The address the mail goes to."),
    ("brand.name", "The brand as people know it."),
    ("brand.legal_name", "The company behind it; the footer names it."),
    ("brand.website", "Address without a slash at the end."),
    ("brand.postal_address", "The footer shows it; may have several lines."),
    ("brand.contact_email", "Where the brand can be reached."),
    ("brand.phone", "May be empty."),
    ("brand.logo_url", "May be empty."),
    ("sender.name", "Who signs."),
    ("sender.title", "May be empty."),
    ("previous_subject", "Subject of the mail before this one; empty on the first."),
    ("year", "For the copyright line."),
    ("unsubscribe_url", "The layout has the opt-out already; a mail without it can't be saved."),
];

/// Name, meaning and text of each building block. They need the imports at the top of the block `content`.
const BLOCKS: [(&str, &str, &str); 7] = [
    ("Heading", "One line above the greeting.", "{{ ui.heading(theme, \"Heading\") }}\n"),
    ("Greeting", "The salutation in bold.", "{{ ui.greeting(theme, contact.salutation) }}\n"),
    ("Paragraph", "Running text.", "{% call ui.p() %}Text.{% endcall %}\n"),
    (
        "Panel",
        "A tinted box with ticked points.",
        "{% call ui.panel(theme, \"Title\") %}\n  {{ ui.point(theme, \"Bold start\", \"and the rest of the line.\") }}\n{% endcall %}\n",
    ),
    ("Button", "The one call to action.", "{{ ui.button(theme, \"Label\", brand.website ~ \"/path\") }}\n"),
    ("Note", "Small print a reader may skip.", "{% call ui.note() %}Text.{% endcall %}\n"),
    (
        "Signature",
        "Closing words and who signs.",
        "{{ ui.signature(theme, \"Kind regards,\", sender, brand) }}\n",
    ),
];

/// What may be written into a template, and what a click puts there.
pub(super) fn all() -> Vec<TemplateVariable> {
    let values = VALUES.iter().map(|(name, meaning)| TemplateVariable {
        name: (*name).to_owned(),
        meaning: (*meaning).to_owned(),
        insert: format!("{{{{ {name} }}}}"),
        is_block: false,
    });
    let blocks = BLOCKS.iter().map(|(name, meaning, insert)| TemplateVariable {
        name: (*name).to_owned(),
        meaning: (*meaning).to_owned(),
        insert: (*insert).to_owned(),
        is_block: true,
    });
    values.chain(blocks).collect()
}
