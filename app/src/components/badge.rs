use domain::engagement::Tier;
use leptos::prelude::*;

use super::{Icon, IconName};

/// What a badge means; each has its colour in `style/badges.css`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadgeKind {
    Good,
    Warning,
    Bad,
    Info,
    Neutral,
    /// No fill: a plain fact.
    Outline,
    Paused,
    Won,
    Lost,
    /// Only machines seem to have opened.
    Unverified,
    Tier(Tier),
}

impl BadgeKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Good => "badge badge--good",
            Self::Warning => "badge badge--warning",
            Self::Bad => "badge badge--bad",
            Self::Info => "badge badge--info",
            Self::Neutral => "badge badge--neutral",
            Self::Outline => "badge badge--outline",
            Self::Paused => "badge badge--paused",
            Self::Won => "badge badge--won",
            Self::Lost => "badge badge--lost",
            Self::Unverified => "badge badge--unverified",
            Self::Tier(Tier::New) => "badge badge--new",
            Self::Tier(Tier::Engaged) => "badge badge--engaged",
            Self::Tier(Tier::Hot) => "badge badge--hot",
            Self::Tier(Tier::Warm) => "badge badge--warm",
            Self::Tier(Tier::Lurker) => "badge badge--lurker",
            Self::Tier(Tier::Cold) => "badge badge--cold",
            Self::Tier(Tier::Ghost) => "badge badge--ghost",
        }
    }
}

/// Colour, picture and word together, because none may stand alone.
#[component]
pub fn Badge(kind: BadgeKind, icon: IconName, #[prop(into)] label: String) -> impl IntoView {
    view! { <span class=kind.class()><Icon name=icon size=12/>{label}</span> }
}

/// The engagement tier, with a second badge when only machines seem to have opened.
#[component]
pub fn TierBadge(tier: Tier, #[prop(optional)] unverified: bool) -> impl IntoView {
    view! {
        <Badge kind=BadgeKind::Tier(tier) icon=tier_icon(tier) label=tier.label()/>
        {unverified
            .then(|| view! { <Badge kind=BadgeKind::Unverified icon=IconName::Unverified label="Unverified"/> })}
    }
}

const fn tier_icon(tier: Tier) -> IconName {
    match tier {
        Tier::New => IconName::New,
        Tier::Engaged => IconName::Message,
        Tier::Hot => IconName::Flame,
        Tier::Warm => IconName::Sun,
        Tier::Lurker => IconName::Lurker,
        Tier::Cold => IconName::Snowflake,
        Tier::Ghost => IconName::Ghost,
    }
}
