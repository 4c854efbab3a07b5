//! What the mails of a history say. Each template is rendered once for each shape it has (with or without a name, first
//! or later in a thread, subject A or B) by the same code that writes real mails, for a stand-in whose facts can be
//! told apart; every mail of that shape then gets its own facts in their place. A test compares the two ways.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use database::autopilot::Subject;
use database::brand::Brand;
use database::contact::Contact;
use database::message::{Content, Earlier, Message};
use domain::contact::{salutation, split_full_name};
use domain::engagement::Tier;
use domain::mailing::MessageState;
use domain::pipeline::Stage;
use domain::{MessageId, StageId};
use mail::token::{Token, TokenKey};
use uuid::Uuid;

use crate::Environment;
use crate::compose::{self, Letter, Posting};
use crate::templates::Edits;
use crate::tracking::HONEYPOT_LINK;

/// Keeps a subject's place until its mail is written.
pub(super) const SUBJECT: &str = "⟨subject⟩";

const COMPANY: &str = "Zzcompany";
const NAME: &str = "Zzfirst Zzlast";
const FIRST: &str = "Zzfirst";
const HOST: &str = "zzsite.example";
const NAMED_ADDRESS: &str = "zzlocal@zzmail.example";
/// Nobody's name can be guessed from it.
const NAMELESS_ADDRESS: &str = "info@zzmail.example";
const PREVIOUS: &str = "Zzprevious subject";
const STAND_IN: MessageId = MessageId(Uuid::from_u128(0x0192_f0e5_0000_7000_8000_0000_7a7a_7a7a));

/// Shapes of one template.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Shape {
    template_key: String,
    variant_b: bool,
    named: bool,
    follows: bool,
}

/// A template rendered for the stand-in.
struct Pattern {
    variant: String,
    subject: String,
    content: Content,
    salutation: String,
}

/// Writes a brand's mails.
pub(super) struct Texts<'a> {
    environment: &'a Environment,
    brand: &'a Brand,
    patterns: HashMap<Shape, Pattern>,
}

/// Which mail to write and for whom.
pub(super) struct Commission<'a> {
    pub subject: &'a Subject,
    pub stage: &'a Stage,
    /// Subject of the thread's previous mail; empty on the first.
    pub previous: &'a str,
    /// Message-IDs of the thread, oldest first.
    pub references: Vec<String>,
}

impl<'a> Texts<'a> {
    pub fn new(environment: &'a Environment, brand: &'a Brand) -> Self {
        Self { environment, brand, patterns: HashMap::new() }
    }

    /// Writes a mail: its subject and variant go into the envelope, the rest is returned.
    ///
    /// # Errors
    /// When its template doesn't render.
    pub fn write(&mut self, message: &mut Message, commission: &Commission<'_>) -> anyhow::Result<Content> {
        let (contact, deal) = (&commission.subject.contact, &commission.subject.deal);
        let StageId(experiment) = commission.stage.id;
        let shape = Shape {
            template_key: message.template_key.clone().unwrap_or_default(),
            variant_b: commission.stage.subject_b.is_some()
                && commission.stage.template_key == message.template_key
                && domain::experiment::assign(experiment.as_bytes(), deal.id.0, &[1, 1]) == 1,
            named: !contact.name.is_empty(),
            follows: !commission.previous.is_empty(),
        };
        if !self.patterns.contains_key(&shape) {
            let pattern = self.pattern(&shape, message, commission)?;
            self.patterns.insert(shape.clone(), pattern);
        }
        let pattern = &self.patterns[&shape];
        let facts = Facts::of(contact, pattern, &shape, commission.previous);
        message.subject = facts.plain(&pattern.subject);
        message.variant.clone_from(&pattern.variant);
        let key = self.environment.token_key();
        let tokens = tokens(key, self.brand, message.id, pattern.content.links.len());
        let mut html = facts.html(&pattern.content.html);
        let mut body_text = facts.plain(&pattern.content.body_text);
        for (stand_in, own) in tokens {
            html = html.replace(&stand_in, &own);
            body_text = body_text.replace(&stand_in, &own);
        }
        Ok(Content {
            message_id: message.id,
            preheader: facts.plain(&pattern.content.preheader),
            html,
            body_text,
            links: pattern.content.links.iter().map(|link| facts.plain(link)).collect(),
            references_header: (!commission.references.is_empty()).then(|| commission.references.join(" ")),
            ..pattern.content.clone()
        })
    }

    fn pattern(
        &self,
        shape: &Shape,
        message: &Message,
        commission: &Commission<'_>,
    ) -> anyhow::Result<Pattern> {
        let contact = Contact {
            name: if shape.named { NAME.to_owned() } else { String::new() },
            company: COMPANY.to_owned(),
            website: format!("https://{HOST}"),
            email: address(shape).to_owned(),
            ..commission.subject.contact.clone()
        };
        let greeting = salutation(&contact.name, &contact.company, &contact.email);
        let subject = Subject { contact, ..commission.subject.clone() };
        let letter =
            Letter { stage: commission.stage, template_key: &shape.template_key, step: message.step };
        let own = earlier(&subject, STAND_IN, &letter.send_key(&subject), "", MessageState::Cancelled);
        let before = earlier(&subject, MessageId(Uuid::nil()), "before", PREVIOUS, MessageState::Sent);
        let thread = if shape.follows { vec![before, own] } else { vec![own] };
        let now: DateTime<Utc> = self.environment.clock().now();
        let posting = Posting { scheduled_for: now, tier: Tier::New, created_by: None };
        // A history begins with the templates as shipped.
        let edits = Edits::default();
        let (written, content) =
            compose::write(self.environment, self.brand, &edits, &subject, &thread, &letter, &posting)
                .map_err(|reason| {
                    anyhow::anyhow!(
                        "{} of {} can't be written: {reason}",
                        shape.template_key,
                        self.brand.slug
                    )
                })?;
        Ok(Pattern { variant: written.variant, subject: written.subject, content, salutation: greeting })
    }
}

const fn address(shape: &Shape) -> &'static str {
    if shape.named { NAMED_ADDRESS } else { NAMELESS_ADDRESS }
}

fn earlier(subject: &Subject, id: MessageId, send_key: &str, words: &str, state: MessageState) -> Earlier {
    Earlier {
        deal_id: subject.deal.id,
        id,
        state,
        stage_id: None,
        stage_visit: None,
        send_key: send_key.to_owned(),
        message_id: format!("{id}@stand-in.example"),
        subject: words.to_owned(),
        sent_at: None,
    }
}

/// The stand-in's tokens and those that take their place.
fn tokens(key: &TokenKey, brand: &Brand, message: MessageId, links: usize) -> Vec<(String, String)> {
    let brand = brand.id;
    let pair = |of: &dyn Fn(MessageId) -> Token| (key.encode(of(STAND_IN)), key.encode(of(message)));
    let mut pairs = vec![
        pair(&|message| Token::Open { brand, message }),
        pair(&|message| Token::Unsubscribe { brand, message }),
    ];
    let count = u16::try_from(links).unwrap_or(u16::MAX);
    let all = (0..count).chain([HONEYPOT_LINK]);
    pairs.extend(all.map(|link| pair(&|message| Token::Click { brand, message, link })));
    pairs
}

/// What takes the place of the stand-in's facts, longest first where one contains another.
struct Facts(Vec<(String, String)>);

impl Facts {
    fn of(contact: &Contact, pattern: &Pattern, shape: &Shape, previous: &str) -> Self {
        let first = split_full_name(&contact.name).map(|name| name.first).unwrap_or_default();
        let host = contact.website.trim_start_matches("https://");
        let greeting = salutation(&contact.name, &contact.company, &contact.email);
        let pair = |from: &str, to: &str| (from.to_owned(), to.to_owned());
        Self(vec![
            pair(&pattern.salutation, &greeting),
            pair(PREVIOUS, previous),
            pair(FIRST, &first),
            pair(COMPANY, &contact.company),
            pair(address(shape), &contact.email),
            pair(HOST, host),
        ])
    }

    fn plain(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
    }

    fn html(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, (from, to)| text.replace(&escaped(from), &escaped(to)))
    }
}

/// As the templates escape it.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#x27;"),
            '/' => safe.push_str("&#x2f;"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests;
