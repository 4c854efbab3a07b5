DELETE FROM email_messages WHERE contact_id IS NULL;
ALTER TABLE email_messages DROP CONSTRAINT email_messages_for_a_contact;
ALTER TABLE email_messages ALTER COLUMN contact_id SET NOT NULL;
COMMENT ON COLUMN email_messages.contact_id IS NULL;
ALTER TABLE templates DROP COLUMN version_in_force;
DROP TABLE template_versions;
