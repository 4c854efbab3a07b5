-- Requests for pixels and links as they came in: committed before they are answered, judged together a moment later.
CREATE TABLE email_hits (
    id uuid PRIMARY KEY,
    brand_id uuid NOT NULL,
    message_id uuid NOT NULL,
    link integer CHECK (link BETWEEN 0 AND 65535),
    at timestamptz NOT NULL,
    method text NOT NULL,
    user_agent text NOT NULL,
    purpose text NOT NULL,
    network text NOT NULL,
    origin bytea,
    own_session boolean NOT NULL
);
COMMENT ON TABLE email_hits IS
    'in line to be judged, then gone; no foreign keys: a signed token named brand and mail, and judging looks them up';
COMMENT ON COLUMN email_hits.id IS 'of the event it becomes';
COMMENT ON COLUMN email_hits.link IS 'position of the link, from 0; null for the pixel';
COMMENT ON COLUMN email_hits.purpose IS 'what headers such as Sec-Purpose said';
COMMENT ON COLUMN email_hits.network IS 'kind of the caller''s network; the address itself is never stored';
COMMENT ON COLUMN email_hits.origin IS 'as in email_events';

ALTER TABLE email_hits ENABLE ROW LEVEL SECURITY;
ALTER TABLE email_hits FORCE ROW LEVEL SECURITY;
CREATE POLICY brand_isolation ON email_hits
    USING (brand_id = ANY ((SELECT app.brand_ids())::uuid[]))
    WITH CHECK (brand_id = ANY ((SELECT app.brand_ids())::uuid[]));
GRANT SELECT, INSERT, UPDATE, DELETE ON email_hits TO overture_app;
