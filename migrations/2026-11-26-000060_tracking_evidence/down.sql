DROP TABLE suppression_releases;
DROP TRIGGER contacts_recipients ON contacts;
DROP FUNCTION app.keep_recipients;
DROP TABLE former_recipients, email_attempts;
DROP TRIGGER email_events_judgement ON email_events;
DROP FUNCTION app.keep_judgement;
DROP TABLE email_event_judgements;
REVOKE UPDATE (verdict, reason, judged_at) ON email_events FROM overture_app;
ALTER TABLE email_events DROP COLUMN origin, DROP COLUMN judged_at;
