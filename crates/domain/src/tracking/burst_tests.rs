use super::*;
use proptest::prelude::*;

const CHROME: &str = "Chrome";
const SCANNER: &str = "Chrome of a scanner";

fn at(ms: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(1_780_000_000_000 + ms).expect("in range")
}

fn open(ms: i64, user_agent: &'static str) -> Seen<'static> {
    let (verdict, reason) = (Verdict::Human, HitReason::Browser);
    Seen { kind: HitKind::Open, at: at(ms), user_agent, origin: b"", url: None, verdict, reason }
}

fn click(ms: i64, user_agent: &'static str, url: &'static str) -> Seen<'static> {
    Seen { kind: HitKind::Click, url: Some(url), ..open(ms, user_agent) }
}

fn machine(hit: Seen<'static>, reason: HitReason) -> Seen<'static> {
    Seen { verdict: Verdict::Machine, reason, ..hit }
}

fn unknown(hit: Seen<'static>, reason: HitReason) -> Seen<'static> {
    Seen { verdict: Verdict::Unknown, reason, ..hit }
}

fn verdicts(hits: &[Seen<'_>]) -> Vec<Verdict> {
    together(hits).into_iter().map(|(verdict, _)| verdict).collect()
}

#[test]
fn a_scanner_s_visit_is_judged_as_a_whole() {
    use Verdict::{Human, Machine};
    let honeypot = |ms, agent| machine(click(ms, agent, "hidden"), HitReason::Honeypot);
    let head = |ms, agent| machine(click(ms, agent, "a"), HitReason::HeadRequest);
    let from = |origin: &'static [u8], hit: Seen<'static>| Seen { origin, ..hit };
    for (name, hits, expected) in [
        (
            "before and after",
            vec![open(0, SCANNER), honeypot(4_000, SCANNER), click(9_000, SCANNER, "a")],
            vec![Machine; 3],
        ),
        ("another program meanwhile", vec![open(0, CHROME), honeypot(500, SCANNER)], vec![Human, Machine]),
        ("long before", vec![open(0, CHROME), honeypot(10_001, CHROME)], vec![Human, Machine]),
        (
            "another program of the same network",
            vec![from(b"net", open(0, CHROME)), from(b"net", honeypot(500, SCANNER))],
            vec![Machine; 2],
        ),
        (
            "HEAD of another program of the same network",
            vec![from(b"net", open(0, CHROME)), from(b"net", head(500, SCANNER))],
            vec![Human, Machine],
        ),
        ("HEAD and then GET", vec![head(0, CHROME), click(900, CHROME, "a")], vec![Machine; 2]),
        (
            "a browser that fetches ahead is a person's",
            vec![machine(click(0, CHROME, "a"), HitReason::Prefetch), click(900, CHROME, "a")],
            vec![Machine, Human],
        ),
        (
            "Gmail's proxy speaks for the person",
            vec![
                from(
                    b"net",
                    Seen { reason: HitReason::GoogleProxy, ..open(0, "via ggpht.com GoogleImageProxy") },
                ),
                from(b"net", honeypot(500, SCANNER)),
            ],
            vec![Human, Machine],
        ),
        ("no agent and no network are nobody's", vec![open(0, ""), honeypot(500, "")], vec![Human, Machine]),
    ] {
        assert_eq!(verdicts(&hits), expected, "{name}");
    }
}

#[test]
fn three_links_at_once_take_back_the_first_two() {
    use Verdict::{Human, Machine};
    let clicks =
        |times: [i64; 3]| [click(times[0], "1", "a"), click(times[1], "2", "b"), click(times[2], "3", "c")];
    assert_eq!(verdicts(&clicks([0, 900, 2_000])), [Machine; 3]);
    // Somebody who opens three links in tabs, one after the other.
    assert_eq!(verdicts(&clicks([0, 1_500, 3_000])), [Human; 3]);
    let same = [click(0, "1", "a"), click(1, "1", "a"), click(2, "1", "b")];
    assert_eq!(verdicts(&same), [Human; 3], "two links only");
}

#[test]
fn a_person_s_hit_clears_up_what_was_unclear() {
    use Verdict::{Human, Unknown};
    let unclear = |ms| unknown(open(ms, ""), HitReason::NoUserAgent);
    let vpn = |ms| unknown(click(ms, "vpn", "a"), HitReason::DataCentre);
    for (name, hits, expected) in [
        ("a click soon after", vec![unclear(0), click(60_000, CHROME, "a")], vec![Human; 2]),
        ("a click much later", vec![unclear(0), click(400_000, CHROME, "a")], vec![Unknown, Human]),
        (
            "a click much later from the same network",
            vec![
                Seen { origin: b"net", ..unclear(0) },
                Seen { origin: b"net", ..click(9_000_000, CHROME, "a") },
            ],
            vec![Human; 2],
        ),
        ("a click behind a VPN after an open", vec![open(0, CHROME), vpn(90_000_000)], vec![Human; 2]),
        ("a click behind a VPN before any open", vec![vpn(0), open(1_000, CHROME)], vec![Unknown, Human]),
        ("nothing else", vec![unclear(0), vpn(100)], vec![Unknown; 2]),
    ] {
        assert_eq!(verdicts(&hits), expected, "{name}");
    }
}

#[test]
fn a_scanner_s_click_confirms_nothing() {
    let unclear = unknown(open(0, ""), HitReason::NoUserAgent);
    let trap = machine(click(2_000, SCANNER, "hidden"), HitReason::Honeypot);
    let hits = [unclear, click(1_000, SCANNER, "a"), trap];
    assert_eq!(verdicts(&hits), [Verdict::Unknown, Verdict::Machine, Verdict::Machine]);
}

prop_compose! {
    fn any_hit()(
        is_click in any::<bool>(), ms in 0_i64..30_000, agent in 0..3_usize, origin in 0..3_usize, url in 0..4_usize,
        alone in 0..8_usize,
    ) -> Seen<'static> {
        use Verdict::{Human, Machine, Unknown};
        let (verdict, reason) = [
            (Human, HitReason::Browser), (Human, HitReason::GoogleProxy), (Machine, HitReason::Honeypot),
            (Machine, HitReason::HeadRequest), (Machine, HitReason::Prefetch), (Unknown, HitReason::NoUserAgent),
            (Unknown, HitReason::DataCentre), (Machine, HitReason::TooSoon),
        ][alone];
        Seen {
            kind: if is_click { HitKind::Click } else { HitKind::Open },
            at: at(ms),
            user_agent: ["", CHROME, SCANNER][agent],
            origin: [b"".as_slice(), b"one", b"two"][origin],
            url: is_click.then_some(["a", "b", "c", "d"][url]),
            verdict,
            reason,
        }
    }
}

proptest! {
    #[test]
    fn the_order_of_hits_never_matters(hits in prop::collection::vec(any_hit(), 0..12), turn in 0..12_usize) {
        let expected = together(&hits);
        let mut turned = hits.clone();
        let turn = turn.min(hits.len());
        turned.rotate_left(turn);
        turned.reverse();
        let mut judged = together(&turned);
        judged.reverse();
        judged.rotate_right(turn);
        prop_assert_eq!(judged, expected);
    }

    #[test]
    fn a_machine_alone_is_a_machine_in_company(hits in prop::collection::vec(any_hit(), 0..12)) {
        for (hit, (verdict, reason)) in hits.iter().zip(together(&hits)) {
            if hit.verdict == Verdict::Machine {
                prop_assert_eq!((verdict, reason), (hit.verdict, hit.reason));
            }
        }
    }
}
