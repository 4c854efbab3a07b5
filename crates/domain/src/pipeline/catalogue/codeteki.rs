use super::super::{PipelineMode, PipelineType};
use super::row::{entry, lost, outreach, progress, replied, won};
use super::{CataloguePipeline, CatalogueStage};

pub(super) const PIPELINES: &[CataloguePipeline] = &[
    pipeline("sales", "Sales", PipelineType::Sales, SALES),
    pipeline("backlink", "Backlink Outreach", PipelineType::Backlink, BACKLINK),
    pipeline("partnership", "Partnership", PipelineType::Partnership, PARTNERSHIP),
];

const fn pipeline(
    key: &'static str,
    name: &'static str,
    kind: PipelineType,
    stages: &'static [CatalogueStage],
) -> CataloguePipeline {
    CataloguePipeline { brand: "codeteki", key, name, kind, mode: PipelineMode::Auto, stages }
}

const SALES: &[CatalogueStage] = &[
    entry("prospect_found", "Prospect Found", 0, 3),
    outreach(1, "intro_sent", "Intro Sent", 4, 5, "services_intro")
        .subject_b("A question about your website"),
    outreach(2, "follow_up_1", "Follow Up 1", 5, 4, "sales_followup1"),
    outreach(3, "follow_up_2", "Follow Up 2", 7, 3, "sales_followup2"),
    replied(1, 20).mail("sales_responded"),
    progress("discovery_call", "Discovery Call", 2, 35).mail("discovery_scheduled"),
    progress("proposal", "Proposal", 3, 50).mail("proposal_sent"),
    progress("negotiating", "Negotiating", 5, 70),
    won("client", "Client").mail("welcome_client"),
    lost("lost", "Lost"),
];

/// The same ladder in both brands.
pub(super) const BACKLINK: &[CatalogueStage] = &[
    entry("target_found", "Target Found", 0, 4),
    outreach(1, "pitch_sent", "Pitch Sent", 5, 6, "backlink_pitch").subject_b("An idea for your readers"),
    outreach(2, "follow_up_1", "Follow Up 1", 5, 5, "backlink_followup1"),
    outreach(3, "follow_up_2", "Follow Up 2", 7, 3, "backlink_followup2"),
    replied(2, 35),
    won("link_placed", "Link Placed"),
    lost("rejected", "Rejected"),
];

const PARTNERSHIP: &[CatalogueStage] = &[
    entry("partner_found", "Partner Found", 0, 4),
    outreach(1, "intro_sent", "Intro Sent", 5, 6, "partnership_intro").subject_b("Could we work together?"),
    outreach(2, "follow_up_1", "Follow Up 1", 6, 5, "partnership_followup1"),
    outreach(3, "follow_up_2", "Follow Up 2", 8, 3, "partnership_followup2"),
    replied(2, 25),
    progress("in_discussion", "In Discussion", 5, 55),
    won("partner_active", "Partner Active"),
    lost("declined", "Declined"),
];
