use anyhow::{Context, Result, ensure};
use chrono::TimeDelta;
use database::message::Message;
use database::schema::email_messages;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::mailing::MessageState;
use domain::{MessageId, Role};
use mail::deliver::DeliveryError;
use mail::deliver::recording::Outcome;
use mail::message::Outgoing;
use outreach::{Refused, templates};

use super::{BRAND, draft, page, person};
use crate::world::World;

const COLLEAGUE: &str = "asha@colleagues.example";

async fn row(world: &World, id: MessageId) -> Result<Message> {
    let mut scope = world.test.database.brand(world.desifirms()).await?;
    Ok(email_messages::table
        .filter(email_messages::id.eq(id))
        .select(Message::as_select())
        .first(&mut *scope)
        .await?)
}

/// Everything of the brand but its mails, as one text.
async fn print(world: &World) -> Result<String> {
    #[derive(QueryableByName)]
    struct Print {
        #[diesel(sql_type = diesel::sql_types::Text)]
        print: String,
    }
    let mut scope = world.test.database.brand(world.desifirms()).await?;
    let row: Print = diesel::sql_query(
        "SELECT concat(
            (SELECT json_agg(d ORDER BY id) FROM deals d), (SELECT json_agg(c ORDER BY id) FROM contacts c),
            (SELECT json_agg(e ORDER BY id) FROM email_events e), (SELECT json_agg(a ORDER BY id) FROM ai_decisions a),
            (SELECT json_agg(s ORDER BY id) FROM suppressions s), (SELECT json_agg(i ORDER BY id) FROM inbound_messages i)
         ) AS print",
    )
    .get_result(&mut *scope)
    .await?;
    Ok(row.print)
}

fn sent_to(world: &World, address: &str) -> Result<Outgoing> {
    world.provider.accepted_for(address).into_iter().next().context("a mail")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_goes_out_at_night_and_changes_no_deal_and_no_contact() -> Result<()> {
    let world = World::new().await?;
    let user = person(&world, "manager", Role::Manager, &[BRAND]).await?;
    let deal = world.deal(world.desifirms(), "business", "priya@sharma-sweets.example").await?;
    // Every cap is used up, and it is Saturday night.
    // Saturday night.
    world.pass(TimeDelta::days(5) + TimeDelta::hours(13));
    let before = print(&world).await?;
    let shown = page(&world, &user).await?;
    let who = draft(&shown, &deal.contact_id.to_string());
    let id = templates::send_test(&world.environment, &user, &who, "").await?;
    ensure!(!templates::fate_of_test(&world.environment, &user, id).await?.settled);
    world.deliver().await?;

    let mail = sent_to(&world, "manager@overture.example")?;
    ensure!(mail.subject.starts_with("[Test] "), "{}", mail.subject);
    ensure!(mail.html.contains("Hi Priya,"), "it reads as for the contact");
    ensure!(!mail.html.contains("/t/o/") && !mail.html.contains("/t/c/"), "a test is tracked");
    ensure!(mail.list_unsubscribe_url.is_none());
    let stored = row(&world, id).await?;
    ensure!(stored.is_test && stored.state == MessageState::Sent);
    ensure!((stored.contact_id, stored.deal_id, stored.stage_id) == (None, None, None));
    ensure!(print(&world).await? == before, "a test changed something");
    let fate = templates::fate_of_test(&world.environment, &user, id).await?;
    ensure!(fate.settled && fate.words.contains("manager@overture.example"), "{fate:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tests_opt_out_link_does_nothing() -> Result<()> {
    let world = World::new().await?;
    let user = person(&world, "manager", Role::Manager, &[BRAND]).await?;
    let shown = page(&world, &user).await?;
    templates::send_test(&world.environment, &user, &draft(&shown, "full"), COLLEAGUE).await?;
    world.deliver().await?;
    let before = print(&world).await?;
    let mail = sent_to(&world, COLLEAGUE)?;
    let (_, rest) = mail.text.split_once("http://overture.test/u/").context("a link")?;
    let token = rest.split_whitespace().next().context("a token")?;
    let channel = outreach::optout::Channel::OneClick;
    ensure!(outreach::optout::opt_out(&world.environment, token, &channel).await?.is_none());
    ensure!(print(&world).await? == before);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn tests_take_no_place_under_the_caps_and_none_in_the_figures() -> Result<()> {
    let world = World::new().await?;
    let user = person(&world, "manager", Role::Manager, &[BRAND]).await?;
    world.sql(world.desifirms(), "UPDATE brands SET hourly_cap = 1").await?;
    let shown = page(&world, &user).await?;
    for _ in 0..3 {
        templates::send_test(&world.environment, &user, &draft(&shown, "full"), COLLEAGUE).await?;
    }
    world.deliver().await?;
    ensure!(world.provider.accepted_for(COLLEAGUE).len() == 3);
    let deal = world.deal(world.desifirms(), "business", "priya@sharma-sweets.example").await?;
    world.tick().await?;
    ensure!(world.look(&deal).await?.mails_sent == 1, "a test used the hour up");
    let gallery = templates::gallery(&world.environment, &user, BRAND, "").await?;
    let sent: i64 = gallery.families.iter().flat_map(|family| &family.cards).map(|card| card.sent).sum();
    ensure!(sent == 1, "{sent}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn contacts_and_suppressed_addresses_get_no_test() -> Result<()> {
    let world = World::new().await?;
    let user = person(&world, "manager", Role::Manager, &[BRAND]).await?;
    world.deal(world.desifirms(), "business", "priya@sharma-sweets.example").await?;
    let now = world.now();
    let mut scope = world.test.database.brand(world.desifirms()).await?;
    let id = world.test.clock.new_id();
    let reason = domain::mailing::SuppressionReason::Unsubscribed;
    database::contact::suppress(&mut scope, id, world.desifirms(), COLLEAGUE, reason, "", now).await?;
    scope.commit().await?;
    let shown = page(&world, &user).await?;
    for to in ["Priya@Sharma-Sweets.example", COLLEAGUE, "nobody", "a@b.example, c@d.example"] {
        let refused = templates::send_test(&world.environment, &user, &draft(&shown, "full"), to).await;
        ensure!(matches!(refused, Err(Refused::Invalid(_))), "{to}: {refused:?}");
    }
    let member = person(&world, "member", Role::Member, &[BRAND]).await?;
    let refused = templates::send_test(&world.environment, &member, &draft(&shown, "full"), "").await;
    ensure!(matches!(refused, Err(Refused::Invalid(_))));
    world.deliver().await?;
    ensure!(world.provider.attempts() == 0);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_suppressed_meanwhile_is_held_back() -> Result<()> {
    let world = World::new().await?;
    let user = person(&world, "manager", Role::Manager, &[BRAND]).await?;
    let shown = page(&world, &user).await?;
    let id = templates::send_test(&world.environment, &user, &draft(&shown, "full"), COLLEAGUE).await?;
    let reason = domain::mailing::SuppressionReason::Complaint;
    outreach::optout::by_address(&world.environment, world.desifirms(), COLLEAGUE, reason, "").await?;
    world.deliver().await?;
    ensure!(world.provider.attempts() == 0 && row(&world, id).await?.state == MessageState::Blocked);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_test_is_nobodys_bounce() -> Result<()> {
    let world = World::new().await?;
    let user = person(&world, "manager", Role::Manager, &[BRAND]).await?;
    let shown = page(&world, &user).await?;
    let before = print(&world).await?;
    let refusal = DeliveryError::Permanent { reason: "550 no such user".to_owned(), recipient_fault: true };
    world.provider.script([Outcome::Fail(refusal)]);
    let id = templates::send_test(&world.environment, &user, &draft(&shown, "full"), COLLEAGUE).await?;
    world.deliver().await?;
    let fate = templates::fate_of_test(&world.environment, &user, id).await?;
    ensure!(fate.settled && fate.words.contains("550 no such user"), "{fate:?}");
    ensure!(print(&world).await? == before, "the address was suppressed");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_to_a_test_is_a_colleagues() -> Result<()> {
    let world = World::new().await?;
    let user = person(&world, "manager", Role::Manager, &[BRAND]).await?;
    // The colleague happens to be a contact as well.
    world.deal(world.desifirms(), "business", "manager@overture.example").await?;
    let shown = page(&world, &user).await?;
    let id = templates::send_test(&world.environment, &user, &draft(&shown, "full"), "").await?;
    world.deliver().await?;
    let before = print(&world).await?;
    let reply = format!(
        "From: manager@overture.example\r\nTo: sales@desifirms.example\r\nSubject: Re: [Test]\r\n\
         Message-ID: <answer@overture.example>\r\nIn-Reply-To: <{}>\r\n\r\nunsubscribe\r\n",
        row(&world, id).await?.message_id
    );
    let outcome =
        outreach::replies::receive_raw(&world.environment, world.desifirms(), reply.as_bytes()).await?;
    ensure!(matches!(outcome, outreach::replies::Outcome::OwnMail), "{outcome:?}");
    ensure!(print(&world).await? == before);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn tests_are_few_and_other_peoples_are_not_found() -> Result<()> {
    let world = World::new().await?;
    let user = person(&world, "manager", Role::Manager, &[BRAND]).await?;
    let outsider = person(&world, "outsider", Role::Admin, &["codeteki"]).await?;
    let shown = page(&world, &user).await?;
    let mut last = None;
    for _ in 0..30 {
        last =
            Some(templates::send_test(&world.environment, &user, &draft(&shown, "full"), COLLEAGUE).await?);
    }
    let refused = templates::send_test(&world.environment, &user, &draft(&shown, "full"), COLLEAGUE).await;
    ensure!(matches!(refused, Err(Refused::Conflict(_))), "{refused:?}");
    let id = last.context("thirty")?;
    ensure!(matches!(
        templates::fate_of_test(&world.environment, &outsider, id).await,
        Err(Refused::NotFound)
    ));
    Ok(())
}
