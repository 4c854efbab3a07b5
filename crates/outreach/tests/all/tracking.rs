use chrono::TimeDelta;
use database::event::{HitInLine, line_up};
use database::schema::{email_events, email_hits};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::EmailEventId;
use domain::engagement::{Tier, Verdict};
use domain::mailing::MessageState;
use domain::tracking::{HitReason, HitVerdict, Network};
use mail::token::Token;
use outreach::tracking::{HONEYPOT_LINK, Hit, Kept, Recorded, Request, Tracker, record, refresh};

use test_support::Mailed;

use crate::mailroom::Mailroom;

const BROWSER: &str = "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1.15 (KHTML, like Gecko)";

fn request(user_agent: &str) -> Request {
    Request {
        method: "GET".to_owned(),
        user_agent: user_agent.to_owned(),
        purpose: String::new(),
        network: Network::Ordinary,
        own_session: false,
    }
}

fn hit(room: &Mailroom, mailed: &Mailed, link: Option<u16>, request: Request) -> Hit {
    Hit {
        id: EmailEventId(room.test.clock.new_id()),
        brand: mailed.brand,
        message: mailed.mail.id,
        link,
        at: room.now(),
        origin: None,
        request,
    }
}

fn counted(verdict: Verdict, reason: HitReason) -> Option<HitVerdict> {
    Some(HitVerdict::Counted(verdict, reason))
}

async fn events(room: &Mailroom, mailed: &Mailed) -> anyhow::Result<i64> {
    let mut scope = room.environment.database().brand(mailed.brand).await?;
    let query = email_events::table.filter(email_events::message_id.eq(mailed.mail.id));
    Ok(query.count().get_result(&mut *scope).await?)
}

/// Hits of both brands that wait to be judged.
async fn in_line(room: &Mailroom) -> anyhow::Result<i64> {
    let mut scope = room.environment.database().scoped(&[room.desifirms(), room.codeteki()]).await?;
    Ok(email_hits::table.count().get_result(&mut *scope).await?)
}

#[tokio::test(flavor = "multi_thread")]
async fn open_by_a_person_is_kept_and_warms_the_deal() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let mailed = room.mailed(room.desifirms(), "priya@sharma.example", "business").await?;
    let other = room.mailed(room.codeteki(), "priya@sharma.example", "sales").await?;
    let (recorded, touched) =
        record(&room.environment, &[hit(&room, &mailed, None, request(BROWSER))]).await?;
    assert_eq!(recorded, vec![Recorded { url: None, verdict: counted(Verdict::Human, HitReason::Browser) }]);
    refresh(&room.environment, &touched).await?;
    let mail = room.mail(mailed.brand, mailed.mail.id).await?;
    assert_eq!((mail.opened_at, mail.machine_opened_at), (Some(room.now()), None));
    assert_eq!(room.deal(&mailed).await?.tier, Tier::Hot);
    room.assert_untouched(&other).await
}

#[tokio::test(flavor = "multi_thread")]
async fn machine_opens_leave_the_deal_unverified_and_a_person_may_still_come() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let mailed = room.mailed(room.desifirms(), "priya@sharma.example", "business").await?;
    let prefetch = Request { purpose: "prefetch".to_owned(), ..request(BROWSER) };
    let proxy = Request { network: Network::ApplePrivacyProxy, ..request(BROWSER) };
    let hits = [request("Mozilla/5.0"), prefetch, proxy].map(|request| hit(&room, &mailed, None, request));
    let (recorded, touched) = record(&room.environment, &hits).await?;
    let reasons = [HitReason::ApplePrivacy, HitReason::Prefetch, HitReason::ApplePrivacy];
    for (recorded, reason) in recorded.iter().zip(reasons) {
        assert_eq!(recorded.verdict, counted(Verdict::Machine, reason));
    }
    refresh(&room.environment, &touched).await?;
    let deal = room.deal(&mailed).await?;
    assert_eq!((deal.tier, deal.tier_unverified), (Tier::New, true));
    let mail = room.mail(mailed.brand, mailed.mail.id).await?;
    assert_eq!((mail.opened_at, mail.machine_opened_at.is_some()), (None, true));

    record(&room.environment, &[hit(&room, &mailed, None, request(BROWSER))]).await?;
    assert!(room.mail(mailed.brand, mailed.mail.id).await?.opened_at.is_some());
    assert_eq!(events(&room, &mailed).await?, 4);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn click_leads_to_the_stored_target_only() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let mailed = room.mailed(room.desifirms(), "priya@sharma.example", "business").await?;
    let hits = [Some(1), Some(9)].map(|link| hit(&room, &mailed, link, request(BROWSER)));
    let (recorded, _) = record(&room.environment, &hits).await?;
    assert_eq!(recorded[0].url.as_deref(), Some("https://overture.test/b?c=d"));
    assert_eq!(recorded[1], Recorded { url: None, verdict: None });
    assert!(room.mail(mailed.brand, mailed.mail.id).await?.clicked_at.is_some());
    assert_eq!(events(&room, &mailed).await?, 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn scanner_that_follows_everything_counts_as_a_machine() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let mailed = room.mailed(room.desifirms(), "priya@sharma.example", "business").await?;
    let hits = [0, 1, 2].map(|link| hit(&room, &mailed, Some(link), request(BROWSER)));
    let (recorded, _) = record(&room.environment, &hits).await?;
    assert!(
        recorded.iter().all(|recorded| recorded.verdict == counted(Verdict::Machine, HitReason::ManyLinks))
    );
    assert_eq!(room.mail(mailed.brand, mailed.mail.id).await?.clicked_at, None);

    let hidden = hit(&room, &mailed, Some(HONEYPOT_LINK), request(BROWSER));
    let (recorded, _) = record(&room.environment, &[hidden]).await?;
    assert_eq!(recorded[0], Recorded { url: None, verdict: counted(Verdict::Machine, HitReason::Honeypot) });
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn own_visits_unsent_mails_and_foreign_brands_do_not_count() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let mailed = room.mailed(room.desifirms(), "priya@sharma.example", "business").await?;
    let waiting = room.another(&mailed, MessageState::Queued, None).await?;
    let own = hit(&room, &mailed, None, Request { own_session: true, ..request(BROWSER) });
    let unsent = Hit { message: waiting.id, ..hit(&room, &mailed, None, request(BROWSER)) };
    let foreign = Hit { brand: room.codeteki(), ..hit(&room, &mailed, None, request(BROWSER)) };
    let (recorded, touched) = record(&room.environment, &[own, unsent, foreign]).await?;
    assert_eq!(recorded[0].verdict, Some(HitVerdict::NotCounted(HitReason::OwnSession)));
    assert_eq!((recorded[1].verdict, recorded[2].verdict), (None, None));
    assert!(touched.is_empty());
    assert_eq!(events(&room, &mailed).await?, 0);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn batch_tried_again_stores_nothing_twice() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let mailed = room.mailed(room.desifirms(), "priya@sharma.example", "business").await?;
    let hits = [hit(&room, &mailed, None, request(BROWSER))];
    record(&room.environment, &hits).await?;
    record(&room.environment, &hits).await?;
    assert_eq!(events(&room, &mailed).await?, 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_come_after_the_commit_and_nothing_is_lost() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let mailed = room.mailed(room.desifirms(), "priya@sharma.example", "business").await?;
    let other = room.mailed(room.codeteki(), "priya@sharma.example", "sales").await?;
    let tracker = Tracker::new(room.environment.clone());
    let hits = (0..200).map(|index| {
        let mailed = if index % 2 == 0 { &mailed } else { &other };
        tracker.keep(hit(&room, mailed, None, request(BROWSER)))
    });
    let kept = futures::future::join_all(hits).await;
    assert!(kept.iter().all(Option::is_some));
    let stored = in_line(&room).await? + events(&room, &mailed).await? + events(&room, &other).await?;
    assert!(stored >= 200, "{stored} of 200 are committed");
    tracker.finish().await;
    assert_eq!(in_line(&room).await?, 0);
    assert_eq!((events(&room, &mailed).await?, events(&room, &other).await?), (100, 100));
    assert_eq!(room.deal(&mailed).await?.tier, Tier::Hot);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_process_left_in_line_is_judged_once_by_those_that_follow() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let mailed = room.mailed(room.desifirms(), "priya@sharma.example", "business").await?;
    let other = room.mailed(room.codeteki(), "priya@sharma.example", "sales").await?;
    for mailed in [&mailed, &other] {
        let left: Vec<HitInLine> =
            (0..100).map(|_| hit(&room, mailed, None, request(BROWSER)).into()).collect();
        let mut scope = room.environment.database().brand(mailed.brand).await?;
        line_up(&mut scope, &left).await?;
        line_up(&mut scope, &left).await?;
        scope.commit().await?;
    }
    assert_eq!(in_line(&room).await?, 200);
    let trackers = [(); 3].map(|()| Tracker::new(room.environment.clone()));
    for tracker in &trackers {
        tracker.start();
    }
    futures::future::join_all(trackers.iter().map(Tracker::finish)).await;
    assert_eq!(in_line(&room).await?, 0);
    assert_eq!((events(&room, &mailed).await?, events(&room, &other).await?), (100, 100));
    assert_eq!((room.deal(&mailed).await?.tier, room.deal(&other).await?.tier), (Tier::Hot, Tier::Hot));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn link_is_told_only_to_whom_the_mail_s_brand_named() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let mailed = room.mailed(room.desifirms(), "priya@sharma.example", "business").await?;
    let tracker = Tracker::new(room.environment.clone());
    let click = |link| hit(&room, &mailed, Some(link), request(BROWSER));
    let foreign = Hit { brand: room.codeteki(), ..click(1) };
    for (hit, target) in [
        (click(1), Some("https://overture.test/b?c=d")),
        (click(9), None),
        (click(HONEYPOT_LINK), None),
        (foreign, None),
    ] {
        let kept = tracker.keep(hit).await;
        assert_eq!(kept, Some(Kept { target: target.map(str::to_owned) }));
    }
    tracker.finish().await;
    assert_eq!(events(&room, &mailed).await?, 2, "the link and the hidden one");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn person_who_opens_proves_that_the_address_works() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let mailed = room.mailed(room.desifirms(), "priya@sharma.example", "business").await?;
    let mut scope = room.environment.database().brand(mailed.brand).await?;
    database::optout::set_soft_bounces(&mut scope, mailed.contact.id, 2).await?;
    scope.commit().await?;
    let later = Hit { at: room.now() + TimeDelta::seconds(1), ..hit(&room, &mailed, None, request(BROWSER)) };
    record(&room.environment, &[later]).await?;
    assert_eq!(room.contact(&mailed).await?.soft_bounces, 0);
    Ok(())
}

/// A burst of a scanner that looks like a browser, and a person's open a quarter of an hour later.
fn visit(room: &Mailroom, mailed: &Mailed) -> Vec<Hit> {
    let at = |ms: i64, link, agent: &str| Hit {
        at: room.now() + TimeDelta::milliseconds(ms),
        ..hit(room, mailed, link, request(agent))
    };
    vec![
        at(0, None, BROWSER),
        at(700, Some(0), BROWSER),
        at(1_900, Some(HONEYPOT_LINK), BROWSER),
        at(900_000, None, "Microsoft Outlook 16"),
    ]
}

async fn verdicts(room: &Mailroom, mailed: &Mailed) -> anyhow::Result<Vec<(Verdict, String)>> {
    let mut scope = room.environment.database().brand(mailed.brand).await?;
    Ok(email_events::table
        .filter(email_events::message_id.eq(mailed.mail.id))
        .order(email_events::at)
        .select((email_events::verdict, email_events::reason))
        .load(&mut *scope)
        .await?)
}

#[tokio::test(flavor = "multi_thread")]
async fn scanner_s_visit_is_found_out_in_whatever_order_its_hits_come() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let other = room.mailed(room.codeteki(), "priya@sharma.example", "sales").await?;
    let expected = [
        (Verdict::Machine, "scanner_burst".to_owned()),
        (Verdict::Machine, "scanner_burst".to_owned()),
        (Verdict::Machine, "honeypot".to_owned()),
        (Verdict::Human, "browser".to_owned()),
    ];
    for (index, order) in
        [[0, 1, 2, 3], [2, 0, 1, 3], [3, 1, 2, 0], [1, 3, 0, 2], [3, 2, 1, 0]].into_iter().enumerate()
    {
        let email = format!("priya{index}@sharma.example");
        let mailed = room.mailed(room.desifirms(), &email, "business").await?;
        let hits = visit(&room, &mailed);
        for place in order {
            let (_, touched) = record(&room.environment, &[hits[place].clone()]).await?;
            refresh(&room.environment, &touched).await?;
        }
        assert_eq!(verdicts(&room, &mailed).await?, expected, "{order:?}");
        let mail = room.mail(mailed.brand, mailed.mail.id).await?;
        assert_eq!((mail.opened_at, mail.clicked_at), (Some(hits[3].at), None), "{order:?}");
        assert_eq!(mail.machine_opened_at, Some(hits[0].at), "{order:?}");
    }
    room.assert_untouched(&other).await
}

#[tokio::test(flavor = "multi_thread")]
async fn deal_cools_down_when_its_reader_turns_out_to_be_a_scanner() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let mailed = room.mailed(room.desifirms(), "priya@sharma.example", "business").await?;
    let hits = visit(&room, &mailed);
    let (_, touched) = record(&room.environment, &hits[..2]).await?;
    refresh(&room.environment, &touched).await?;
    assert_eq!(room.deal(&mailed).await?.tier, Tier::Hot);
    let (_, touched) = record(&room.environment, &hits[2..3]).await?;
    refresh(&room.environment, &touched).await?;
    let deal = room.deal(&mailed).await?;
    assert_eq!((deal.tier, deal.tier_unverified), (Tier::New, true));
    let mail = room.mail(mailed.brand, mailed.mail.id).await?;
    assert_eq!((mail.opened_at, mail.clicked_at), (None, None));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn replaced_verdicts_are_kept_and_events_stay_as_they_were() -> anyhow::Result<()> {
    use database::schema::email_event_judgements::dsl;
    let room = Mailroom::new().await?;
    let mailed = room.mailed(room.desifirms(), "priya@sharma.example", "business").await?;
    record(&room.environment, &visit(&room, &mailed)).await?;
    let mut scope = room.environment.database().brand(mailed.brand).await?;
    let kept: Vec<(Verdict, String)> = dsl::email_event_judgements
        .order(dsl::id)
        .select((dsl::verdict, dsl::reason))
        .load(&mut *scope)
        .await?;
    assert_eq!(kept, vec![(Verdict::Human, "browser".to_owned()); 2]);
    drop(scope);
    for statement in [
        "UPDATE email_events SET at = at + interval '1 hour'",
        "UPDATE email_events SET user_agent = 'another'",
        "UPDATE email_events SET verdict = 'human', reason = 'browser', judged_at = NULL WHERE reason = 'honeypot'",
        "DELETE FROM email_events",
        "UPDATE email_event_judgements SET verdict = 'machine'",
        "DELETE FROM email_event_judgements",
    ] {
        let mut scope = room.environment.database().brand(mailed.brand).await?;
        assert!(diesel::sql_query(statement).execute(&mut *scope).await.is_err(), "{statement}");
    }
    let mut foreign = room.environment.database().brand(room.codeteki()).await?;
    let seen: i64 = dsl::email_event_judgements.count().get_result(&mut *foreign).await?;
    assert_eq!(seen, 0, "another brand sees them");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn click_of_a_person_clears_up_an_unclear_open() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    for (index, order) in [[0, 1], [1, 0]].into_iter().enumerate() {
        let email = format!("priya{index}@sharma.example");
        let mailed = room.mailed(room.desifirms(), &email, "business").await?;
        let click =
            Hit { at: room.now() + TimeDelta::seconds(40), ..hit(&room, &mailed, Some(0), request(BROWSER)) };
        let hits = [hit(&room, &mailed, None, request("")), click];
        for place in order {
            record(&room.environment, &[hits[place].clone()]).await?;
        }
        let mail = room.mail(mailed.brand, mailed.mail.id).await?;
        assert_eq!(mail.opened_at, Some(hits[0].at), "{order:?}");
        assert_eq!(verdicts(&room, &mailed).await?[0], (Verdict::Human, "confirmed".to_owned()));
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn one_network_is_one_caller_and_two_batches_at_once_see_each_other() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let mailed = room.mailed(room.desifirms(), "priya@sharma.example", "business").await?;
    let from = |address: &str, agent: &str, link| {
        let (brand, message) = (mailed.brand, mailed.mail.id);
        let token = match link {
            None => Token::Open { brand, message },
            Some(link) => Token::Click { brand, message, link },
        };
        let address = Some(address.parse().expect("written right"));
        Hit::new(&room.environment, token, address, request(agent)).expect("a pixel or a link")
    };
    let person = from("203.0.113.200", "Microsoft Outlook 16", None);
    let bursts: Vec<[Hit; 1]> = (0..20u8)
        .map(|n| [from(&format!("198.51.100.{n}"), &format!("Browser {n}"), None)])
        .chain([[from("198.51.100.99", "Browser 99", Some(HONEYPOT_LINK))], [person]])
        .collect();
    for recorded in
        futures::future::join_all(bursts.iter().map(|burst| record(&room.environment, burst))).await
    {
        recorded?;
    }
    let found = verdicts(&room, &mailed).await?;
    let persons = found.iter().filter(|(verdict, _)| *verdict == Verdict::Human).count();
    assert_eq!((found.len(), persons), (22, 1), "{found:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_fetched_while_a_mail_is_handed_over_is_a_machine_s() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let mailed = room.mailed(room.desifirms(), "priya@sharma.example", "business").await?;
    let sending = room.another(&mailed, MessageState::Sending, None).await?;
    let early = Hit { message: sending.id, ..hit(&room, &mailed, None, request(BROWSER)) };
    let (recorded, _) = record(&room.environment, &[early]).await?;
    assert_eq!(recorded[0].verdict, counted(Verdict::Machine, HitReason::TooSoon));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn hits_whose_requests_have_gone_are_stored_before_the_end() -> anyhow::Result<()> {
    let room = Mailroom::new().await?;
    let mailed = room.mailed(room.desifirms(), "priya@sharma.example", "business").await?;
    let tracker = Tracker::new(room.environment.clone());
    for _ in 0..50 {
        let mut request = Box::pin(tracker.keep(hit(&room, &mailed, None, request(BROWSER))));
        // Polled once: the hit is in line, and whoever asked hangs up.
        let _ = futures::poll!(request.as_mut());
    }
    tracker.finish().await;
    assert_eq!(events(&room, &mailed).await?, 50);
    Ok(())
}
