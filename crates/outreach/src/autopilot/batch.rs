use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use database::Connection;
use database::autopilot::{Place, Settlement};
use database::brand::Brand;
use database::deal::{Actor, StageMove};
use database::engagement::NewTier;
use database::message::{Content, Message};
use domain::DealId;
use domain::autopilot::{Decision, DecisionAction, DecisionOutcome, Revisit, Rule, Snapshot, decide};
use domain::mailing::Slot;
use domain::pipeline::{DealStatus, PipelineMode};

use super::diaries::Diaries;
use super::look::{Look, letter, look_at};
use super::outcome::Outcome;
use super::receipt::receipt;
use super::{Plan, Plans};
use crate::compose::{self, Posting};
use crate::office::Office;
use crate::templates::Edits;
use crate::{Environment, Refused};

/// Whether a template renders, by key: asked once a turn for mails that only wait for a slot.
pub(super) type Checked = HashMap<String, Result<(), String>>;

/// Deals decided on in one transaction. Decisions add up here and are written together.
pub(super) struct Batch<'a> {
    environment: &'a Environment,
    brand: &'a Brand,
    plans: &'a Plans,
    /// Templates that people have edited.
    edits: Edits,
    diaries: &'a mut Diaries,
    checked: &'a mut Checked,
    now: DateTime<Utc>,
    /// Mails whose slot comes before this moment are written now; the autopilot looks again then.
    horizon: DateTime<Utc>,
    /// A person has approved: the pipeline counts as automatic.
    approved: bool,
    outcome: Outcome,
}

/// A decision, and the mail it sends.
struct Resolved {
    snapshot: Snapshot,
    decision: Decision,
    mail: Option<(Message, Content)>,
}

impl<'a> Batch<'a> {
    pub fn new(
        environment: &'a Environment,
        brand: &'a Brand,
        plans: &'a Plans,
        diaries: &'a mut Diaries,
        checked: &'a mut Checked,
        now: DateTime<Utc>,
        horizon: DateTime<Utc>,
    ) -> Self {
        Self {
            environment,
            brand,
            plans,
            edits: Edits::default(),
            diaries,
            checked,
            now,
            horizon,
            approved: false,
            outcome: Outcome::default(),
        }
    }

    /// Decides on deals locked by the caller. What follows is to be written in the same transaction.
    pub async fn decide(mut self, connection: &mut Connection, due: &[Place]) -> Result<Outcome, Refused> {
        let ids: Vec<DealId> = due.iter().map(|(_, id)| *id).collect();
        let looks = look_at(connection, &ids, self.now).await?;
        self.edits = Edits::load(connection, self.brand.id).await?;
        for id in &ids {
            let Some(look) = looks.get(id) else { continue };
            let Some(plan) = self.plans.get(look.subject.deal.pipeline_id) else {
                continue;
            };
            self.outcome.summary.deals += 1;
            match self.resolve(look, plan) {
                Some(resolved) => self.take(look, resolved),
                None => self.astray(look),
            }
        }
        Ok(self.outcome)
    }

    /// Carries out what a person has approved on a deal locked by the caller, if the rules still want it. Otherwise
    /// nothing is written, and the reason is what they want instead.
    pub async fn approve(
        mut self,
        connection: &mut Connection,
        look: Look,
        proposed: DecisionAction,
    ) -> Result<Result<(), String>, Refused> {
        self.approved = true;
        self.edits = Edits::load(connection, self.brand.id).await?;
        let resolved =
            self.plans.get(look.subject.deal.pipeline_id).and_then(|plan| self.resolve(&look, plan));
        let Some(resolved) = resolved else {
            return Err(Refused::NotFound);
        };
        if !alike(resolved.decision.action, proposed) {
            return Ok(Err(resolved.decision.reason));
        }
        self.take(&look, resolved);
        // The proposal is the receipt.
        self.outcome.receipts.clear();
        self.outcome.write(connection, self.brand, self.now).await?;
        Ok(Ok(()))
    }

    /// Asks the rules, and asks again with what the first answer turns on: a slot and a mail that renders. Both cost
    /// more than a decision, and most deals need neither.
    fn resolve(&mut self, look: &Look, plan: &Plan) -> Option<Resolved> {
        let templates = self.environment.templates();
        let mode = if self.approved { PipelineMode::Auto } else { plan.pipeline.mode };
        let mut snapshot = look.snapshot(plan, mode, self.brand, templates, self.now)?;
        let office = Office::of_contact(self.brand, &look.subject.contact);
        loop {
            let decision = decide(&snapshot);
            let sends = match decision.action {
                DecisionAction::SendEmail | DecisionAction::ChangeApproach => true,
                DecisionAction::Wait
                | DecisionAction::Pause
                | DecisionAction::FlagForReview
                | DecisionAction::Close => false,
            };
            if !sends {
                return Some(Resolved { snapshot, decision, mail: None });
            }
            let stage = snapshot.stage.clone();
            let Some(letter) = letter(plan, &stage, &decision) else {
                snapshot.template_ok = Err("no template is chosen for it.".to_owned());
                continue;
            };
            let at = match (decision.outcome, self.diaries.slot(&look.subject, &office, self.now)) {
                (DecisionOutcome::Proposed, _) | (_, Slot::Now) => self.now,
                (_, Slot::At(at, _)) if at < self.horizon => at,
                (_, slot) => {
                    if let Err(reason) = self.check(look, &letter) {
                        reject(&mut snapshot, letter.template_key, reason);
                    } else {
                        snapshot.slot = slot;
                    }
                    continue;
                }
            };
            let posting = Posting { scheduled_for: at, tier: look.assessment.tier, created_by: None };
            match compose::write(
                self.environment,
                self.brand,
                &self.edits,
                &look.subject,
                &look.earlier,
                &letter,
                &posting,
            ) {
                Ok(mail) => {
                    return Some(Resolved { snapshot, decision, mail: Some(mail) });
                }
                Err(reason) => reject(&mut snapshot, letter.template_key, reason),
            }
        }
    }

    fn check(&mut self, look: &Look, letter: &compose::Letter<'_>) -> Result<(), String> {
        let (environment, brand, edits) = (self.environment, self.brand, &self.edits);
        self.checked
            .entry(letter.template_key.to_owned())
            .or_insert_with(|| {
                compose::preview(environment, brand, edits, &look.subject, &look.earlier, letter).map(|_| ())
            })
            .clone()
    }

    fn take(&mut self, look: &Look, resolved: Resolved) {
        let Resolved { snapshot, decision, mail } = resolved;
        if decision.recorded() {
            self.outcome.receipts.push(receipt(self.environment, look, &snapshot, &decision));
        }
        if decision.outcome == DecisionOutcome::Proposed {
            self.outcome.summary.proposals += 1;
            let blocked = Some("Waits for a person's approval.".to_owned());
            let settlement = self.settlement(look, None, proposal(&decision), blocked);
            // What the person approves is what is sent, whatever the tier is by then.
            let template_variant = decision.decided_variant().map(|variant| variant.to_string());
            return self.outcome.settlements.push(Settlement { template_variant, ..settlement });
        }
        match decision.action {
            DecisionAction::SendEmail | DecisionAction::ChangeApproach => self.send(look, &decision, mail),
            DecisionAction::Wait => self.wait(look, &decision),
            DecisionAction::FlagForReview => {
                self.outcome.summary.flagged += 1;
                self.settle(look, None, String::new(), Some(decision.reason));
            }
            DecisionAction::Close => {
                self.outcome.summary.closed += 1;
                self.end(look, &decision, DealStatus::Lost);
            }
            DecisionAction::Pause => self.end(look, &decision, DealStatus::Paused),
        }
    }

    fn send(&mut self, look: &Look, decision: &Decision, mail: Option<(Message, Content)>) {
        let Some((message, content)) = mail else { return };
        self.outcome.summary.mails += 1;
        self.diaries.book(&look.subject, message.scheduled_for);
        // Not this very moment, or the deal would be due again at once.
        let next = message.scheduled_for.max(self.now + TimeDelta::minutes(1));
        self.outcome.settlements.push(Settlement {
            template_variant: decision.decided_variant().map(|variant| variant.to_string()),
            ..self.settlement(
                look,
                Some(next),
                format!("The mail is in the outbox. {}", decision.reason),
                None,
            )
        });
        self.outcome.messages.push(message);
        self.outcome.contents.push(content);
    }

    fn wait(&mut self, look: &Look, decision: &Decision) {
        self.outcome.summary.waits += 1;
        let until = match decision.revisit() {
            Revisit::At(at) => at,
            // Nothing follows, or it isn't the autopilot's: it doesn't come back by itself.
            Revisit::Leave | Revisit::Parked if decision.rule == Rule::NothingToDo => {
                return self.settle(look, None, decision.reason.clone(), None);
            }
            Revisit::Leave | Revisit::Parked => return,
        };
        if decision.rule == Rule::Caps {
            self.diaries.promise(&look.subject, until);
            let settlement = self.settlement(look, Some(until), decision.reason.clone(), None);
            return self.outcome.settlements.push(Settlement { slot_at: Some(until), ..settlement });
        }
        let office = Office::of_contact(self.brand, &look.subject.contact);
        let at = office.next_open(until).max(self.now + TimeDelta::minutes(1));
        self.settle(look, Some(at), decision.reason.clone(), None);
    }

    fn end(&mut self, look: &Look, decision: &Decision, status: DealStatus) {
        let deal = &look.subject.deal;
        let to_stage = decision.to.filter(|_| status == DealStatus::Lost).unwrap_or(deal.stage_id);
        self.outcome.tiers.push(NewTier {
            deal: deal.id,
            tier: look.assessment.tier,
            unverified: look.assessment.unverified,
        });
        self.outcome.moves.push((
            deal.id,
            StageMove {
                event_id: self.environment.clock().new_id(),
                to_stage,
                status,
                lost_reason: decision.lost_reason,
                next_action_at: None,
                next_reason: String::new(),
                actor: Actor::Autopilot,
                reason: decision.reason.clone(),
                at: self.now,
            },
        ));
    }

    /// The deal stands in a stage of another pipeline: nothing the autopilot could make sense of.
    fn astray(&mut self, look: &Look) {
        self.outcome.summary.flagged += 1;
        let reason = "The deal's stage isn't part of its pipeline: move it to one that is.";
        self.settle(look, None, String::new(), Some(reason.to_owned()));
    }

    fn settle(&mut self, look: &Look, at: Option<DateTime<Utc>>, reason: String, blocked: Option<String>) {
        let settlement = self.settlement(look, at, reason, blocked);
        self.outcome.settlements.push(settlement);
    }

    fn settlement(
        &self,
        look: &Look,
        next_action_at: Option<DateTime<Utc>>,
        next_reason: String,
        blocked_reason: Option<String>,
    ) -> Settlement {
        Settlement {
            deal: look.subject.deal.id,
            next_action_at,
            next_reason,
            blocked_reason,
            slot_at: None,
            tier: look.assessment.tier,
            tier_unverified: look.assessment.unverified,
            template_variant: look.subject.deal.template_variant.clone(),
        }
    }
}

/// The template turned out not to render: the rules choose again without it.
fn reject(snapshot: &mut Snapshot, template_key: &str, reason: String) {
    let variants = snapshot.available_variants.len();
    snapshot.available_variants.retain(|variant| variant != template_key);
    if snapshot.available_variants.len() == variants {
        snapshot.template_ok = Err(reason);
    }
}

/// Another template or subject is still the mail that was approved.
fn alike(now: DecisionAction, proposed: DecisionAction) -> bool {
    let mail = |action| match action {
        DecisionAction::SendEmail | DecisionAction::ChangeApproach => true,
        DecisionAction::Wait
        | DecisionAction::Pause
        | DecisionAction::FlagForReview
        | DecisionAction::Close => false,
    };
    now == proposed || (mail(now) && mail(proposed))
}

fn proposal(decision: &Decision) -> String {
    format!("Proposed: {}", decision.reason)
}

/// When the outbox has to be looked at for these mails: once a minute at most.
pub(crate) fn calls(messages: &[Message], brand: &Brand, now: DateTime<Utc>) -> Vec<(String, f64)> {
    let mut minutes: Vec<i64> = messages
        .iter()
        .map(|message| (message.scheduled_for - now).num_seconds().max(0).div_euclid(60))
        .collect();
    minutes.sort_unstable();
    minutes.dedup();
    minutes
        .into_iter()
        .map(|minute| {
            let delay = if minute == 0 { 0.0 } else { minute as f64 * 60.0 + 60.0 };
            (call_key(brand, now + TimeDelta::minutes(minute)), delay)
        })
        .collect()
}

/// One waiting look at a brand's outbox for each minute.
pub(crate) fn call_key(brand: &Brand, at: DateTime<Utc>) -> String {
    format!("deliver:{}:{}", brand.id, at.timestamp().div_euclid(60))
}
