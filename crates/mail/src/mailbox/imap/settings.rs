use std::time::Duration;

use domain::mailing::Encryption;

/// A mailbox on an IMAP server.
#[derive(Clone, PartialEq, Eq)]
pub struct ImapSettings {
    /// Host name; also the name the certificate must have.
    pub host: String,
    pub port: u16,
    /// `None` reaches only servers on this machine.
    pub encryption: Encryption,
    pub username: String,
    /// Never shown or logged.
    pub password: String,
    pub folder: String,
}

impl std::fmt::Debug for ImapSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ImapSettings")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("encryption", &self.encryption)
            .field("folder", &self.folder)
            .finish_non_exhaustive()
    }
}

/// How long each step may take. The library knows none of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImapTimeouts {
    /// Name look-up, connection and encryption together.
    pub connect: Duration,
    /// One command and its answer.
    pub command: Duration,
    /// A whole mail.
    pub mail: Duration,
}

impl Default for ImapTimeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(20),
            command: Duration::from_secs(30),
            mail: Duration::from_secs(120),
        }
    }
}
