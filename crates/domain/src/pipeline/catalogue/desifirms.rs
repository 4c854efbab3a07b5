use super::super::{PipelineMode, PipelineType};
use super::codeteki::BACKLINK;
use super::row::{entry, lost, outreach, progress, replied, won};
use super::{CataloguePipeline, CatalogueStage};

pub(super) const PIPELINES: &[CataloguePipeline] = &[
    pipeline("realestate", "Real Estate", PipelineType::RealEstate, REAL_ESTATE),
    pipeline("business", "Business Listings", PipelineType::Business, BUSINESS),
    pipeline("events", "Events", PipelineType::Events, EVENTS),
    pipeline("classifieds", "Classifieds", PipelineType::Classifieds, CLASSIFIEDS),
    pipeline("backlink", "Backlink Outreach", PipelineType::Backlink, BACKLINK),
    pipeline(
        "registered_business",
        "Registered Users – Business",
        PipelineType::RegisteredUsers,
        REGISTERED_BUSINESS,
    ),
    pipeline(
        "registered_realestate",
        "Registered Users – Real Estate",
        PipelineType::RegisteredUsers,
        REGISTERED_REAL_ESTATE,
    ),
    pipeline(
        "registered_events",
        "Registered Users – Events",
        PipelineType::RegisteredUsers,
        REGISTERED_EVENTS,
    ),
    pipeline("agents", "Agents & Agencies", PipelineType::RegisteredUsers, AGENTS),
];

const fn pipeline(
    key: &'static str,
    name: &'static str,
    kind: PipelineType,
    stages: &'static [CatalogueStage],
) -> CataloguePipeline {
    CataloguePipeline { brand: "desifirms", key, name, kind, mode: PipelineMode::Auto, stages }
}

const NOT_INTERESTED: CatalogueStage = lost("not_interested", "Not Interested");

const REAL_ESTATE: &[CatalogueStage] = &[
    entry("agent_found", "Agent Found", 0, 4),
    outreach(1, "invited", "Invited", 4, 6, "realestate_invitation")
        .subject_b("Your listings in front of South Asian home buyers"),
    outreach(2, "follow_up_1", "Follow Up 1", 5, 5, "realestate_followup1"),
    outreach(3, "follow_up_2", "Follow Up 2", 7, 4, "realestate_followup2"),
    outreach(4, "follow_up_3", "Follow Up 3 (Final)", 7, 2, "realestate_followup3"),
    replied(2, 30).mail("realestate_responded"),
    progress("registered", "Registered", 3, 65).mail("realestate_registered"),
    won("listing_properties", "Listing Properties").mail("realestate_listing"),
    NOT_INTERESTED,
];

const BUSINESS: &[CatalogueStage] = &[
    entry("business_found", "Business Found", 0, 5),
    outreach(1, "invited", "Invited", 4, 7, "business_invitation")
        .subject_b("A place for your business on Desi Firms"),
    outreach(2, "follow_up_1", "Follow Up 1", 5, 6, "business_followup1"),
    outreach(3, "follow_up_2", "Follow Up 2", 7, 4, "business_followup2"),
    outreach(4, "follow_up_3", "Follow Up 3 (Final)", 7, 2, "business_followup3"),
    replied(2, 35).mail("business_responded"),
    progress("signed_up", "Signed Up", 3, 70).mail("business_signedup"),
    won("listed", "Listed").mail("business_listed"),
    NOT_INTERESTED,
];

const EVENTS: &[CatalogueStage] = &[
    entry("organizer_found", "Organizer Found", 0, 5),
    outreach(1, "invited", "Invited", 4, 7, "events_invitation")
        .subject_b("Where South Asian Australia looks for events"),
    outreach(2, "follow_up_1", "Follow Up 1", 5, 6, "events_followup1"),
    outreach(3, "follow_up_2", "Follow Up 2", 7, 4, "events_followup2"),
    outreach(4, "follow_up_3", "Follow Up 3 (Final)", 7, 2, "events_followup3"),
    replied(2, 35).mail("events_responded"),
    progress("signed_up", "Signed Up", 3, 70).mail("events_signedup"),
    won("event_listed", "Event Listed").mail("events_listed"),
    NOT_INTERESTED,
];

const CLASSIFIEDS: &[CatalogueStage] = &[
    entry("lead_found", "Lead Found", 0, 5),
    outreach(1, "invited", "Invited", 4, 7, "classifieds_invitation")
        .subject_b("Your next ad, seen by the community"),
    outreach(2, "follow_up_1", "Follow Up 1", 5, 6, "classifieds_followup1"),
    outreach(3, "follow_up_2", "Follow Up 2", 7, 4, "classifieds_followup2"),
    outreach(4, "follow_up_3", "Follow Up 3 (Final)", 7, 2, "classifieds_followup3"),
    replied(2, 40).mail("classifieds_responded"),
    won("ad_posted", "Ad Posted").mail("classifieds_posted"),
    NOT_INTERESTED,
];

const REGISTERED_BUSINESS: &[CatalogueStage] = &[
    entry("registered", "Registered", 2, 30),
    outreach(1, "nudge_1", "Nudge 1", 3, 30, "business_nudge1"),
    outreach(2, "nudge_2", "Nudge 2", 5, 20, "business_nudge2"),
    replied(2, 55),
    won("listed", "Listed"),
    NOT_INTERESTED,
];

const REGISTERED_REAL_ESTATE: &[CatalogueStage] = &[
    entry("registered", "Registered", 2, 30),
    outreach(1, "nudge_1", "Nudge 1", 3, 30, "realestate_nudge1"),
    outreach(2, "nudge_2", "Nudge 2", 5, 20, "realestate_nudge2"),
    replied(2, 55),
    won("agent_profile_created", "Agent Profile Created"),
    NOT_INTERESTED,
];

const REGISTERED_EVENTS: &[CatalogueStage] = &[
    entry("registered", "Registered", 2, 30),
    outreach(1, "nudge_1", "Nudge 1", 3, 30, "events_nudge1"),
    outreach(2, "nudge_2", "Nudge 2", 5, 20, "events_nudge2"),
    replied(2, 55),
    won("event_posted", "Event Posted"),
    NOT_INTERESTED,
];

const AGENTS: &[CatalogueStage] = &[
    progress("registered", "Registered", 1, 40).mail("agents_registered"),
    progress("profile_complete", "Profile Complete", 2, 50).mail("agents_profile"),
    progress("agency_created", "Agency Created", 2, 60).mail("agents_agency"),
    progress("team_invited", "Team Invited", 3, 70).mail("agents_team"),
    progress("first_listing", "First Listing", 3, 85).mail("agents_first_listing"),
    won("active_lister", "Active Lister"),
    NOT_INTERESTED,
];
