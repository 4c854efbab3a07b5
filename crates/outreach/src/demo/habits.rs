//! How a contact's mail program and its reader behave.

use chrono::{DateTime, TimeDelta, Utc};
use domain::engagement::{EventKind, Verdict};
use domain::tracking::{HitFacts, HitKind, HitVerdict, Network, verdict};

use super::dice::Dice;

/// What shows a contact their mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Program {
    /// Fetches pictures through Google when the mail is opened.
    Gmail,
    /// Fetches every picture beforehand, read or not.
    AppleMail,
    Outlook,
    Phone,
    /// A security product follows every link of a mail on its way.
    Guarded,
    /// Fetches ahead what might be looked at.
    Prefetching,
    /// Shows no pictures and hides its name.
    Private,
}

/// How eagerly a contact reads, in percent of the mails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Habit {
    pub program: Program,
    opens: usize,
    clicks: usize,
    /// Reads the first mails and loses interest.
    fades: bool,
}

/// One request for a pixel or a link, judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hit {
    pub at: DateTime<Utc>,
    pub kind: EventKind,
    pub verdict: Verdict,
    pub reason: &'static str,
    pub user_agent: String,
    /// Which of the mail's links, counted round.
    pub link: usize,
}

const GMAIL: &str =
    "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)";
const APPLE: &str = "Mozilla/5.0";
const CHROME: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36";
const IPHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) \
                      Version/18.6 Mobile/15E148 Safari/604.1";
const OUTLOOK: &str = "Mozilla/4.0 (compatible; ms-office; MSOffice 16)";
const SCANNER: &str = "Mozilla/5.0 (compatible; Proofpoint URL Defense)";

impl Habit {
    pub fn any(dice: &mut Dice) -> Self {
        let program = dice.weighted(&[
            (34, Program::Gmail),
            (16, Program::AppleMail),
            (20, Program::Outlook),
            (14, Program::Phone),
            (9, Program::Guarded),
            (4, Program::Prefetching),
            (3, Program::Private),
        ]);
        let (opens, clicks, fades) = dice.weighted(&[
            (27, (0, 0, false)),
            (31, (48, 12, false)),
            (18, (90, 30, true)),
            (24, (85, 35, false)),
        ]);
        Self { program, opens, clicks, fades }
    }

    /// Somebody who is going to answer: they read what they answer.
    pub const fn reading(self) -> Self {
        Self { opens: 95, clicks: 45, fades: false, ..self }
    }

    /// Everything the contact and their programs do with a mail. `mail` counts from 1.
    pub fn hits(&self, mail: i32, sent: DateTime<Utc>, dice: &mut Dice) -> Vec<Hit> {
        let mut hits = self.by_machines(sent, dice);
        let tired = self.fades && mail > 2;
        if !tired && dice.percent(self.opens) {
            hits.extend(self.by_reader(sent, dice));
        }
        hits.sort_by_key(|hit| hit.at);
        hits
    }

    fn by_machines(&self, sent: DateTime<Utc>, dice: &mut Dice) -> Vec<Hit> {
        let request = |kind, at, user_agent: &str| Request::new(kind, sent, at, user_agent);
        match self.program {
            Program::AppleMail => {
                let at = sent + dice.minutes(2, 45);
                request(HitKind::Open, at, APPLE).judge(0).into_iter().collect()
            }
            Program::Guarded => {
                let network = |hit: Request| Request { network: Network::Scanner, ..hit };
                let mut at = sent + TimeDelta::milliseconds(dice.between(600, 9_000));
                let pixel = network(request(HitKind::Open, at, CHROME)).judge(0);
                let links = (0..3u32).map(|link| {
                    at += TimeDelta::milliseconds(dice.between(80, 600));
                    let hit = Request { links_within_2s: link + 1, ..request(HitKind::Click, at, SCANNER) };
                    hit.judge(link as usize)
                });
                pixel.into_iter().chain(links.collect::<Vec<_>>().into_iter().flatten()).collect()
            }
            Program::Prefetching => {
                let at = sent + dice.minutes(1, 20);
                let hit =
                    Request { purpose: "prefetch;anonymous-client-ip", ..request(HitKind::Open, at, CHROME) };
                hit.judge(0).into_iter().collect()
            }
            Program::Outlook if dice.percent(8) => {
                let at = sent + TimeDelta::milliseconds(dice.between(300, 1_500));
                Request { method: "HEAD", ..request(HitKind::Click, at, CHROME) }
                    .judge(0)
                    .into_iter()
                    .collect()
            }
            Program::Gmail | Program::Outlook | Program::Phone | Program::Private => Vec::new(),
        }
    }

    fn by_reader(&self, sent: DateTime<Utc>, dice: &mut Dice) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut at = sent + reading_delay(dice);
        let opened = match self.program {
            // The proxy has fetched the picture already: opening shows nothing new.
            Program::AppleMail => None,
            Program::Gmail => Request::new(HitKind::Open, sent, at, GMAIL).judge(0),
            Program::Private => Request::new(HitKind::Open, sent, at, "").judge(0),
            Program::Phone => Request::new(HitKind::Open, sent, at, IPHONE).judge(0),
            Program::Outlook | Program::Guarded | Program::Prefetching => {
                Request::new(HitKind::Open, sent, at, OUTLOOK).judge(0)
            }
        };
        let seen = opened.is_some();
        hits.extend(opened);
        if seen && dice.percent(25) {
            let again = at + dice.minutes(40, 2_400);
            let agent = if self.program == Program::Gmail { GMAIL } else { IPHONE };
            hits.extend(Request::new(HitKind::Open, sent, again, agent).judge(0));
        }
        if dice.percent(self.clicks) {
            at += TimeDelta::seconds(dice.between(8, 240));
            let agent = if self.program == Program::Phone { IPHONE } else { CHROME };
            let hit = Request { opened_before: seen, ..Request::new(HitKind::Click, sent, at, agent) };
            hits.extend(hit.judge(dice.below(2)));
        }
        hits
    }
}

/// Most people read within the day, some within three.
fn reading_delay(dice: &mut Dice) -> TimeDelta {
    match dice.below(10) {
        0..=3 => dice.minutes(3, 90),
        4..=7 => dice.minutes(90, 1_200),
        _ => dice.minutes(1_200, 4_000),
    }
}

struct Request {
    kind: HitKind,
    sent: DateTime<Utc>,
    at: DateTime<Utc>,
    user_agent: String,
    method: &'static str,
    purpose: &'static str,
    network: Network,
    links_within_2s: u32,
    opened_before: bool,
}

impl Request {
    fn new(kind: HitKind, sent: DateTime<Utc>, at: DateTime<Utc>, user_agent: &str) -> Self {
        Self {
            kind,
            sent,
            at,
            user_agent: user_agent.to_owned(),
            method: "GET",
            purpose: "",
            network: Network::Ordinary,
            links_within_2s: 1,
            opened_before: false,
        }
    }

    /// As the tracker judges it. `link` counts the mail's links.
    fn judge(self, link: usize) -> Option<Hit> {
        let facts = HitFacts {
            kind: self.kind,
            method: self.method.to_owned(),
            user_agent: self.user_agent.clone(),
            purpose: self.purpose.to_owned(),
            ms_since_sent: Some((self.at - self.sent).num_milliseconds()),
            network: self.network,
            links_within_2s: self.links_within_2s,
            honeypot: false,
            own_session: false,
            preview: false,
            opened_before: self.opened_before,
        };
        match verdict(&facts) {
            HitVerdict::NotCounted(_) => None,
            HitVerdict::Counted(verdict, reason) => Some(Hit {
                at: self.at,
                kind: match self.kind {
                    HitKind::Open => EventKind::Open,
                    HitKind::Click => EventKind::Click,
                },
                verdict,
                reason: reason.as_str(),
                user_agent: self.user_agent,
                link,
            }),
        }
    }
}
