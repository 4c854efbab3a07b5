use serde::Deserialize;

/// A call: for each message, what happened to it.
#[derive(Deserialize)]
pub struct Call {
    /// `hardbounce`, `softbounce`, `feedback_loop`, `email_open`, `email_link_click`.
    #[serde(default)]
    event_name: Vec<String>,
    #[serde(default)]
    event_message: Vec<Message>,
}

#[derive(Deserialize)]
struct Message {
    #[serde(default)]
    email_info: Info,
    #[serde(default)]
    event_data: Vec<Data>,
    /// Feedback loops name the recipient here.
    #[serde(default)]
    to: Vec<To>,
    #[serde(default)]
    request_id: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Info {
    to: Vec<To>,
    client_reference: Option<String>,
    email_reference: Option<String>,
}

#[derive(Deserialize)]
struct To {
    email_address: Address,
}

#[derive(Deserialize)]
struct Address {
    address: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Data {
    object: String,
    details: Vec<Detail>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Detail {
    bounced_recipient: Option<String>,
    recipient: Option<String>,
    reason: String,
    diagnostic_message: String,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    HardBounce,
    SoftBounce,
    Complaint,
    /// Opens and clicks, which we count ourselves, and whatever else there may be.
    Other,
}

/// One thing that happened to one recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    pub kind: Kind,
    /// `None`: the call doesn't say whom it is about.
    pub recipient: Option<String>,
    /// Message-ID of our mail.
    pub message_id: Option<String>,
    /// The vendor's name for the mail.
    pub reference: String,
    /// The remote server's words.
    pub diagnostic: String,
}

impl Call {
    /// Everything it tells, one event for each recipient.
    pub fn events(self) -> Vec<Event> {
        let names = self.event_name;
        self.event_message
            .into_iter()
            .enumerate()
            .flat_map(|(index, message)| {
                let name = names.get(index).or(names.first()).cloned().unwrap_or_default();
                message.events(&name)
            })
            .collect()
    }
}

impl Message {
    fn events(self, name: &str) -> Vec<Event> {
        let addressed: Vec<String> =
            self.email_info.to.into_iter().chain(self.to).map(|to| to.email_address.address).collect();
        // Our mails have one recipient. Of several, none is blamed for what happened to one.
        let only = match addressed.as_slice() {
            [only] => Some(only.clone()),
            [first, rest @ ..] if rest.iter().all(|other| other.eq_ignore_ascii_case(first)) => {
                Some(first.clone())
            }
            _ => None,
        };
        let reference = self.email_info.email_reference.unwrap_or(self.request_id);
        let message_id = self.email_info.client_reference.filter(|id| !id.is_empty());
        let event = |name: &str, detail: Detail| Event {
            kind: kind(name),
            recipient: detail.bounced_recipient.or(detail.recipient).or_else(|| only.clone()),
            message_id: message_id.clone(),
            reference: reference.clone(),
            diagnostic: if detail.diagnostic_message.is_empty() {
                detail.reason
            } else {
                detail.diagnostic_message
            },
        };
        let mut events = Vec::new();
        for data in self.event_data {
            // The data's own name is the more precise one, where it is one.
            let name = if kind(&data.object) == Kind::Other { name } else { &data.object };
            if data.details.is_empty() {
                events.push(event(name, Detail::default()));
            }
            events.extend(data.details.into_iter().map(|detail| event(name, detail)));
        }
        if events.is_empty() {
            events.push(event(name, Detail::default()));
        }
        events
    }
}

fn kind(name: &str) -> Kind {
    match name.trim().to_ascii_lowercase().replace(['_', '-', ' '], "").as_str() {
        "hardbounce" => Kind::HardBounce,
        "softbounce" => Kind::SoftBounce,
        "feedbackloop" | "spam" | "spamcomplaint" => Kind::Complaint,
        _ => Kind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn events(json: &str) -> Vec<Event> {
        serde_json::from_str::<Call>(json).expect("a call").events()
    }

    #[test]
    fn the_bounced_recipient_counts_for_more_than_the_addressed() {
        let found = events(
            r#"{"event_name":["hardbounce"],"event_message":[{"email_info":{"to":[
                {"email_address":{"address":"a@x.example"}},{"email_address":{"address":"b@x.example"}}],
                "client_reference":"m1@codeteki.au","email_reference":"ref"},
                "event_data":[{"object":"hardbounce","details":[{"bounced_recipient":"b@x.example",
                "diagnostic_message":"550 5.1.1 unknown","time":"2026-11-23T00:00:00Z"}]}]}]}"#,
        );
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].kind, found[0].recipient.as_deref()), (Kind::HardBounce, Some("b@x.example")));
        assert_eq!(found[0].message_id.as_deref(), Some("m1@codeteki.au"));
    }

    #[test]
    fn feedback_loops_name_the_recipient_at_message_level() {
        let found = events(
            r#"{"event_name":["feedback_loop"],"event_message":[{"to":[
                {"email_address":{"address":"a@x.example"}}],"request_id":"r1"}]}"#,
        );
        assert_eq!(
            found,
            [Event {
                kind: Kind::Complaint,
                recipient: Some("a@x.example".into()),
                message_id: None,
                reference: "r1".into(),
                diagnostic: String::new()
            }]
        );
    }

    #[test]
    fn of_several_recipients_none_is_blamed() {
        let found = events(
            r#"{"event_name":["softbounce"],"event_message":[{"email_info":{"to":[
                {"email_address":{"address":"a@x.example"}},{"email_address":{"address":"b@x.example"}}]},
                "event_data":[{"details":[{"reason":"mailbox full"}]}]}]}"#,
        );
        assert_eq!((found[0].kind, found[0].recipient.as_deref()), (Kind::SoftBounce, None));
    }

    #[test]
    fn opens_and_clicks_are_something_else() {
        for name in ["email_open", "email_link_click", "", "delivered"] {
            assert_eq!(kind(name), Kind::Other, "{name}");
        }
    }
}
