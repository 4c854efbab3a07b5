use super::*;
use proptest::prelude::*;

const CHROME: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36";
const GMAIL: &str =
    "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)";
const GMAIL_PREFETCH: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/42.0.2311.135 Safari/537.36 Edge/12.246 Mozilla/5.0";

fn open() -> HitFacts {
    HitFacts {
        kind: HitKind::Open,
        method: "GET".into(),
        user_agent: CHROME.into(),
        purpose: String::new(),
        ms_since_sent: Some(3_600_000),
        network: Network::Ordinary,
        links_within_2s: 0,
        honeypot: false,
        own_session: false,
        preview: false,
        opened_before: false,
    }
}

fn click() -> HitFacts {
    HitFacts { kind: HitKind::Click, links_within_2s: 1, ..open() }
}

#[test]
fn verdicts_by_evidence() {
    use HitVerdict::{Counted, NotCounted};
    use Verdict::{Human, Machine, Unknown};
    let agent = |text: &str| text.to_owned();
    for (hit, expected) in [
        (open(), Counted(Human, HitReason::Browser)),
        (click(), Counted(Human, HitReason::Browser)),
        (HitFacts { own_session: true, ..open() }, NotCounted(HitReason::OwnSession)),
        (HitFacts { preview: true, ..open() }, NotCounted(HitReason::Preview)),
        (HitFacts { user_agent: agent(GMAIL), ..open() }, Counted(Human, HitReason::GoogleProxy)),
        (
            HitFacts { user_agent: agent(GMAIL), network: Network::GoogleProxy, ..open() },
            Counted(Human, HitReason::GoogleProxy),
        ),
        (
            HitFacts { user_agent: agent(GMAIL), ms_since_sent: Some(800), ..open() },
            Counted(Machine, HitReason::TooSoon),
        ),
        (
            HitFacts { user_agent: agent(GMAIL_PREFETCH), network: Network::GoogleProxy, ..open() },
            Counted(Machine, HitReason::Prefetch),
        ),
        (HitFacts { user_agent: agent(GMAIL_PREFETCH), ..open() }, Counted(Human, HitReason::Browser)),
        (
            HitFacts { user_agent: agent("YahooMailProxy; https://help.yahoo.com"), ..open() },
            Counted(Human, HitReason::YahooProxy),
        ),
        (HitFacts { user_agent: agent("Mozilla/5.0"), ..open() }, Counted(Machine, HitReason::ApplePrivacy)),
        (
            HitFacts { network: Network::ApplePrivacyProxy, ..open() },
            Counted(Machine, HitReason::ApplePrivacy),
        ),
        // iCloud Private Relay carries people's clicks.
        (HitFacts { network: Network::ApplePrivacyProxy, ..click() }, Counted(Human, HitReason::Browser)),
        (HitFacts { purpose: agent("prefetch;prerender"), ..open() }, Counted(Machine, HitReason::Prefetch)),
        (HitFacts { purpose: agent("preview"), ..click() }, Counted(Machine, HitReason::Prefetch)),
        (HitFacts { method: agent("HEAD"), ..click() }, Counted(Machine, HitReason::HeadRequest)),
        (HitFacts { method: agent("OPTIONS"), ..click() }, Counted(Machine, HitReason::OddMethod)),
        (HitFacts { ms_since_sent: Some(1_999), ..open() }, Counted(Machine, HitReason::TooSoon)),
        (HitFacts { ms_since_sent: Some(2_000), ..open() }, Counted(Human, HitReason::Browser)),
        (HitFacts { ms_since_sent: Some(-50), ..open() }, Counted(Machine, HitReason::TooSoon)),
        (HitFacts { ms_since_sent: None, ..open() }, Counted(Human, HitReason::Browser)),
        (HitFacts { links_within_2s: 3, ..click() }, Counted(Machine, HitReason::ManyLinks)),
        (HitFacts { links_within_2s: 2, ..click() }, Counted(Human, HitReason::Browser)),
        (HitFacts { honeypot: true, ..click() }, Counted(Machine, HitReason::Honeypot)),
        (HitFacts { user_agent: agent(""), ..click() }, Counted(Machine, HitReason::NoUserAgent)),
        (HitFacts { user_agent: agent(""), ..open() }, Counted(Unknown, HitReason::NoUserAgent)),
        (
            HitFacts { user_agent: agent("Barracuda Sentinel (EE)"), ..click() },
            Counted(Machine, HitReason::KnownMachine),
        ),
        (
            HitFacts { user_agent: agent("Mozilla/5.0 (compatible; Googlebot/2.1)"), ..click() },
            Counted(Machine, HitReason::KnownMachine),
        ),
        (
            HitFacts { user_agent: agent("python-requests/2.31"), ..click() },
            Counted(Machine, HitReason::KnownMachine),
        ),
        (
            HitFacts { user_agent: agent("Mozilla/5.0 (Linux; Android 9; CUBOT X19) Chrome/126"), ..click() },
            Counted(Human, HitReason::Browser),
        ),
        (
            HitFacts { user_agent: agent("Microsoft Office/16.0 (Microsoft Outlook 16.0)"), ..open() },
            Counted(Human, HitReason::Browser),
        ),
        (HitFacts { network: Network::Scanner, ..click() }, Counted(Machine, HitReason::ScannerNetwork)),
        (HitFacts { network: Network::GoogleProxy, ..click() }, Counted(Unknown, HitReason::DataCentre)),
        (HitFacts { network: Network::DataCentre, ..open() }, Counted(Unknown, HitReason::DataCentre)),
        (HitFacts { network: Network::DataCentre, ..click() }, Counted(Unknown, HitReason::DataCentre)),
        (
            HitFacts { network: Network::DataCentre, opened_before: true, ..click() },
            Counted(Human, HitReason::Browser),
        ),
    ] {
        assert_eq!(verdict(&hit), expected, "{hit:?}");
    }
}

#[test]
fn programs_are_known_by_name() {
    for (user_agent, known) in [
        ("AHC/2.1", true),
        ("GoogleOther", true),
        ("Google-Safety", true),
        ("meta-externalfetcher/1.1", true),
        ("Mozilla/5.0 (compatible; MicrosoftPreview/2.0; +https://aka.ms/MicrosoftPreview)", true),
        // "eset" inside a word is no mark of ESET's.
        ("Mozilla/5.0 (Linux; Android 14; Teseta 5) Chrome/126.0 Mobile Safari/537.36", false),
        (CHROME, false),
    ] {
        assert_eq!(agent::machine(user_agent), known, "{user_agent}");
    }
}

#[test]
fn later_evidence_upgrades_only() {
    use Verdict::{Human, Machine, Unknown};
    assert_eq!(better(Machine, Human), Human);
    assert_eq!(better(Human, Machine), Human);
    assert_eq!(better(Machine, Unknown), Unknown);
    assert_eq!(better(Unknown, Machine), Unknown);
    assert_eq!(better(Machine, Machine), Machine);
}

proptest! {
    #[test]
    fn a_honeypot_is_never_a_person(user_agent in "\\PC{0,40}", ms in proptest::option::of(-5_000_i64..1_000_000), network in 0..Network::ALL.len()) {
        let hit = HitFacts { honeypot: true, user_agent, ms_since_sent: ms, network: Network::ALL[network], ..click() };
        prop_assert_eq!(verdict(&hit), HitVerdict::Counted(Verdict::Machine, HitReason::Honeypot));
    }
}
