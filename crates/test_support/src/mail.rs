use anyhow::Context;
use chrono::{DateTime, TimeDelta, Utc};
use database::Connection;
use database::clock::Clock;
use database::contact::{self, Contact};
use database::deal::{self, Deal};
use database::message::{Content, Message};
use database::pipeline::Stage;
use database::schema::{deals, email_contents, email_messages};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::mailing::MessageState;
use domain::{BrandId, MessageId};

/// Where the links of [`mail`] lead.
pub const LINKS: [&str; 3] =
    ["https://overture.test/a", "https://overture.test/b?c=d", "https://overture.test/e"];

/// A contact, its deal, and the mail that went out.
pub struct Mailed {
    pub brand: BrandId,
    pub contact: Contact,
    pub deal: Deal,
    pub mail: Message,
    pub stages: Vec<Stage>,
}

/// Stores a deal whose first outreach mail went out yesterday, with its contact if the brand doesn't know the address.
///
/// # Errors
/// When the contact has an open deal there, or the pipeline mails nobody.
pub async fn mailed(
    connection: &mut Connection,
    brand: BrandId,
    email: &str,
    pipeline: &str,
    clock: &Clock,
) -> anyhow::Result<Mailed> {
    let contact = match contact::by_email(connection, brand, email).await? {
        Some(contact) => contact,
        None => crate::contact(connection, brand, email, clock).await?,
    };
    let row = crate::deal(connection, &contact, pipeline, clock).await?;
    let (_, stages) = crate::pipeline(connection, brand, pipeline).await?;
    let first = stages.iter().find(|stage| stage.step == Some(1)).context("an outreach stage")?.clone();
    diesel::update(deals::table.filter(deals::id.eq(row.id)))
        .set((deals::stage_id.eq(first.id), deals::mails_sent.eq(1)))
        .execute(connection)
        .await?;
    let sent = clock.now() - TimeDelta::days(1);
    let mail = mail(connection, &row, &contact, &first, MessageState::Sent, Some(sent), clock).await?;
    let deal = deal::find(connection, row.id).await?;
    Ok(Mailed { brand, contact, deal, mail, stages })
}

/// Stores a mail of a deal with three links ([`LINKS`]).
///
/// # Errors
/// When the database refuses it.
pub async fn mail(
    connection: &mut Connection,
    deal: &Deal,
    contact: &Contact,
    stage: &Stage,
    state: MessageState,
    sent_at: Option<DateTime<Utc>>,
    clock: &Clock,
) -> anyhow::Result<Message> {
    let id = MessageId(clock.new_id());
    let row = Message {
        contact_id: Some(contact.id),
        deal_id: Some(deal.id),
        stage_id: Some(stage.id),
        step: stage.step,
        stage_visit: Some(deal.stage_visit),
        template_key: stage.template_key.clone(),
        send_key: format!("{}:{id}", deal.id),
        state,
        to_email: contact.email.clone(),
        to_name: contact.name.clone(),
        subject: "Following up".to_owned(),
        message_id: format!("{id}@overture.test"),
        scheduled_for: sent_at.unwrap_or_else(|| clock.now() + TimeDelta::hours(1)),
        attempts: i16::from(sent_at.is_some()),
        sent_at,
        ..Message::queued(id, deal.brand_id, clock.now() - TimeDelta::days(1))
    };
    diesel::insert_into(email_messages::table).values(&row).execute(connection).await?;
    let content = Content {
        message_id: id,
        brand_id: deal.brand_id,
        from_email: "sales@overture.test".to_owned(),
        from_name: "Sales".to_owned(),
        reply_to: None,
        preheader: String::new(),
        html: "<p>Hi</p>".to_owned(),
        body_text: "Hi".to_owned(),
        links: LINKS.map(str::to_owned).to_vec(),
        references_header: None,
    };
    diesel::insert_into(email_contents::table).values(&content).execute(connection).await?;
    Ok(row)
}
