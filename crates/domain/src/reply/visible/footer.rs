//! What programs and lawyers put below a mail.

/// Characters of a footer's line.
const LONGEST_FOOTER: usize = 80;

/// First words of lines that programs add, small letters.
#[rustfmt::skip]
const DEVICES: &[&str] = &[
    "sent from my ", "sent from mail for windows", "sent from outlook", "sent from yahoo mail", "sent from proton",
    "sent from samsung", "sent from gmail mobile", "sent via my ", "sent using zoho mail", "get outlook for ",
    "sent from iphone", "sent from ipad", "sent from android", "sent from the all new", "sent with proton",
    "sent with aqua mail", "sent with spark", "sent with bluemail", "sent with superhuman", "sent via the samsung",
    "sent from bluemail", "sent from a mobile", "von meinem iphone", "von meinem ipad", "von meinem samsung",
    "von meinem android", "gesendet von ", "gesendet mit ", "diese nachricht wurde von meinem", "outlook für ios",
    "outlook für android", "envoyé de mon ", "envoyé depuis ", "envoyé à partir de ", "télécharger outlook", "enviado desde mi ",
    "enviado desde ", "enviado do meu ", "inviato da iphone", "inviato dal mio ", "inviato da outlook", "verstuurd vanaf ",
    "verzonden vanaf ", "skickat från min ", "sendt fra min ",
];

/// Words of which a disclaimer has at least two, small letters.
#[rustfmt::skip]
const DISCLAIMERS: &[&str] = &[
    "confidential", "intended recipient", "privileged", "disclaimer", "in error", "any attachment", "unauthorised",
    "unauthorized", "solely for", "liability", "virus", "consider the environment", "delete it", "delete this",
    "notify the sender", "vertraulich", "confidentiel", "destinataire",
];

pub(super) fn is_device_footer(line: &str) -> bool {
    let lower = line.trim_start_matches(['(', '[', '<']).to_lowercase();
    line.chars().count() <= LONGEST_FOOTER && DEVICES.iter().any(|footer| lower.starts_with(footer))
}

/// The text without last paragraphs that only lawyers read. The first paragraph always stays.
pub(super) fn without_disclaimer(text: &str) -> &str {
    let mut kept = text;
    while let Some((before, last)) = kept.rsplit_once("\n\n") {
        let lower = last.to_lowercase();
        if DISCLAIMERS.iter().filter(|words| lower.contains(*words)).count() < 2 {
            break;
        }
        kept = before.trim_end();
    }
    kept
}
