-- Brands may send through the APIs of ZeptoMail and Zoho Mail, and people type the secrets into the settings.
ALTER TABLE mail_accounts DROP CONSTRAINT mail_accounts_provider_check;
ALTER TABLE mail_accounts ADD CONSTRAINT mail_accounts_provider_check
    CHECK (provider IN ('local', 'smtp', 'zeptomail', 'zoho'));
ALTER TABLE mail_accounts
    ADD COLUMN data_centre text NOT NULL DEFAULT 'au' CHECK (data_centre IN ('au', 'us', 'eu', 'in', 'jp', 'ca')),
    ADD COLUMN account_id text NOT NULL DEFAULT '',
    ADD COLUMN client_id text NOT NULL DEFAULT '',
    ADD COLUMN tested_at timestamptz,
    ADD COLUMN test_outcome text CHECK (test_outcome IN ('passed', 'unreachable', 'failed')),
    ADD COLUMN test_words text NOT NULL DEFAULT '',
    ADD CONSTRAINT mail_accounts_test CHECK ((tested_at IS NULL) = (test_outcome IS NULL));
COMMENT ON COLUMN mail_accounts.data_centre IS 'where the vendor keeps the account: ZeptoMail and Zoho Mail';
COMMENT ON COLUMN mail_accounts.account_id IS 'Zoho Mail: the numeric id of the mailbox';
COMMENT ON COLUMN mail_accounts.client_id IS 'Zoho Mail: the application in Zoho''s API console';
COMMENT ON COLUMN mail_accounts.test_outcome IS 'of the last connection test of these settings; null: not tested since they changed';

-- What nobody may read: sealed by outreach::vault under a key that is not in the database.
CREATE TABLE mail_secrets (
    brand_id uuid NOT NULL REFERENCES brands ON DELETE CASCADE,
    name text NOT NULL CHECK (name IN
        ('smtp-password', 'zeptomail-token', 'zeptomail-webhook', 'zoho-client-secret', 'zoho-refresh-token',
         'zoho-access-token')),
    sealed bytea,
    expires_at timestamptz,
    stored_at timestamptz NOT NULL,
    PRIMARY KEY (brand_id, name)
);
COMMENT ON TABLE mail_secrets IS 'secrets of mail accounts, AES-256-GCM, bound to their brand and name';
COMMENT ON COLUMN mail_secrets.sealed IS 'null: a row to lock while the first access token is fetched';
COMMENT ON COLUMN mail_secrets.expires_at IS 'access tokens only: when the provider stops taking it';

ALTER TABLE mail_secrets ENABLE ROW LEVEL SECURITY;
ALTER TABLE mail_secrets FORCE ROW LEVEL SECURITY;
CREATE POLICY brand_isolation ON mail_secrets USING (brand_id = ANY ((SELECT app.brand_ids())::uuid[]))
    WITH CHECK (brand_id = ANY ((SELECT app.brand_ids())::uuid[]));
GRANT SELECT, INSERT, UPDATE, DELETE ON mail_secrets TO overture_app;
