//! The rules of Overture.
//!
//! Everything here is pure: no input or output, no clock, no randomness. The present moment, the time zone and any
//! seed are arguments. Rules return an enum or a plan and touch nothing; a use case in `outreach` carries it out.

pub mod ai;
pub mod autopilot;
#[cfg(feature = "zones")]
pub mod calendar;
pub mod closed_set;
pub mod contact;
pub mod engagement;
pub mod experiment;
mod ids;
pub mod import;
pub mod mailing;
pub mod pipeline;
pub mod reply;
mod role;
pub mod tracking;
pub mod view;

pub use ids::{
    AiCallId, BrandId, ContactId, DealId, DecisionId, EmailEventId, ImportId, InboundId, MailboxFailureId,
    MessageId, NoteId, PipelineId, StageId, UserId,
};
pub use role::Role;
