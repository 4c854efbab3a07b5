//! What the server writes is what the browser reads.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::json::parse;
use super::tree::{Unreadable, read};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Deal {
    name: String,
    value: Option<i64>,
    stage: Stage,
    tags: Vec<(char, u8)>,
    facts: BTreeMap<String, bool>,
    nothing: (),
    #[serde(default)]
    later: u16,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum Stage {
    Open,
    Waiting(u32),
    Between(i8, i16),
    Lost { reason: String },
}

fn from<T: serde::de::DeserializeOwned>(json: &str) -> Result<T, Unreadable> {
    parse(json.as_bytes()).and_then(read)
}

fn deal(stage: Stage) -> Deal {
    Deal {
        name: "Ravi's \"Café\"".to_owned(),
        value: None,
        stage,
        tags: vec![('a', 1), ('ß', 255)],
        facts: BTreeMap::from([("new".to_owned(), true)]),
        nothing: (),
        later: 7,
    }
}

#[test]
fn what_was_written_is_read() {
    for stage in [
        Stage::Open,
        Stage::Waiting(4_000_000_000),
        Stage::Between(-128, 300),
        Stage::Lost { reason: "price".to_owned() },
    ] {
        let deal = Deal { value: Some(i64::MIN), ..deal(stage) };
        let json = serde_json::to_string(&deal).unwrap_or_default();
        assert_eq!(from::<Deal>(&json).ok(), Some(deal));
    }
}

#[test]
fn a_field_may_be_absent_only_with_a_default() {
    let whole = serde_json::to_value(deal(Stage::Open)).unwrap_or_default();
    let without = |field: &str| {
        let mut tree = whole.clone();
        if let Some(fields) = tree.as_object_mut() {
            fields.remove(field);
        }
        from::<Deal>(&tree.to_string())
    };
    assert_eq!(without("later").map(|deal| deal.later).ok(), Some(0));
    assert!(without("name").is_err());
}

#[test]
fn other_shapes_are_errors() {
    for text in ["[]", "null", "7", "{\"name\": 7}", "\"Open\""] {
        assert!(from::<Deal>(text).is_err(), "{text}");
    }
    for text in ["\"Shut\"", "{}", "{\"Waiting\": -1}", "\"Waiting\"", "{\"Between\": [1]}"] {
        assert!(from::<Stage>(text).is_err(), "{text}");
    }
}
