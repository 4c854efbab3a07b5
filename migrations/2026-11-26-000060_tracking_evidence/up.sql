-- Verdicts may be corrected when better evidence arrives. What happened is never changed: of an event, only the verdict
-- can be replaced, and the one it had is kept.
ALTER TABLE email_events ADD COLUMN origin bytea, ADD COLUMN judged_at timestamptz;
COMMENT ON COLUMN email_events.origin IS
    'keyed hash of the caller''s network: tells whether two hits came from one place, never which';
COMMENT ON COLUMN email_events.judged_at IS 'when the verdict was last replaced; null: it is the first one';

CREATE TABLE email_event_judgements (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    brand_id uuid NOT NULL REFERENCES brands ON DELETE CASCADE,
    event_id uuid NOT NULL REFERENCES email_events ON DELETE CASCADE,
    verdict text NOT NULL CHECK (verdict IN ('human', 'machine', 'unknown')),
    reason text NOT NULL,
    replaced_at timestamptz NOT NULL
);
COMMENT ON TABLE email_event_judgements IS 'append-only: verdicts that were replaced, oldest first by id';
CREATE INDEX email_event_judgements_event ON email_event_judgements (event_id, id);

CREATE FUNCTION app.keep_judgement() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.judged_at IS NULL THEN
        RAISE EXCEPTION 'a verdict is replaced at a moment: set judged_at';
    END IF;
    INSERT INTO public.email_event_judgements (brand_id, event_id, verdict, reason, replaced_at)
    VALUES (OLD.brand_id, OLD.id, OLD.verdict, OLD.reason, NEW.judged_at);
    RETURN NEW;
END
$$;
CREATE TRIGGER email_events_judgement BEFORE UPDATE OF verdict, reason ON email_events
    FOR EACH ROW WHEN (OLD.verdict IS DISTINCT FROM NEW.verdict OR OLD.reason IS DISTINCT FROM NEW.reason)
    EXECUTE FUNCTION app.keep_judgement();
GRANT UPDATE (verdict, reason, judged_at) ON email_events TO overture_app;

-- Every attempt to hand a mail over, with what came of it.
CREATE TABLE email_attempts (
    id uuid PRIMARY KEY,
    brand_id uuid NOT NULL REFERENCES brands ON DELETE CASCADE,
    message_id uuid NOT NULL REFERENCES email_messages ON DELETE CASCADE,
    outcome text NOT NULL CHECK (outcome IN ('sent', 'again', 'refused', 'unclear')),
    reason text NOT NULL DEFAULT '',
    at timestamptz NOT NULL
);
COMMENT ON TABLE email_attempts IS 'append-only; the mail itself keeps only the last reason';
CREATE INDEX email_attempts_message ON email_attempts (message_id, at);

-- The opt-out link of a mail works for as long as somebody has the mail, also when its contact is deleted here.
CREATE TABLE former_recipients (
    message_id uuid PRIMARY KEY,
    brand_id uuid NOT NULL REFERENCES brands ON DELETE CASCADE,
    email text NOT NULL CHECK (email = lower(email))
);
COMMENT ON TABLE former_recipients IS 'whom a mail went to whose contact has been deleted; for its opt-out link only';
CREATE INDEX former_recipients_brand ON former_recipients (brand_id, email);

CREATE FUNCTION app.keep_recipients() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO public.former_recipients (message_id, brand_id, email)
    SELECT m.id, m.brand_id, lower(m.to_email) FROM public.email_messages m
    WHERE m.contact_id = OLD.id AND m.state IN ('sending', 'sent', 'unknown')
      AND EXISTS (SELECT FROM public.brands b WHERE b.id = OLD.brand_id)
    ON CONFLICT DO NOTHING;
    RETURN OLD;
END
$$;
CREATE TRIGGER contacts_recipients BEFORE DELETE ON contacts FOR EACH ROW EXECUTE FUNCTION app.keep_recipients();

-- Whoever is taken off the suppression list is so on somebody's word, and it is kept.
CREATE TABLE suppression_releases (
    id uuid PRIMARY KEY,
    brand_id uuid NOT NULL REFERENCES brands ON DELETE CASCADE,
    email text NOT NULL CHECK (email = lower(email)),
    reason text NOT NULL,
    evidence text NOT NULL CHECK (evidence <> ''),
    message_id uuid,
    released_by uuid REFERENCES users ON DELETE SET NULL,
    at timestamptz NOT NULL
);
COMMENT ON TABLE suppression_releases IS 'append-only';
COMMENT ON COLUMN suppression_releases.reason IS 'why the address had been on the list';
COMMENT ON COLUMN suppression_releases.message_id IS
    'the mail whose link its owner used; no foreign key: it may be deleted';
COMMENT ON COLUMN suppression_releases.released_by IS 'null: the address''s owner';
CREATE INDEX suppression_releases_email ON suppression_releases (brand_id, email, at DESC);

DO $$
DECLARE
    target text;
BEGIN
    FOREACH target IN ARRAY ARRAY['email_event_judgements', 'email_attempts', 'former_recipients', 'suppression_releases']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', target);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', target);
        EXECUTE format(
            'CREATE POLICY brand_isolation ON %I USING (brand_id = ANY ((SELECT app.brand_ids())::uuid[]))'
            ' WITH CHECK (brand_id = ANY ((SELECT app.brand_ids())::uuid[]))', target);
        EXECUTE format('GRANT SELECT, INSERT ON %I TO overture_app', target);
    END LOOP;
END
$$;
-- Erasing a person ends here, too.
GRANT DELETE ON former_recipients TO overture_app;
GRANT EXECUTE ON FUNCTION app.keep_judgement, app.keep_recipients TO overture_app;
