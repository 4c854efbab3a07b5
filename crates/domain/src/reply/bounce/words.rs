//! What mail servers say, small letters.

/// There is no such recipient, or none any more.
#[rustfmt::skip]
pub(super) const UNKNOWN: &[&str] = &[
    "user unknown", "unknown user", "no such user", "no such recipient", "no such mailbox", "no such address",
    "no such account", "recipient not found", "recipient unknown", "recipientnotfound", "unknown recipient",
    "mailbox not found", "mailbox unavailable", "mailbox unknown", "mailbox is disabled", "mailbox disabled",
    "mailbox has been disabled", "does not exist", "doesn't exist", "doesn't have a", "does not have a", "couldn't be found",
    "could not be found", "wasn't found", "was not found", "address not found", "account has been disabled",
    "account is disabled", "account disabled", "account that you tried to reach is inactive", "account is inactive",
    "inactive user", "user is inactive", "no mailbox here", "host or domain name not found", "domain not found",
    "host not found", "host unknown", "unrouteable address", "unroutable address", "invalid recipient", "invalid mailbox",
    "not a valid mailbox", "not a valid recipient", "not our customer", "does not like recipient", "unknown address",
    "recipient address rejected: access denied",
];

/// We were refused, not the recipient.
#[rustfmt::skip]
pub(super) const POLICY: &[&str] = &[
    "spam", "blacklist", "blocklist", "block list", "block-list", "blocked", "policy", "policies", "reputation", "dmarc",
    "dkim", "spf", "not authorized", "not authorised", "authentication required", "sender rejected", "relay", "prohibit",
    "unsolicited", "dnsbl", "spamhaus", "content rejected", "banned",
];

/// Not now.
#[rustfmt::skip]
pub(super) const FULL: &[&str] = &[
    "mailbox full", "mailbox is full", "inbox is full", "inbox full", "over quota", "overquota", "quota exceeded",
    "quotaexceeded", "exceeded storage", "exceeds quota", "allowed quota", "user quota", "mailbox size limit",
    "out of storage", "insufficient storage", "insufficient system storage", "not enough storage", "storage quota",
    "try again later", "try later", "greylist", "graylist", "temporarily",
];
