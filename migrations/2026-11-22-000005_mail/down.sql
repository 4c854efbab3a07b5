DROP TABLE inbound_messages, email_events, email_contents, email_messages;
