//! One deal through every pipeline of the catalogue by the rules alone, hour by hour as the worker would.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Decision, DecisionAction, Revisit, Rule, Snapshot, decide, wait_after_send};
use crate::StageId;
use crate::contact::{ConsentBasis, ContactStatus};
use crate::engagement::{EngagementCounts, MailActivity, tier_of};
use crate::mailing::Slot;
use crate::pipeline::catalogue::{self, CataloguePipeline};
use crate::pipeline::{DealStatus, Ladder, NextStep, PipelineMode, StageKind};

/// How the contact reacts to every mail.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Contact {
    /// Nothing ever comes back.
    Silent,
    /// The brand doesn't track: nothing can come back.
    Untracked,
    /// Only machines open.
    Scanned,
    /// Opens each mail a day after it was sent.
    Opens,
}

struct Walk {
    ladder: Ladder,
    contact: Contact,
    stage: StageId,
    entered_at: DateTime<Utc>,
    now: DateTime<Utc>,
    mails: Vec<MailActivity>,
    sent: Vec<String>,
    mailed_this_visit: bool,
}

impl Walk {
    fn start(pipeline: &CataloguePipeline, contact: Contact) -> Self {
        let mut last = 0u128;
        let id_of = |_: &str| {
            last += 1;
            StageId(uuid::Uuid::from_u128(last))
        };
        let ladder = pipeline.ladder(id_of).expect("the catalogue is sound");
        let now = DateTime::from_timestamp(1_780_000_000, 0).expect("in range");
        Self {
            stage: ladder.entry().id,
            ladder,
            contact,
            entered_at: now,
            now,
            mails: Vec::new(),
            sent: Vec::new(),
            mailed_this_visit: false,
        }
    }

    fn snapshot(&self) -> Snapshot {
        let mails: Vec<MailActivity> = self
            .mails
            .iter()
            .map(|mail| {
                let later = Some(mail.sent_at + TimeDelta::days(1)).filter(|at| *at <= self.now);
                MailActivity {
                    tracked: self.contact != Contact::Untracked,
                    human_opened_at: later.filter(|_| self.contact == Contact::Opens),
                    machine_opened_at: later.filter(|_| self.contact == Contact::Scanned),
                    ..mail.clone()
                }
            })
            .collect();
        let counts = EngagementCounts::from_mails(&mails, self.now);
        let next_step = self.ladder.next_step_after(self.stage);
        Snapshot {
            now: self.now,
            status: DealStatus::Active,
            mode: PipelineMode::Auto,
            stage: self.ladder.stage(self.stage).expect("own stage").clone(),
            entered_at: self.entered_at,
            due_at: Some(self.now),
            next_step,
            next_stage_name: None,
            lost_stage: self.ladder.lost_stage().id,
            suppressed: None,
            consent: Some(ConsentBasis::Published),
            contact_status: ContactStatus::Contacted,
            assessment: tier_of(&counts, self.now),
            counts,
            slot: Slot::Now,
            outbox_pending: false,
            mailed_this_visit: self.mailed_this_visit,
            template_ok: Ok(()),
            available_variants: Vec::new(),
            decided_variant: None,
            out_until: None,
        }
    }

    fn enter(&mut self, stage: StageId) {
        self.stage = stage;
        self.entered_at = self.now;
        self.mailed_this_visit = false;
    }

    /// Carries out decisions until the autopilot has nothing left to do. Fails if that takes too many.
    fn run(&mut self) -> Decision {
        for _ in 0..60 {
            let snapshot = self.snapshot();
            let decision = decide(&snapshot);
            match decision.action {
                DecisionAction::SendEmail | DecisionAction::ChangeApproach => {
                    self.sent.push(decision.template_key.clone().expect("the catalogue names every mail"));
                    self.mails.push(MailActivity::unopened(self.now));
                    if let Some(to) = decision.to {
                        self.enter(to);
                    } else {
                        self.mailed_this_visit = true;
                    }
                    let days = self.ladder.stage(self.stage).expect("own stage").days;
                    self.now += TimeDelta::days(i64::from(wait_after_send(snapshot.assessment.tier, days)));
                }
                DecisionAction::Wait => match decision.revisit() {
                    Revisit::At(at) => self.now = at,
                    Revisit::Leave | Revisit::Parked => return decision,
                },
                DecisionAction::Close => {
                    self.enter(decision.to.expect("closing names the stage"));
                    return decision;
                }
                DecisionAction::Pause | DecisionAction::FlagForReview => return decision,
            }
        }
        panic!("{:?} never ends: sent {:?}", self.contact, self.sent);
    }

    fn outreach_templates(&self) -> Vec<String> {
        let outreach = self.ladder.stages().iter().filter(|stage| stage.kind == StageKind::Outreach);
        outreach.filter_map(|stage| stage.template_key.clone()).collect()
    }
}

fn with_outreach() -> impl Iterator<Item = &'static CataloguePipeline> {
    catalogue::all().filter(|pipeline| pipeline.key != "agents")
}

#[test]
fn every_step_is_sent_once_and_the_last_one_closes_after_its_own_wait() {
    for pipeline in with_outreach() {
        for contact in [Contact::Opens, Contact::Scanned, Contact::Untracked] {
            let mut walk = Walk::start(pipeline, contact);
            let end = walk.run();
            let name = format!("{} {} {contact:?}", pipeline.brand, pipeline.name);
            assert_eq!(walk.sent, walk.outreach_templates(), "{name}");
            assert_eq!(end.rule, Rule::FinalFollowUp, "{name}: {end:?}");
            assert_eq!(walk.stage, walk.ladder.lost_stage().id, "{name}");
            let last_stage = walk.ladder.outreach_stage(i16::try_from(walk.sent.len()).expect("few"));
            let wait = TimeDelta::days(i64::from(last_stage.expect("own stage").days));
            let last_mail = walk.mails.last().expect("something was sent").sent_at;
            assert!(walk.now >= last_mail + wait, "{name}");
        }
    }
}

#[test]
fn silent_contact_is_closed_after_three_mails_at_most() {
    for pipeline in with_outreach() {
        let mut walk = Walk::start(pipeline, Contact::Silent);
        let end = walk.run();
        let steps = walk.outreach_templates();
        assert_eq!(walk.sent, steps[..steps.len().min(3)], "{}", pipeline.name);
        let expected = if steps.len() > 3 { Rule::Ghost } else { Rule::FinalFollowUp };
        assert_eq!(end.rule, expected, "{}", pipeline.name);
        assert_eq!(walk.stage, walk.ladder.lost_stage().id);
    }
}

#[test]
fn final_follow_up_is_sent_before_the_deal_closes() {
    for key in ["realestate", "business", "events", "classifieds"] {
        let pipeline = catalogue::find("desifirms", key).expect("in the catalogue");
        let mut walk = Walk::start(pipeline, Contact::Opens);
        walk.run();
        assert_eq!(walk.sent.last(), Some(&format!("{key}_followup3")));
    }
}

#[test]
fn agents_get_each_stage_mail_once_and_then_a_person_is_asked() {
    let pipeline = catalogue::find("desifirms", "agents").expect("in the catalogue");
    for contact in [Contact::Silent, Contact::Opens, Contact::Untracked] {
        let mut walk = Walk::start(pipeline, contact);
        let stages: Vec<_> = walk.ladder.stages().iter().map(|stage| (stage.id, stage.kind)).collect();
        for (stage, kind) in stages {
            if kind == StageKind::Progress {
                walk.enter(stage);
                assert_eq!(walk.run().rule, Rule::PersonsTurn, "{contact:?}");
            }
        }
        let expected: Vec<&str> = pipeline.stages.iter().filter_map(|stage| stage.template_key).collect();
        assert_eq!(walk.sent, expected, "{contact:?}");
    }
}

#[test]
fn nothing_follows_a_reply_or_an_ending() {
    for pipeline in catalogue::all() {
        let mut walk = Walk::start(pipeline, Contact::Opens);
        for stage in walk.ladder.clone().stages() {
            if matches!(stage.kind, StageKind::Entry | StageKind::Outreach) {
                continue;
            }
            if matches!(walk.ladder.next_step_after(stage.id), NextStep::SendHere { .. }) {
                continue;
            }
            walk.enter(stage.id);
            walk.run();
            assert!(walk.sent.is_empty(), "{} mails in {}", pipeline.name, stage.name);
        }
    }
}
