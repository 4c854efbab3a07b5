DROP FUNCTION app.person(uuid);
DROP TABLE demo_clock, audit_log, sign_in_attempts, sessions, memberships, users, mail_accounts, brands;
DROP FUNCTION app.brand_ids();
DROP SCHEMA app;
