//! Everything around a page.

use serde::{Deserialize, Serialize};

use crate::{BrandId, PipelineId, Role};

/// Who is signed in and what the frame offers them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FrameView {
    pub person: String,
    pub email: String,
    /// In the order of the brand menu.
    pub brands: Vec<BrandEntry>,
    /// Given in the demo only.
    pub demo_clock: Option<DemoClock>,
    /// Mails that wait for a person; `None` when nobody has counted.
    pub inbox: Option<i64>,
}

/// A brand the person belongs to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BrandEntry {
    pub id: BrandId,
    pub slug: String,
    pub name: String,
    pub role: Role,
    pub pipelines: Vec<PipelineEntry>,
}

/// A line of the board menu.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PipelineEntry {
    pub id: PipelineId,
    pub key: String,
    pub name: String,
}

/// The demo's time in the viewer's zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoClock {
    /// RFC 3339, UTC.
    pub instant: String,
    /// "Sun 22 Nov, 18:40".
    pub label: String,
    /// "Sun 18:40", for a phone.
    pub short: String,
    /// "Sunday 22 November 2026, 18:40 (Sydney)".
    pub full: String,
}

/// How far the demo's clock goes forward at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ClockStep {
    Hour,
    Day,
    Week,
}

impl ClockStep {
    /// Every step, shortest first.
    pub const ALL: [Self; 3] = [Self::Hour, Self::Day, Self::Week];

    /// Hours the step stands for.
    pub const fn hours(self) -> i64 {
        match self {
            Self::Hour => 1,
            Self::Day => 24,
            Self::Week => 7 * 24,
        }
    }

    /// "1 hour".
    pub const fn label(self) -> &'static str {
        match self {
            Self::Hour => "1 hour",
            Self::Day => "1 day",
            Self::Week => "1 week",
        }
    }

    /// "+1 h".
    pub const fn short(self) -> &'static str {
        match self {
            Self::Hour => "+1 h",
            Self::Day => "+1 day",
            Self::Week => "+1 week",
        }
    }
}

/// The demo's clock after it has been moved, and what fell due on the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockMoved {
    pub clock: DemoClock,
    /// "9 mails sent, 2 deals closed".
    pub happened: String,
}

/// The password of every demo sign-in. Published: production refuses to start while one exists.
pub const DEMO_PASSWORD: &str = "overture-demo";

/// A person the sign-in page of the demo offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoSignIn {
    pub name: String,
    pub email: String,
    /// "Admin, both brands".
    pub role: String,
}
