//! `server inspect-mail`, as somebody at a terminal uses it: without a database and without configuration.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/mail/tests/fixtures/corpus");

fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_server"));
    command.arg("inspect-mail").env_clear();
    command
}

fn lines(output: &Output) -> Vec<Value> {
    let text = String::from_utf8(output.stdout.clone()).expect("UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("one JSON object a line")).collect()
}

#[test]
fn files_are_read_in_the_order_given() {
    let files = ["prose_qmail_two", "ooo_next_monday", "wish_left_company"]
        .map(|name| format!("{CORPUS}/{name}.eml"));
    let output = command().args(&files).output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let [bounce, away, gone] = &lines(&output)[..] else { panic!("three lines") };

    assert_eq!((bounce["file"].as_str(), bounce["kind"].as_str()), (Some(files[0].as_str()), Some("bounce")));
    assert_eq!(bounce["matched_message_id"], "0199c1-invite@desifirms.com.au");
    let failed = bounce["failed_recipients"].as_array().expect("an array");
    assert_eq!(failed.len(), 2);
    assert_eq!(
        (&failed[0]["address"], &failed[0]["status"], &failed[0]["hard"], &failed[0]["class"]),
        (&"gone@oldshop.example".into(), &"5.1.1".into(), &true.into(), &"hard".into())
    );
    assert_eq!((&failed[1]["hard"], &failed[1]["class"]), (&false.into(), &"soft".into()));

    assert_eq!((&away["intent"], &away["return_date"]), (&"out_of_office".into(), &"2026-11-30".into()));
    assert_eq!(away["needs_review"], false);
    assert_eq!(
        (&gone["intent"], &gone["referral"]),
        (&"referral".into(), &"anil@saffronhouse.com.au".into())
    );
    for line in [bounce, away, gone] {
        for key in [
            "file",
            "kind",
            "intent",
            "confidence",
            "reason",
            "message_id",
            "matched_message_id",
            "related_message_ids",
            "from",
            "subject",
            "failed_recipients",
            "return_date",
            "referral",
            "visible_text",
            "needs_review",
        ] {
            assert!(line.get(key).is_some(), "{key} is missing");
        }
    }
}

#[test]
fn today_moves_what_words_mean() {
    let file = format!("{CORPUS}/ooo_next_monday.eml");
    let output = command().args(["--today", "2027-03-03", &file]).output().expect("it runs");
    assert_eq!(lines(&output)[0]["return_date"], "2027-03-08");
    let output = command().args(["--today", "yesterday", &file]).output().expect("it runs");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn what_is_no_mail_is_said_and_the_rest_is_read() {
    let mut child = command()
        .args(["/nowhere/at/all.eml", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut input = child.stdin.take().expect("piped");
    input.write_all(b"From: a@b.example\r\nSubject: Re: x\r\n\r\nSTOP\r\n").expect("written");
    drop(input);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(1));
    let lines = lines(&output);
    assert!(lines[0]["error"].is_string() && lines[0]["kind"].is_null());
    assert_eq!((&lines[1]["file"], &lines[1]["intent"]), (&"-".into(), &"unsubscribe".into()));
}
