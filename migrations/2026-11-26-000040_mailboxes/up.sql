-- The mailbox each brand's replies arrive in, and how far it has been read.
CREATE TABLE mailboxes (
    brand_id uuid PRIMARY KEY REFERENCES brands ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('imap', 'zoho')),
    enabled boolean NOT NULL DEFAULT true,
    host text NOT NULL DEFAULT '',
    port integer NOT NULL DEFAULT 993 CHECK (port BETWEEN 1 AND 65535),
    tls text NOT NULL DEFAULT 'tls' CHECK (tls IN ('none', 'starttls', 'tls')),
    username text NOT NULL DEFAULT '',
    password bytea,
    folder text NOT NULL DEFAULT 'INBOX' CHECK (folder <> ''),
    saved_at timestamptz NOT NULL,
    read_since date NOT NULL,
    validity bigint,
    position bigint NOT NULL DEFAULT 0 CHECK (position >= 0),
    mails_read bigint NOT NULL DEFAULT 0,
    last_mail_at timestamptz,
    looked_at timestamptz,
    checked_at timestamptz,
    backlog integer NOT NULL DEFAULT 0 CHECK (backlog >= 0),
    oldest_waiting_at timestamptz,
    last_error text,
    last_error_at timestamptz,
    failing_since timestamptz,
    stuck_position bigint,
    stuck_times smallint NOT NULL DEFAULT 0,
    lease_by uuid,
    lease_until timestamptz,
    CHECK ((lease_by IS NULL) = (lease_until IS NULL))
);
COMMENT ON COLUMN mailboxes.kind IS 'zoho: read through the API, with the access of the brand''s sending account';
COMMENT ON COLUMN mailboxes.password IS 'sealed by outreach::vault under a key that is not in the database';
COMMENT ON COLUMN mailboxes.read_since IS 'mail that arrived before this day is never read';
COMMENT ON COLUMN mailboxes.validity IS 'UIDVALIDITY of the folder (Zoho: the folder''s id) that position belongs to; null: never read';
COMMENT ON COLUMN mailboxes.position IS 'everything up to this UID (Zoho: millisecond of arrival) has been read';
COMMENT ON COLUMN mailboxes.last_mail_at IS 'when the newest mail that was read had arrived';
COMMENT ON COLUMN mailboxes.looked_at IS 'begin of the last look, whatever came of it';
COMMENT ON COLUMN mailboxes.checked_at IS 'end of the last look that went well';
COMMENT ON COLUMN mailboxes.backlog IS 'mails that the last look knew of and did not read';
COMMENT ON COLUMN mailboxes.last_error IS 'what went wrong last, in words; kept after it went well again';
COMMENT ON COLUMN mailboxes.failing_since IS 'first of the failed looks in a row; null: the last one went well';
COMMENT ON COLUMN mailboxes.stuck_position IS 'the mail at which reading broke off, and how often: after a few times it is passed over';
COMMENT ON COLUMN mailboxes.lease_by IS 'the one reader; once lease_until has passed, another may take over';

-- Mails that were passed over, kept for a person.
CREATE TABLE mailbox_failures (
    id uuid PRIMARY KEY,
    brand_id uuid NOT NULL REFERENCES brands ON DELETE CASCADE,
    digest text NOT NULL,
    reason text NOT NULL,
    from_email text NOT NULL DEFAULT '',
    subject text NOT NULL DEFAULT '',
    arrived_at timestamptz,
    size_bytes bigint NOT NULL,
    raw bytea NOT NULL,
    is_whole boolean NOT NULL,
    created_at timestamptz NOT NULL,
    dealt_with_at timestamptz,
    dealt_with_by uuid REFERENCES users ON DELETE SET NULL,
    UNIQUE (brand_id, id),
    UNIQUE (brand_id, digest)
);
COMMENT ON TABLE mailbox_failures IS 'bounded in number and age; never tried again by itself';
COMMENT ON COLUMN mailbox_failures.digest IS 'of the mail: read again, after its folder was rebuilt, it is no second failure';
COMMENT ON COLUMN mailbox_failures.raw IS 'the mail as it came, or as much of its beginning as is kept';
CREATE INDEX mailbox_failures_newest ON mailbox_failures (brand_id, created_at DESC, id DESC);

DO $$
DECLARE
    target text;
BEGIN
    FOREACH target IN ARRAY ARRAY['mailboxes', 'mailbox_failures'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', target);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', target);
        EXECUTE format(
            'CREATE POLICY brand_isolation ON %I USING (brand_id = ANY ((SELECT app.brand_ids())::uuid[]))'
            ' WITH CHECK (brand_id = ANY ((SELECT app.brand_ids())::uuid[]))', target);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO overture_app', target);
    END LOOP;
END
$$;
