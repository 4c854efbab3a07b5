//! Complaints, lists, and what is none of our business.

use domain::reply::InboundKind::{Complaint, Other, Reply};
use domain::reply::Intent as I;

use crate::case::{Case, read};

/// The mail of ours that the reports are about.
const OURS: &str = "0199c1-invite@desifirms.com.au";

pub fn cases() -> Vec<Case> {
    vec![
        read("calendar_declined", Reply, I::Other)
            .says("Priya Nair has declined this invitation.")
            .waits_for_a_person(),
        read("arf_abuse", Complaint, I::Complaint).about(OURS),
        read("arf_fraud", Complaint, I::Complaint).about(OURS),
        read("arf_not_spam", Other, I::Other).unattended().about(OURS),
        read("arf_opt_out", Complaint, I::Unsubscribe).about(OURS),
        read("arf_redacted", Complaint, I::Complaint).about(OURS),
        read("arf_yahoo_cfl", Complaint, I::Complaint).about(OURS),
        read("arf_auth_failure", Other, I::Other).unattended().about(OURS),
        read("jmrp_hotmail", Complaint, I::Complaint).about(OURS),
        read("newsletter", Other, I::Other).unattended(),
        read("list_reply", Reply, I::Interested).says("We are interested, thank you."),
        read("spam_seo_offer", Reply, I::Question),
        read("dmarc_aggregate", Other, I::Other).says("").unattended(),
    ]
}
