DROP TABLE email_hits;
