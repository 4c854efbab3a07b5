-- A sending slot counts against the caps as soon as it is given, so that it has to be known before its mail is written.
ALTER TABLE deals ADD COLUMN slot_at timestamptz;
COMMENT ON COLUMN deals.slot_at IS 'sending slot kept for the next mail; it holds while next_action_at is the same moment';
CREATE INDEX deals_slots ON deals (brand_id, slot_at) WHERE status = 'active' AND slot_at IS NOT NULL;

-- The latest occurrence of each scheduled job that has been put into the queue: whoever moves the mark enqueues the job,
-- so that several workers run an occurrence once.
CREATE TABLE timetable_marks (
    job text PRIMARY KEY,
    due_at timestamptz NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON timetable_marks TO overture_app;

-- The same as app.enqueue, to be run after a delay: counted from now by the server's clock, so that a demo whose own
-- clock runs ahead means the same moment.
CREATE FUNCTION app.enqueue_later(job text, payload jsonb, key text, delay_seconds double precision) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public
    AS $$
BEGIN
    IF to_regnamespace('graphile_worker') IS NOT NULL THEN
        PERFORM graphile_worker.add_job(identifier => job, payload => payload::json, job_key => key,
            run_at => now() + make_interval(secs => greatest(delay_seconds, 0)));
    END IF;
END
$$;
GRANT EXECUTE ON FUNCTION app.enqueue_later TO overture_app;

-- Mails of unclear fate: counted against the caps, and listed for a person.
CREATE INDEX email_messages_unclear ON email_messages (brand_id, claimed_at) WHERE state = 'unknown';
