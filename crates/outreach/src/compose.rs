//! A mail of a deal, written from its template into the outbox's form.

use std::borrow::Cow;

use chrono::{DateTime, Datelike, Utc};
use database::brand::Brand;
use database::contact::Contact;
use database::message::{Content, Earlier, Message};
use domain::autopilot::TemplateVariant;
use domain::engagement::Tier;
use domain::mailing::MessageState;
use domain::pipeline::Stage;
use domain::{MessageId, StageId, UserId};
use mail::links::{insert_marks, rewrite};
use mail::render::{BrandFields, ContactFields, MailContext, Rendered, SenderFields};
use mail::token::Token;

use crate::Environment;
use crate::autopilot::Subject;
use crate::office::zone;
use crate::templates::Edits;
use crate::tracking::HONEYPOT_LINK;

/// Which mail to write.
#[derive(Debug, Clone)]
pub(crate) struct Letter<'a> {
    /// The stage it brings the deal into, or the deal's own for the mail of a stage.
    pub stage: &'a Stage,
    pub template_key: &'a str,
    /// Outreach step; `None`: the mail of the stage itself.
    pub step: Option<i16>,
}

/// When it goes and who wants it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Posting {
    /// UTC.
    pub scheduled_for: DateTime<Utc>,
    pub tier: Tier,
    /// The person who asked for this very mail; `None`: the autopilot.
    pub created_by: Option<UserId>,
}

impl Letter<'_> {
    /// Unique for a deal, a visit to a stage and a step: nothing is ever written twice.
    pub fn send_key(&self, subject: &Subject) -> String {
        let step = self.step.map_or_else(|| "stage".to_owned(), |step| step.to_string());
        format!("{}:{}:{step}", subject.deal.id, subject.deal.stage_visit)
    }
}

/// Writes a mail with its pixel and tracked links.
///
/// # Errors
/// Why it can't be written, for people. Nothing half-written ever leaves here.
pub(crate) fn write(
    environment: &Environment,
    brand: &Brand,
    edits: &Edits,
    subject: &Subject,
    earlier: &[Earlier],
    letter: &Letter<'_>,
    posting: &Posting,
) -> Result<(Message, Content), String> {
    let send_key = letter.send_key(subject);
    let now = environment.clock().now();
    let own = earlier.iter().find(|mail| mail.send_key == send_key);
    let id = own.map_or_else(|| MessageId(environment.clock().new_id()), |mail| mail.id);
    let links = Links { environment, brand, message: id };
    let context = context(brand, &subject.contact, &thread_subject(earlier), &links, now);
    let (variant, rendered) = render(environment, brand, edits, subject, letter, &context)?;
    let (html, targets) = links.track(&rendered.html)?;
    let thread: Vec<&Earlier> = earlier.iter().filter(|mail| mail.state.may_have_reached()).collect();
    let references: Vec<String> = thread.iter().map(|mail| mail.message_id.clone()).collect();
    let host = brand.from_email.rsplit('@').next().unwrap_or("localhost");
    let message = Message {
        contact_id: Some(subject.contact.id),
        deal_id: Some(subject.deal.id),
        stage_id: Some(letter.stage.id),
        step: letter.step,
        stage_visit: Some(subject.deal.stage_visit),
        template_key: Some(letter.template_key.to_owned()),
        variant: variant.to_owned(),
        tier: Some(posting.tier),
        send_key,
        state: if posting.scheduled_for > now { MessageState::Scheduled } else { MessageState::Queued },
        to_email: subject.contact.email.clone(),
        to_name: subject.contact.name.clone(),
        subject: rendered.subject,
        message_id: own.map_or_else(|| format!("{id}@{host}"), |mail| mail.message_id.clone()),
        in_reply_to: references.last().cloned(),
        scheduled_for: posting.scheduled_for,
        created_by: posting.created_by,
        ..Message::queued(id, brand.id, now)
    };
    let content = Content {
        message_id: id,
        brand_id: brand.id,
        from_email: brand.from_email.clone(),
        from_name: brand.from_name.clone(),
        reply_to: brand.reply_to.clone(),
        preheader: rendered.preheader,
        html,
        body_text: rendered.text,
        links: targets,
        references_header: (!references.is_empty()).then(|| references.join(" ")),
    };
    Ok((message, content))
}

/// The same mail for a person to look at: no pixel and no tracked link, so that looking counts as nothing.
///
/// # Errors
/// As [`write`].
pub(crate) fn preview(
    environment: &Environment,
    brand: &Brand,
    edits: &Edits,
    subject: &Subject,
    earlier: &[Earlier],
    letter: &Letter<'_>,
) -> Result<Rendered, String> {
    let links = Links { environment, brand, message: MessageId(uuid::Uuid::nil()) };
    let plain = Brand { tracks_opens: false, ..brand.clone() };
    let now = environment.clock().now();
    let context = context(&plain, &subject.contact, &thread_subject(earlier), &links, now);
    render(environment, brand, edits, subject, letter, &context).map(|(_, rendered)| rendered)
}

fn render(
    environment: &Environment,
    brand: &Brand,
    edits: &Edits,
    subject: &Subject,
    letter: &Letter<'_>,
    context: &MailContext,
) -> Result<(&'static str, Rendered), String> {
    let variant = variant(letter, subject);
    let other = letter.stage.subject_b.as_deref().filter(|_| variant == "B");
    let rendered = edits
        .render(environment, brand, letter.template_key, other, context)
        .map_err(|error| error.to_string())?;
    Ok((variant, rendered))
}

/// The version of the template that was used, else `A` or `B` for its subject. Another version has a subject of its own
/// and takes no part in the experiment about the plain one's.
fn variant(letter: &Letter<'_>, subject: &Subject) -> &'static str {
    let plain = letter.stage.template_key.as_deref();
    match TemplateVariant::of_key(letter.template_key) {
        Some((key, variant)) if Some(key) == plain => variant.as_str(),
        Some(_) | None => subject_variant(letter.stage, subject),
    }
}

/// `A` or `B`; the same for one deal and stage for ever.
fn subject_variant(stage: &Stage, subject: &Subject) -> &'static str {
    let StageId(experiment) = stage.id;
    match &stage.subject_b {
        Some(_) if domain::experiment::assign(experiment.as_bytes(), subject.deal.id.0, &[1, 1]) == 1 => "B",
        Some(_) | None => "A",
    }
}

fn thread_subject(earlier: &[Earlier]) -> String {
    let last = earlier.iter().rev().find(|mail| mail.state.may_have_reached());
    last.map(|mail| mail.subject.clone()).unwrap_or_default()
}

fn context(
    brand: &Brand,
    contact: &Contact,
    previous_subject: &str,
    links: &Links<'_>,
    now: DateTime<Utc>,
) -> MailContext {
    fields(brand, contact_fields(contact), previous_subject, links, now)
}

/// What a template may know of a contact.
pub(crate) fn contact_fields(contact: &Contact) -> ContactFields {
    ContactFields {
        salutation: domain::contact::salutation(&contact.name, &contact.company, &contact.email),
        first_name: domain::contact::split_full_name(&contact.name)
            .map(|name| name.first)
            .unwrap_or_default(),
        company: contact.company.clone(),
        website: contact.website.clone(),
        email: contact.email.clone(),
    }
}

/// What a mail is written from that nobody is to get, or only a colleague: no pixel, and an opt-out link that does
/// nothing because it names no mail.
pub(crate) fn inert_context(
    environment: &Environment,
    brand: &Brand,
    contact: ContactFields,
    previous_subject: String,
) -> MailContext {
    let links = Links { environment, brand, message: MessageId(uuid::Uuid::nil()) };
    let context = fields(brand, contact, &previous_subject, &links, environment.clock().now());
    MailContext { pixel_url: String::new(), ..context }
}

fn fields(
    brand: &Brand,
    contact: ContactFields,
    previous_subject: &str,
    links: &Links<'_>,
    now: DateTime<Utc>,
) -> MailContext {
    MailContext {
        contact,
        brand: BrandFields {
            name: brand.name.clone(),
            legal_name: brand.legal_name.clone(),
            website: brand.website.clone(),
            postal_address: brand.postal_address.clone(),
            contact_email: brand.contact_email.clone(),
            phone: brand.phone.clone(),
            logo_url: brand.logo_url.clone(),
        },
        sender: SenderFields { name: brand.from_name.clone(), title: String::new() },
        unsubscribe_url: links.unsubscribe(),
        pixel_url: if brand.tracks_opens { links.pixel() } else { String::new() },
        year: now.with_timezone(&zone(&brand.time_zone)).year(),
        previous_subject: previous_subject.to_owned(),
    }
}

/// The addresses a mail carries.
pub(crate) struct Links<'a> {
    pub environment: &'a Environment,
    pub brand: &'a Brand,
    pub message: MessageId,
}

impl Links<'_> {
    /// The opt-out page and one-click address.
    pub fn unsubscribe(&self) -> String {
        self.address("u", Token::Unsubscribe { brand: self.brand.id, message: self.message })
    }

    fn pixel(&self) -> String {
        format!("{}.gif", self.address("t/o", Token::Open { brand: self.brand.id, message: self.message }))
    }

    fn click(&self, link: u16) -> String {
        self.address("t/c", Token::Click { brand: self.brand.id, message: self.message, link })
    }

    fn address(&self, path: &str, token: Token) -> String {
        format!("{}/{path}/{}", self.environment.public_url(), self.environment.token_key().encode(token))
    }

    /// The HTML with what the brand tracks, and where its links lead.
    fn track(&self, html: &str) -> Result<(String, Vec<String>), String> {
        let words = |error: mail::links::LinkError| error.to_string();
        let (html, targets) = if self.brand.tracks_clicks {
            let rewritten = rewrite(html, &self.unsubscribe(), |link, _| self.click(link)).map_err(words)?;
            (Cow::Owned(rewritten.html), rewritten.targets)
        } else {
            (Cow::Borrowed(html), Vec::new())
        };
        // A mail without tracked links has nothing for a scanner to follow.
        let honeypot = (!targets.is_empty()).then(|| self.click(HONEYPOT_LINK));
        let pixel = self.brand.tracks_opens.then(|| self.pixel());
        let html = insert_marks(&html, honeypot.as_deref(), pixel.as_deref()).map_err(words)?;
        Ok((html, targets))
    }
}
