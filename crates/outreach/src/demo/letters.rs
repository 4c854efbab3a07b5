//! What people and mail servers write back. The rules classify it, as they would anybody's mail.

use chrono::NaiveDate;
use domain::reply::{DeliveryStatus, InboundFacts, ReportType};

use super::dice::Dice;

/// What somebody is going to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mood {
    Interested,
    NotInterested,
    Question,
    Referral,
    /// Nobody can tell what they want.
    Unclear,
    /// Asks for no more mail.
    Stop,
    OutOfOffice,
    /// The address doesn't exist.
    HardBounce,
    /// The mailbox is full.
    SoftBounce,
    Complaint,
}

#[rustfmt::skip]
const INTERESTED: &[&str] = &[
    "Hi,\n\nYes, this sounds good. Please call me on Thursday after 2 pm.",
    "Hello,\n\nWe are interested. Could you send me the details and what you need from us?",
    "Thanks for getting in touch. I'd love to be part of this, what are the next steps?",
    "Hi team,\n\nSounds great, count us in.",
    "Thank you for the follow up. We have been looking for something like this, let's have a chat next week.",
    "Yes please. Send through the information and I'll show it to my business partner.",
];
#[rustfmt::skip]
const NOT_INTERESTED: &[&str] = &[
    "Hi,\n\nThanks, but we are not interested.",
    "Thank you for thinking of us. We are happy with our current provider.",
    "No thanks, not for us.",
    "Hello,\n\nAppreciate the offer. We'll pass on this one.",
];
#[rustfmt::skip]
const QUESTION: &[&str] = &[
    "Hi,\n\nWho can see the page once it is up?",
    "Hello, how long does it take to set up, and can we change the photos ourselves?",
    "Can you tell me whether this also covers Brisbane?",
    "Do you have examples of businesses like ours?",
];
#[rustfmt::skip]
const REFERRAL: &[&str] = &[
    "Hi, I am not the right person for this. Please contact our manager at {other}.",
    "You want to speak to my brother, he looks after this: {other}.",
];
#[rustfmt::skip]
const UNCLEAR: &[&str] = &[
    "Received.",
    "Ok will see, very busy until the festival.",
    "Thanks for your mail. Regards",
];
#[rustfmt::skip]
const STOP: &[&str] = &["STOP", "Please remove me from your list.", "Unsubscribe", "Take us off your mailing list, thanks."];

#[rustfmt::skip]
const REMARKS: &[&str] = &["Regards", "Kind regards", "Thanks", "Cheers", "Best wishes"];

/// A mail that comes back.
#[derive(Debug, Clone)]
pub(super) struct Letter {
    pub facts: InboundFacts,
    pub from_name: String,
}

/// Whom the letter is from and what it answers.
pub(super) struct Sender<'a> {
    pub name: &'a str,
    pub email: &'a str,
    /// Subject of the mail that is answered.
    pub subject: &'a str,
}

impl Mood {
    /// Whether a person writes.
    pub const fn is_personal(self) -> bool {
        match self {
            Self::Interested
            | Self::NotInterested
            | Self::Question
            | Self::Referral
            | Self::Unclear
            | Self::Stop => true,
            Self::OutOfOffice | Self::HardBounce | Self::SoftBounce | Self::Complaint => false,
        }
    }

    /// The mail. `back` is the first day back of somebody who is away.
    pub fn letter(self, sender: &Sender<'_>, back: NaiveDate, dice: &mut Dice) -> Letter {
        match self {
            Self::Interested => personal(sender, dice.word(INTERESTED), dice),
            Self::NotInterested => personal(sender, dice.word(NOT_INTERESTED), dice),
            Self::Question => personal(sender, dice.word(QUESTION), dice),
            Self::Unclear => personal(sender, dice.word(UNCLEAR), dice),
            Self::Stop => personal(sender, dice.word(STOP), dice),
            Self::Referral => {
                let domain = sender.email.rsplit('@').next().unwrap_or("mail.example");
                let other = format!("{}@{domain}", dice.word(&["raj", "manager", "anita"]));
                personal(sender, &dice.word(REFERRAL).replace("{other}", &other), dice)
            }
            Self::OutOfOffice => away(sender, back),
            Self::HardBounce => undelivered(
                sender,
                "failed",
                "5.1.1",
                "smtp; 550 5.1.1 The email account that you tried to reach does not exist",
            ),
            Self::SoftBounce => undelivered(
                sender,
                "failed",
                "4.2.2",
                "smtp; 452 4.2.2 The recipient's mailbox is over quota",
            ),
            Self::Complaint => complaint(sender),
        }
    }
}

fn personal(sender: &Sender<'_>, words: &str, dice: &mut Dice) -> Letter {
    let bare = words.chars().count() < 14;
    let first = sender.name.split(' ').next().unwrap_or_default();
    let signature = if bare || first.is_empty() {
        String::new()
    } else {
        format!("\n\n{},\n{first}", dice.word(REMARKS))
    };
    Letter {
        facts: InboundFacts {
            from: sender.email.to_owned(),
            subject: format!("Re: {}", sender.subject),
            text: format!("{words}{signature}"),
            answers_our_mail: true,
            ..InboundFacts::default()
        },
        from_name: sender.name.to_owned(),
    }
}

fn away(sender: &Sender<'_>, back: NaiveDate) -> Letter {
    Letter {
        facts: InboundFacts {
            from: sender.email.to_owned(),
            subject: format!("Automatic reply: {}", sender.subject),
            text: format!(
                "Thank you for your email. I am on leave and will be back in the office on {}. For anything urgent \
                 please call our office.",
                back.format("%-d %B %Y")
            ),
            auto_submitted: Some("auto-replied".to_owned()),
            answers_our_mail: true,
            ..InboundFacts::default()
        },
        from_name: sender.name.to_owned(),
    }
}

fn undelivered(sender: &Sender<'_>, action: &str, status: &str, diagnostic: &str) -> Letter {
    let domain = sender.email.rsplit('@').next().unwrap_or("mail.example");
    Letter {
        facts: InboundFacts {
            from: format!("mailer-daemon@mx.{domain}"),
            subject: "Delivery Status Notification".to_owned(),
            text: format!("Your message to {} could not be delivered.\n\n{diagnostic}", sender.email),
            return_path_empty: true,
            report: Some(ReportType::DeliveryStatus),
            deliveries: vec![DeliveryStatus {
                recipient: sender.email.to_owned(),
                action: action.to_owned(),
                status: Some(status.to_owned()),
                diagnostic: Some(diagnostic.to_owned()),
            }],
            answers_our_mail: true,
            ..InboundFacts::default()
        },
        from_name: "Mail Delivery System".to_owned(),
    }
}

fn complaint(sender: &Sender<'_>) -> Letter {
    Letter {
        facts: InboundFacts {
            from: "feedback@mailbox.example".to_owned(),
            subject: format!("Abuse report: {}", sender.subject),
            text: format!("This is an abuse report for a message to {}.", sender.email),
            report: Some(ReportType::FeedbackReport),
            feedback_type: Some("abuse".to_owned()),
            answers_our_mail: true,
            ..InboundFacts::default()
        },
        from_name: "Feedback loop".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::reply::{Intent, classify};

    #[test]
    fn the_rules_read_every_letter_as_it_is_meant() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a date");
        let back = NaiveDate::from_ymd_opt(2026, 12, 7).expect("a date");
        let sender = Sender {
            name: "Priya Nair",
            email: "priya@saffron.example",
            subject: "Your business on Desi Firms",
        };
        for (mood, intent) in [
            (Mood::Interested, Intent::Interested),
            (Mood::NotInterested, Intent::NotInterested),
            (Mood::Question, Intent::Question),
            (Mood::Referral, Intent::Referral),
            (Mood::Stop, Intent::Unsubscribe),
            (Mood::OutOfOffice, Intent::OutOfOffice),
            (Mood::HardBounce, Intent::Bounce),
            (Mood::SoftBounce, Intent::Bounce),
            (Mood::Complaint, Intent::Complaint),
        ] {
            let mut dice = Dice::new(3);
            for _ in 0..40 {
                let letter = mood.letter(&sender, back, &mut dice);
                let found = classify(&letter.facts, today);
                assert_eq!(found.intent, intent, "{mood:?}: {} ({})", letter.facts.text, found.reason);
                assert!(!found.needs_review(), "{mood:?}: {} ({})", letter.facts.text, found.reason);
            }
        }
        let mut dice = Dice::new(3);
        for _ in 0..20 {
            let letter = Mood::Unclear.letter(&sender, back, &mut dice);
            let found = classify(&letter.facts, today);
            assert!(found.needs_review(), "{} ({:?}, {})", letter.facts.text, found.intent, found.reason);
        }
    }
}
