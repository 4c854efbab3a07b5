use std::time::Duration;

use serde::{Deserialize, Serialize};

/// How the connection is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TlsMode {
    /// Not at all: for a server on this machine.
    None,
    /// In the clear first, then encrypted before anything is sent (port 587). Refuses to go on without.
    StartTls,
    /// From the first byte (port 465).
    Tls,
}

impl TlsMode {
    /// The usual port.
    pub const fn default_port(self) -> u16 {
        match self {
            Self::None => 25,
            Self::StartTls => 587,
            Self::Tls => 465,
        }
    }
}

/// A mail account.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SmtpSettings {
    /// Host name; also the name the certificate must have.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// Encryption.
    pub tls: TlsMode,
    /// Empty: no sign-in.
    pub username: String,
    /// Never shown or logged.
    pub password: String,
}

impl std::fmt::Debug for SmtpSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SmtpSettings")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("tls", &self.tls)
            .finish_non_exhaustive()
    }
}

/// How long each part of the dialogue may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// Name look-up, connection, encryption and sign-in together.
    pub connect: Duration,
    /// One command and its answer.
    pub command: Duration,
    /// The content and the server's verdict on it; servers scan mail before they answer.
    pub content: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(20),
            command: Duration::from_secs(30),
            content: Duration::from_secs(120),
        }
    }
}
