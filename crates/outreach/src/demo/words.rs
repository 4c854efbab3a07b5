//! What colleagues write down, and what deals are worth.

use domain::pipeline::{LostReason, PipelineType, StageKind};

use super::dice::Dice;

#[rustfmt::skip]
const INTEREST_SALES: &[&str] = &[
    "Wants to talk about a new website; the old one can't be edited any more.",
    "Needs their bookings and invoices in one place. Sends everything by spreadsheet now.",
    "Asked who else in their trade we have worked for.",
    "Decides together with a business partner; both join the call.",
];
#[rustfmt::skip]
const INTEREST_DIRECTORY: &[&str] = &[
    "Keen. Asked which photos work best.",
    "Has two branches and wants both to be found.",
    "Prefers a call in the afternoon, after the lunch service.",
    "Knows us from the Diwali fair.",
];
#[rustfmt::skip]
const INTEREST_LINKS: &[&str] = &[
    "Open to it if the article is useful to their readers.",
    "Wants to see two topics before they decide.",
    "Asked for a short author biography.",
];
#[rustfmt::skip]
const ADVANCE_SALES: &[&str] = &[
    "Good call. Three people would use it; they want a fixed scope first.",
    "Walked through the proposal together; waiting for their accountant.",
    "They like the plan and ask for a smaller first step.",
];
#[rustfmt::skip]
const ADVANCE_DIRECTORY: &[&str] = &[
    "Signed up while we were on the phone. Opening hours still missing.",
    "Account is there, logo comes by mail.",
    "Helped with the first entry; they do the rest.",
];
#[rustfmt::skip]
const WON: &[&str] = &[
    "Done. Very happy with how quick it was.",
    "All set. Asked to be told about the next community event.",
    "Went through. Say hello again in a month.",
];
pub(super) const ON_PAUSE: &[&str] = &[
    "Away for a family wedding: no mails until they are back.",
    "Asked on the phone to be left in peace until after the festival season.",
    "Moving premises this month. Try again afterwards.",
];
pub(super) const ON_NEW_START: &[&str] = &[
    "Read our mails and went quiet. A month has passed: start again.",
    "Met them at the markets; they remember us. Worth another try.",
    "New manager since this month: start again.",
];
#[rustfmt::skip]
pub(super) const TASKS: &[&str] = &[
    "Call {whom} back", "Send {whom} the two examples", "Ask {whom} for the logo and photos",
    "Prepare the meeting with {whom}", "Check the details with {whom}",
];

/// After somebody has answered.
pub(super) const fn after_reply(kind: PipelineType) -> &'static [&'static str] {
    match kind {
        PipelineType::Sales | PipelineType::Partnership => INTEREST_SALES,
        PipelineType::Backlink => INTEREST_LINKS,
        PipelineType::RealEstate
        | PipelineType::Business
        | PipelineType::Events
        | PipelineType::Classifieds
        | PipelineType::RegisteredUsers => INTEREST_DIRECTORY,
    }
}

/// When a deal goes on.
pub(super) const fn on_advance(kind: PipelineType, to: StageKind) -> &'static [&'static str] {
    match (to, kind) {
        (StageKind::Won, _) => WON,
        (_, PipelineType::Sales | PipelineType::Partnership | PipelineType::Backlink) => ADVANCE_SALES,
        (
            _,
            PipelineType::RealEstate
            | PipelineType::Business
            | PipelineType::Events
            | PipelineType::Classifieds
            | PipelineType::RegisteredUsers,
        ) => ADVANCE_DIRECTORY,
    }
}

pub(super) const fn on_loss(why: LostReason) -> &'static str {
    match why {
        LostReason::Budget => "No money for it this financial year.",
        LostReason::Timing => "Not now: they are short of staff until summer.",
        LostReason::Competitor => "Went with somebody they already work with.",
        LostReason::NotInterested => "Changed their mind after all.",
        LostReason::NoResponse
        | LostReason::Unsubscribed
        | LostReason::InvalidEmail
        | LostReason::Complained
        | LostReason::Other => "Business is being sold; the new owners may want to hear from us.",
    }
}

/// What a deal is worth (cents), where it is worth money.
pub(super) fn value_cents(kind: PipelineType, dice: &mut Dice) -> Option<i64> {
    let (low, high, step) = match kind {
        PipelineType::Sales => (1_500, 18_000, 250),
        PipelineType::Partnership => (2_000, 9_000, 500),
        PipelineType::RealEstate => (600, 2_400, 120),
        PipelineType::Business => (240, 1_440, 60),
        PipelineType::Events => (150, 900, 50),
        PipelineType::Classifieds => (30, 180, 10),
        PipelineType::RegisteredUsers => (120, 960, 60),
        PipelineType::Backlink => return None,
    };
    // Small deals are more common than big ones.
    let most = (high - low) / step;
    let steps = dice.between(0, most).min(dice.between(0, most));
    Some((low + steps * step) * 100)
}
