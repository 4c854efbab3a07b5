//! Mails as the recipient's mail program or server would write them.

use chrono::{DateTime, Utc};
use database::brand::Brand;
use database::message::{Content, Message};
use mail::message::{Mailbox, Outgoing};

use crate::Refused;

/// A mail that goes back, and the facts it is made of.
pub(super) struct Answer<'a> {
    pub brand: &'a Brand,
    pub mail: &'a Message,
    pub content: &'a Content,
    /// Left part of the new mail's Message-ID.
    pub id: String,
    pub now: DateTime<Utc>,
}

impl Answer<'_> {
    /// The person's own answer, or the automatic one of their mail program.
    pub fn reply(&self, text: &str, automatic: bool) -> Result<Vec<u8>, Refused> {
        let subject = if automatic { "Automatic reply: " } else { "Re: " };
        let mut references: Vec<String> = self.references();
        references.push(self.mail.message_id.clone());
        let outgoing = Outgoing {
            message_id: self.message_id(),
            from: Mailbox::new(&self.mail.to_name, &self.mail.to_email),
            reply_to: None,
            to: Mailbox::new(&self.content.from_name, self.our_address()),
            subject: format!("{subject}{}", self.mail.subject),
            html: html(text),
            text: if automatic { text.to_owned() } else { format!("{text}\n\n{}", self.quotation()) },
            in_reply_to: Some(self.mail.message_id.clone()),
            references,
            list_unsubscribe_url: None,
            list_unsubscribe_mailto: None,
            feedback_id: None,
            auto_submitted: false,
            return_path: None,
            date: self.now,
        };
        let message = outgoing.to_message().map_err(|error| Refused::Invalid(format!("{error}.")))?;
        let mut raw = if automatic { b"Auto-Submitted: auto-replied\r\n".to_vec() } else { Vec::new() };
        raw.extend(message.formatted());
        Ok(raw)
    }

    /// A delivery report (RFC 3464) of the recipient's mail server.
    pub fn bounce(&self, status: &str, words: &str) -> Vec<u8> {
        let headers = format!(
            "From: Mail Delivery System <MAILER-DAEMON@{host}>\nReturn-Path: <>\nAuto-Submitted: auto-replied\n\
             Subject: Undelivered Mail Returned to Sender\n",
            host = self.host()
        );
        let report = format!(
            "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.{host}\n\nFinal-Recipient: rfc822; {to}\n\
             Action: failed\nStatus: {status}\nDiagnostic-Code: smtp; {words}\n",
            host = self.host(),
            to = self.mail.to_email,
        );
        self.report("delivery-status", &headers, "Your mail could not be delivered.", &report)
    }

    /// A complaint (RFC 5965) of the recipient's mail provider.
    pub fn complaint(&self) -> Vec<u8> {
        let headers =
            format!("From: Feedback Loop <feedback@{}>\nSubject: Complaint about your mail\n", self.host());
        let report = "Content-Type: message/feedback-report\n\nFeedback-Type: abuse\nUser-Agent: Overture-Demo/1.0\nVersion: 1\n";
        self.report("feedback-report", &headers, "This mail was marked as spam.", report)
    }

    fn report(&self, kind: &str, headers: &str, words: &str, report: &str) -> Vec<u8> {
        let text = format!(
            "{headers}To: {to}\nMessage-ID: <{id}>\nDate: {date}\nMIME-Version: 1.0\n\
             Content-Type: multipart/report; report-type={kind}; boundary=\"report\"\n\n\
             --report\nContent-Type: text/plain; charset=utf-8\n\n{words}\n\n--report\n{report}\n\
             --report\nContent-Type: message/rfc822\n\nMessage-ID: <{ours}>\nTo: {recipient}\n\n\n--report--\n",
            to = self.our_address(),
            id = self.message_id(),
            date = self.now.to_rfc2822(),
            ours = self.mail.message_id,
            recipient = self.mail.to_email,
        );
        text.replace('\n', "\r\n").into_bytes()
    }

    fn our_address(&self) -> &str {
        self.content.reply_to.as_deref().unwrap_or(&self.brand.from_email)
    }

    fn message_id(&self) -> String {
        format!("{}@{}", self.id, self.host())
    }

    /// The recipient's domain.
    fn host(&self) -> &str {
        self.mail.to_email.rsplit('@').next().unwrap_or_default()
    }

    fn references(&self) -> Vec<String> {
        self.content
            .references_header
            .iter()
            .flat_map(|ids| ids.split_whitespace())
            .map(str::to_owned)
            .collect()
    }

    fn quotation(&self) -> String {
        let sent = self.mail.sent_at.unwrap_or(self.mail.created_at).format("%a, %-d %b %Y at %H:%M");
        let lines: String = self.content.body_text.lines().map(|line| format!("> {line}\n")).collect();
        format!("On {sent}, {} <{}> wrote:\n{lines}", self.content.from_name, self.content.from_email)
    }
}

fn html(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\n', "<br>");
    format!("<div>{escaped}</div>")
}
