//! Delivery over real sockets, against a server that answers as told.

mod answers;
mod connections;
mod secure;
mod server;

use std::time::Duration;

use mail::deliver::{SmtpSettings, SmtpTransport, Timeouts, TlsMode};
use mail::message::{Mailbox, Outgoing};

fn mail(id: &str) -> Outgoing {
    Outgoing {
        message_id: format!("{id}@codeteki.au"),
        from: Mailbox::new("Asha", "asha@codeteki.au"),
        reply_to: None,
        to: Mailbox::new("Priya", "priya@sweets.example"),
        subject: "A question".into(),
        html: "<p>Hi Priya,</p>".into(),
        text: "Hi Priya,\n.\nA line with one dot must survive.\n".into(),
        in_reply_to: None,
        references: vec![],
        list_unsubscribe_url: None,
        list_unsubscribe_mailto: None,
        feedback_id: None,
        auto_submitted: false,
        return_path: None,
        date: chrono::DateTime::from_timestamp(1_790_000_000, 0).expect("in range"),
    }
}

/// Patient: the tests share the machine.
const PATIENT: Timeouts = Timeouts {
    connect: Duration::from_secs(30),
    command: Duration::from_secs(30),
    content: Duration::from_secs(30),
};

fn transport(port: u16, username: &str) -> SmtpTransport {
    transport_within(port, username, PATIENT)
}

fn transport_within(port: u16, username: &str, timeouts: Timeouts) -> SmtpTransport {
    let settings = SmtpSettings {
        host: "127.0.0.1".into(),
        port,
        tls: TlsMode::None,
        username: username.into(),
        password: "secret".into(),
    };
    SmtpTransport::with_timeouts(settings, timeouts)
}
