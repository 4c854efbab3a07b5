use chrono::{DateTime, Utc};
use database::listing::today::{DueTask, PlannedWork, StuckDeal, WaitingProposal, WaitingReply};
use domain::view::today::{PlannedTodo, ProposalTodo, ReplyTodo, Section, StuckTodo, TaskTodo};

use crate::board::{Reader, when};
use crate::listings::plain_when;

pub(super) fn replies(rows: Vec<WaitingReply>, reader: &Reader) -> Section<ReplyTodo> {
    let total = rows.first().map_or(0, |row| row.total);
    let first = rows
        .into_iter()
        .map(|row| ReplyTodo {
            deal: row.deal_id,
            contact: row.contact_id,
            name: row.name,
            company: row.company,
            intent: row.intent,
            unsure: row.needs_review,
            start: row.start.split_whitespace().collect::<Vec<_>>().join(" "),
            at: plain_when(row.received_at, reader),
        })
        .collect();
    Section { total, first }
}

pub(super) fn proposals(rows: Vec<WaitingProposal>, reader: &Reader) -> Section<ProposalTodo> {
    let total = rows.first().map_or(0, |row| row.total);
    let first = rows
        .into_iter()
        .map(|row| ProposalTodo {
            deal: row.deal_id,
            name: row.name,
            company: row.company,
            action: row.action,
            reasoning: row.reasoning,
            at: plain_when(row.at, reader),
        })
        .collect();
    Section { total, first }
}

/// Deals that wait: since when, without calling it late.
pub(super) fn blocked(rows: Vec<StuckDeal>, reader: &Reader) -> Section<StuckTodo> {
    stuck(rows, &Reader { overdue_before: DateTime::<Utc>::MIN_UTC, ..*reader })
}

pub(super) fn stuck(rows: Vec<StuckDeal>, reader: &Reader) -> Section<StuckTodo> {
    let total = rows.first().map_or(0, |row| row.total);
    let first = rows
        .into_iter()
        .map(|row| StuckTodo {
            deal: row.id,
            contact: row.contact_id,
            name: row.name,
            company: row.company,
            stage: row.stage,
            reason: row.reason,
            lacks_consent: row.lacks_consent,
            since: when(row.since, reader),
        })
        .collect();
    Section { total, first }
}

pub(super) fn tasks(rows: Vec<DueTask>, reader: &Reader) -> Section<TaskTodo> {
    let total = rows.first().map_or(0, |row| row.total);
    // A task is late the moment it is due, whatever the office hours.
    let reader = Reader { overdue_before: reader.now, ..*reader };
    let first = rows
        .into_iter()
        .map(|row| TaskTodo {
            id: row.id,
            deal: row.deal_id,
            contact: row.contact_id,
            name: row.name,
            company: row.company,
            body: row.body,
            due: when(row.due_at, &reader),
        })
        .collect();
    Section { total, first }
}

pub(super) fn planned(rows: Vec<PlannedWork>, reader: &Reader) -> Vec<PlannedTodo> {
    rows.into_iter()
        .map(|row| PlannedTodo {
            pipeline: row.pipeline,
            pipeline_key: row.pipeline_key,
            brand_slug: row.brand_slug,
            mode: row.mode,
            deals: row.deals,
            first: plain_when(row.first_at, reader),
        })
        .collect()
}
