use std::path::Path;

use chrono::NaiveDate;
use domain::pipeline::StageKind;
use domain::reply::bounce::BounceKind;
use domain::reply::{EffectFacts, InboundKind, Intent, classify, effect, failed_recipients, visible_text};
use mail::receive::parse;

/// Address, enhanced status code, whose fault.
type Failed = (&'static str, Option<&'static str>, BounceKind);

/// A mail and how it is to be read.
#[derive(Debug)]
pub struct Case {
    pub file: &'static str,
    kind: InboundKind,
    intent: Intent,
    review: Option<bool>,
    visible: Option<&'static str>,
    back: Option<&'static str>,
    referral: Option<&'static str>,
    answers: Option<&'static str>,
    failed: &'static [Failed],
}

/// A mail that is read so, with enough certainty to act on it.
pub const fn read(file: &'static str, kind: InboundKind, intent: Intent) -> Case {
    Case {
        file,
        kind,
        intent,
        review: None,
        visible: None,
        back: None,
        referral: None,
        answers: None,
        failed: &[],
    }
}

impl Case {
    /// Exactly this text is the writer's.
    pub const fn says(self, visible: &'static str) -> Self {
        Self { visible: Some(visible), ..self }
    }

    /// A person reads it.
    pub const fn waits_for_a_person(self) -> Self {
        Self { review: Some(true), ..self }
    }

    /// Nobody has to read it.
    pub const fn unattended(self) -> Self {
        Self { review: Some(false), ..self }
    }

    pub const fn back_on(self, date: &'static str) -> Self {
        Self { back: Some(date), ..self }
    }

    pub const fn refers_to(self, address: &'static str) -> Self {
        Self { referral: Some(address), ..self }
    }

    /// The first of the mails it may answer or report on.
    pub const fn about(self, message_id: &'static str) -> Self {
        Self { answers: Some(message_id), ..self }
    }

    pub const fn gives_up(self, failed: &'static [Failed]) -> Self {
        Self { failed, ..self }
    }

    /// What is read otherwise, in words.
    pub fn mistakes(&self, folder: &Path) -> Vec<String> {
        let raw = std::fs::read(folder.join(self.file).with_extension("eml")).expect("the mail's file");
        let mail = parse(&raw).expect("a readable mail");
        let today = mail.written_on.expect("each mail of the corpus has a date");
        let facts = mail.facts(!mail.related_ids().is_empty());
        let found = classify(&facts, today);
        let follows = effect(&found, &EffectFacts { today, stage: StageKind::Outreach, soft_bounces: 1 });
        let visible = visible_text(&mail.text);
        let failures = failed_recipients(&facts);
        let failed: Vec<(&str, Option<&str>, BounceKind)> = failures
            .iter()
            .map(|failed| (failed.address.as_str(), failed.status.as_deref(), failed.kind))
            .collect();
        let mut wrong = Vec::new();
        let mut expect = |what: &str, right: bool, is: String| {
            if !right {
                wrong.push(format!("{}: {what}: {is} ({found:?})", self.file));
            }
        };
        expect("kind", found.kind == self.kind, found.kind.to_string());
        expect("intent", found.intent == self.intent, found.intent.to_string());
        match self.review {
            Some(review) => {
                expect("review", follows.needs_review == review, follows.needs_review.to_string())
            }
            None => expect("certainty", !found.needs_review(), found.confidence.to_string()),
        }
        if let Some(text) = self.visible {
            expect("visible text", visible == text, format!("{visible:?}"));
        }
        let back = self.back.map(|day| day.parse::<NaiveDate>().expect("a date"));
        expect("return date", found.return_date == back, format!("{:?}", found.return_date));
        expect("referral", found.referral.as_deref() == self.referral, format!("{:?}", found.referral));
        if let Some(id) = self.answers {
            expect(
                "matched id",
                mail.related_ids().first() == Some(&id),
                format!("{:?}", mail.related_ids()),
            );
        }
        expect("failed recipients", failed == self.failed, format!("{failed:?}"));
        wrong
    }
}
