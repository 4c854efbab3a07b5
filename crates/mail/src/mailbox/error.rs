/// Why a mailbox can't be read. The sentences are for people and hold no address; nothing was changed or lost.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MailboxError {
    /// No connection comes about.
    #[error("The mail server {host}, port {port}, can't be reached: {reason}.")]
    Unreachable {
        host: String,
        port: u16,
        /// What the network said.
        reason: String,
    },
    /// The connection can't be encrypted as it should be.
    #[error("The connection can't be encrypted: {reason}.")]
    Tls {
        /// What is wrong with the certificate or the server.
        reason: String,
    },
    /// The server doesn't take user name and password.
    #[error(
        "The mail server refuses the sign-in: {reason}. Check user name and password; many servers want an app password."
    )]
    SignIn {
        /// What the server said.
        reason: String,
    },
    /// The mailbox has no such folder.
    #[error("There is no folder “{folder}” in the mailbox: {reason}.")]
    NoFolder {
        folder: String,
        /// What the server said.
        reason: String,
    },
    /// The server stopped answering.
    #[error("The mail server didn't answer in time while {step}.")]
    TimedOut {
        /// What was going on: "signing in".
        step: &'static str,
    },
    /// The connection broke.
    #[error("The mail server broke off while {step}.")]
    Lost {
        /// What was going on.
        step: &'static str,
    },
    /// The server says no, or nothing that makes sense.
    #[error("The mail server gave no proper answer while {step}: {reason}.")]
    Refused {
        /// What was going on.
        step: &'static str,
        /// What the server said.
        reason: String,
    },
    /// The settings can't work.
    #[error("The mailbox is not set up: {reason}.")]
    NotConfigured {
        /// What to put right.
        reason: String,
    },
}
