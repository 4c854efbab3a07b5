//! The vendors' interfaces as documented: what we send, and what each of their answers means for the mail.

mod inbox;
mod oauth;
mod zeptomail;
mod zoho;

use mail::deliver::DeliveryError;
use mail::message::{Mailbox, Outgoing};
use std::time::Duration;
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// Long enough for a busy machine; tests in which nothing answers use [`SHORT`].
const PATIENT: Option<Duration> = Some(Duration::from_secs(30));
const SHORT: Option<Duration> = Some(Duration::from_millis(300));

fn crypto() {
    // An error says that a provider is installed already.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

fn mail() -> Outgoing {
    Outgoing {
        message_id: "0199.deal-7@codeteki.au".into(),
        from: Mailbox::new("Asha Rao", "asha@codeteki.au"),
        reply_to: Some(Mailbox::new("", "replies@codeteki.au")),
        to: Mailbox::new("Priya Sharma", "priya@sweets.example"),
        subject: "A question".into(),
        html: "<p>Hi Priya,</p>".into(),
        text: "Hi Priya,\n".into(),
        in_reply_to: Some("first@codeteki.au".into()),
        references: vec!["first@codeteki.au".into()],
        list_unsubscribe_url: Some("https://codeteki.au/u/abc".into()),
        list_unsubscribe_mailto: None,
        feedback_id: Some("sales:codeteki:outreach:overture".into()),
        auto_submitted: true,
        return_path: None,
        date: chrono::DateTime::from_timestamp(1_790_000_000, 0).expect("in range"),
    }
}

/// The four kinds of failure, without their words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// With the seconds the provider asks for.
    Transient(Option<u64>),
    Permanent {
        recipient_fault: bool,
    },
    Unknown,
    NotConfigured,
}

fn kind(error: &DeliveryError) -> Kind {
    match error {
        DeliveryError::Transient { retry_after, .. } => {
            Kind::Transient(retry_after.map(|wait| wait.as_secs()))
        }
        DeliveryError::Permanent { recipient_fault, .. } => {
            Kind::Permanent { recipient_fault: *recipient_fault }
        }
        DeliveryError::Unknown { .. } => Kind::Unknown,
        DeliveryError::NotConfigured { .. } => Kind::NotConfigured,
    }
}

/// What a server does that reads a call and never answers it.
#[derive(Clone, Copy)]
enum Silence {
    Hang,
    Close,
}

/// A server that takes calls and answers none; its address, and how many it has read.
async fn silent(how: Silence) -> (String, watch::Receiver<usize>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
    let base = format!("http://{}", listener.local_addr().expect("bound"));
    let (sender, calls) = watch::channel(0);
    tokio::spawn(async move {
        let mut open = Vec::new();
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut bytes = [0; 4096];
            let _ = stream.read(&mut bytes).await;
            sender.send_modify(|calls| *calls += 1);
            match how {
                Silence::Hang => open.push(stream),
                Silence::Close => drop(stream),
            }
        }
    });
    (base, calls)
}

/// An address where nobody listens.
async fn nobody() -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
    format!("http://{}", listener.local_addr().expect("bound"))
}
