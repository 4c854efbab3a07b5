use super::*;
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

#[test]
fn the_usual_forms_are_read() {
    // A Tuesday.
    let today = day("2026-03-03");
    let cases: &[(&str, Option<&str>)] = &[
        ("I will be back on 12 March 2026.", Some("2026-03-12")),
        ("I return on the 12th of March.", Some("2026-03-12")),
        ("Returning March 12th, 2026", Some("2026-03-12")),
        ("Back on Thursday, 12 Mar.", Some("2026-03-12")),
        ("back Thu. 12 Mar. and then busy", Some("2026-03-12")),
        ("I'm away until 12/03/2026", Some("2026-03-12")),
        ("I'm away until 12/3", Some("2026-03-12")),
        ("away until 12.03.26", Some("2026-03-12")),
        ("back in the office on 2026-03-12", Some("2026-03-12")),
        ("Will return 03/16/2026", Some("2026-03-16")),
        ("Will return 03/12/2026", Some("2026-03-12")),
        ("On annual leave from 3 March to 12 March", Some("2026-03-12")),
        ("On annual leave 3 - 12 March", Some("2026-03-12")),
        ("I'm on leave 3–12 March 2026, back after that", Some("2026-03-12")),
        ("I will be back next Monday", Some("2026-03-09")),
        ("Back on Tuesday", Some("2026-03-10")),
        ("On leave 3-12 March", Some("2026-03-12")),
        ("Closed 3-12 March, back Friday 13 March", Some("2026-03-13")),
        ("Out of the office, back on the 12th", Some("2026-03-12")),
        ("Out of the office, back on the 2nd", Some("2026-04-02")),
        ("back tomorrow", Some("2026-03-04")),
        ("I will return next week", Some("2026-03-09")),
        ("Out of office. I will be back on the 5th of May.", Some("2026-05-05")),
        ("I'm on leave 3.3. - 12.3.2026, sorry", Some("2026-03-12")),
        ("Ich bin bis zum 12. März nicht im Büro.", Some("2026-03-12")),
        ("Je suis absent jusqu'au 12 mars.", Some("2026-03-12")),
        ("Absent du 3 au 12 mars", Some("2026-03-12")),
        ("I'm away and back in two weeks", Some("2026-03-17")),
        ("I am away. I will get back to you on Friday.", None),
        ("We will come back to you by 12 March.", None),
        ("Our office hours are Monday to Friday, 9 to 5.", None),
        // Two months ago: an old notice.
        ("I will be back on the 5th of January.", None),
        ("I return on 20 February", None),
        ("I return on 12 March 2024", None),
        ("I return on 31/02/2026", None),
        ("Suite 3/12 Smith Street, open 12 March", None),
        ("I have limited access to email.", None),
        ("Call 0412 345 678 if urgent; I may be slow.", None),
        ("I will get back to you as soon as I can.", None),
    ];
    for (text, expected) in cases {
        assert_eq!(return_date(text, today), expected.map(day), "{text}");
    }
}

#[test]
fn a_date_across_new_year_is_next_year() {
    assert_eq!(return_date("back on 5 January", day("2026-12-22")), Some(day("2027-01-05")));
    assert_eq!(return_date("until 29 February", day("2027-12-22")), Some(day("2028-02-29")));
}

proptest! {
    #[test]
    fn never_past_and_never_panics(text in "(back|until|on|[0-9]{1,4}|/|-|\\.|march|mon| |[a-z]{1,5}|é){0,25}", offset in 0_u64..2000) {
        let today = day("2024-01-01") + Days::new(offset);
        if let Some(date) = return_date(&text, today) {
            prop_assert!(date >= today);
        }
    }
}
