-- What people made of the templates. The file on disk is version 0, "as shipped", and has no row here.
CREATE TABLE template_versions (
    brand_id uuid NOT NULL REFERENCES brands ON DELETE CASCADE,
    template_key text NOT NULL,
    version integer NOT NULL CHECK (version > 0),
    source text NOT NULL,
    checksum text NOT NULL,
    note text NOT NULL DEFAULT '',
    created_by uuid REFERENCES users ON DELETE SET NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (brand_id, template_key, version),
    FOREIGN KEY (brand_id, template_key) REFERENCES templates (brand_id, key) ON DELETE CASCADE
);
COMMENT ON COLUMN template_versions.version IS 'counts up from 1 within the template, without gaps';
COMMENT ON COLUMN template_versions.checksum IS 'SHA-256 of the source, hex: compiled templates are kept by it';
COMMENT ON COLUMN template_versions.note IS 'what the author says was changed';

ALTER TABLE template_versions ENABLE ROW LEVEL SECURITY;
ALTER TABLE template_versions FORCE ROW LEVEL SECURITY;
CREATE POLICY brand_isolation ON template_versions USING (brand_id = ANY ((SELECT app.brand_ids())::uuid[]))
    WITH CHECK (brand_id = ANY ((SELECT app.brand_ids())::uuid[]));
-- Append-only: an older version is put in force again, never changed.
GRANT SELECT, INSERT ON template_versions TO overture_app;
REVOKE UPDATE, DELETE ON template_versions FROM overture_app;

ALTER TABLE templates ADD COLUMN version_in_force integer;
ALTER TABLE templates ADD CONSTRAINT templates_version_in_force
    FOREIGN KEY (brand_id, key, version_in_force) REFERENCES template_versions (brand_id, template_key, version);
COMMENT ON COLUMN templates.version_in_force IS 'the edit that mails are written from; null: the file';

-- A test goes to a colleague, on behalf of no contact: so nothing that is counted by contact or deal can count it.
ALTER TABLE email_messages ALTER COLUMN contact_id DROP NOT NULL;
ALTER TABLE email_messages ADD CONSTRAINT email_messages_for_a_contact CHECK (contact_id IS NOT NULL OR is_test);
COMMENT ON COLUMN email_messages.contact_id IS 'null: a test, which goes to a colleague';
