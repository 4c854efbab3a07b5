DROP TABLE mail_secrets;
DELETE FROM mail_accounts WHERE provider IN ('zeptomail', 'zoho');
ALTER TABLE mail_accounts
    DROP CONSTRAINT mail_accounts_test,
    DROP COLUMN test_words,
    DROP COLUMN test_outcome,
    DROP COLUMN tested_at,
    DROP COLUMN client_id,
    DROP COLUMN account_id,
    DROP COLUMN data_centre;
ALTER TABLE mail_accounts DROP CONSTRAINT mail_accounts_provider_check;
ALTER TABLE mail_accounts ADD CONSTRAINT mail_accounts_provider_check CHECK (provider IN ('local', 'smtp'));
