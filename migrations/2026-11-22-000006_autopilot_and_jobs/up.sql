-- A receipt for every decision of the autopilot. Append-only but for its outcome.
CREATE TABLE ai_decisions (
    id uuid PRIMARY KEY,
    brand_id uuid NOT NULL,
    deal_id uuid NOT NULL,
    action text NOT NULL CHECK (action IN ('send_email', 'wait', 'change_approach', 'pause', 'flag_for_review', 'close')),
    outcome text NOT NULL CHECK (outcome IN ('applied', 'proposed', 'approved', 'dismissed')),
    rule text NOT NULL,
    reasoning text NOT NULL,
    counterfactual text NOT NULL DEFAULT '',
    inputs jsonb NOT NULL,
    guards jsonb NOT NULL,
    engine text NOT NULL DEFAULT 'rules',
    prompt_version text,
    tokens integer NOT NULL DEFAULT 0,
    cost_microcents bigint NOT NULL DEFAULT 0,
    decided_by uuid REFERENCES users ON DELETE SET NULL,
    at timestamptz NOT NULL,
    FOREIGN KEY (brand_id, deal_id) REFERENCES deals (brand_id, id) ON DELETE CASCADE
);
COMMENT ON COLUMN ai_decisions.counterfactual IS 'what would have changed the decision';
COMMENT ON COLUMN ai_decisions.cost_microcents IS 'millionths of a US cent';
CREATE INDEX ai_decisions_deal ON ai_decisions (deal_id, at DESC);
CREATE INDEX ai_decisions_brand ON ai_decisions (brand_id, at DESC, id DESC);
CREATE UNIQUE INDEX ai_decisions_one_proposal ON ai_decisions (deal_id) WHERE outcome = 'proposed';

CREATE TABLE imports (
    id uuid PRIMARY KEY,
    brand_id uuid NOT NULL REFERENCES brands ON DELETE CASCADE,
    pipeline_id uuid,
    file_name text NOT NULL,
    status text NOT NULL CHECK (status IN ('uploaded', 'queued', 'running', 'done', 'failed')),
    options jsonb NOT NULL DEFAULT '{}',
    total_rows bigint NOT NULL DEFAULT 0,
    done_rows bigint NOT NULL DEFAULT 0,
    created_count bigint NOT NULL DEFAULT 0,
    updated_count bigint NOT NULL DEFAULT 0,
    skipped_count bigint NOT NULL DEFAULT 0,
    suppressed_count bigint NOT NULL DEFAULT 0,
    error_count bigint NOT NULL DEFAULT 0,
    deal_count bigint NOT NULL DEFAULT 0,
    failure text,
    created_by uuid REFERENCES users ON DELETE SET NULL,
    created_at timestamptz NOT NULL,
    finished_at timestamptz,
    FOREIGN KEY (brand_id, pipeline_id) REFERENCES pipelines (brand_id, id) ON DELETE RESTRICT
);
CREATE INDEX imports_newest ON imports (brand_id, created_at DESC);

CREATE TABLE import_files (
    import_id uuid PRIMARY KEY REFERENCES imports ON DELETE CASCADE,
    brand_id uuid NOT NULL REFERENCES brands ON DELETE CASCADE,
    bytes bytea NOT NULL
);

CREATE TABLE import_errors (
    import_id uuid NOT NULL REFERENCES imports ON DELETE CASCADE,
    brand_id uuid NOT NULL REFERENCES brands ON DELETE CASCADE,
    row_number bigint NOT NULL,
    column_name text NOT NULL,
    reason text NOT NULL,
    PRIMARY KEY (import_id, row_number, column_name)
);

CREATE TABLE job_runs (
    id uuid PRIMARY KEY,
    job text NOT NULL,
    trigger text NOT NULL CHECK (trigger IN ('timetable', 'person', 'queue', 'demo')),
    started_at timestamptz NOT NULL,
    finished_at timestamptz,
    outcome text NOT NULL CHECK (outcome IN ('running', 'done', 'failed')),
    summary jsonb NOT NULL DEFAULT '{}',
    error text
);
CREATE INDEX job_runs_newest ON job_runs (started_at DESC);

-- Puts a job into the queue inside the caller's transaction. The application role may not touch the queue's tables
-- themselves. Without a queue (tests of single use cases) it does nothing: whoever runs those runs the job too.
CREATE FUNCTION app.enqueue(job text, payload jsonb, key text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public
    AS $$
BEGIN
    IF to_regnamespace('graphile_worker') IS NOT NULL THEN
        PERFORM graphile_worker.add_job(identifier => job, payload => payload::json, job_key => key);
    END IF;
END
$$;
COMMENT ON FUNCTION app.enqueue IS 'key: a waiting job with the same key is replaced, not doubled';
