CREATE TABLE deals (
    id uuid PRIMARY KEY,
    brand_id uuid NOT NULL REFERENCES brands ON DELETE CASCADE,
    contact_id uuid NOT NULL,
    pipeline_id uuid NOT NULL,
    stage_id uuid NOT NULL,
    stage_visit integer NOT NULL DEFAULT 1,
    stage_entered_at timestamptz NOT NULL,
    status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'paused', 'won', 'lost')),
    lost_reason text CHECK (lost_reason IN ('unsubscribed', 'no_response', 'not_interested', 'invalid_email',
        'complained', 'competitor', 'budget', 'timing', 'other')),
    value_cents bigint CHECK (value_cents >= 0),
    currency text NOT NULL DEFAULT 'AUD' CHECK (currency ~ '^[A-Z]{3}$'),
    expected_close_on date,
    owner_id uuid REFERENCES users ON DELETE SET NULL,
    next_action_at timestamptz,
    next_reason text NOT NULL DEFAULT '',
    blocked_reason text,
    tier text NOT NULL DEFAULT 'new' CHECK (tier IN ('new', 'engaged', 'hot', 'warm', 'lurker', 'cold', 'ghost')),
    tier_unverified boolean NOT NULL DEFAULT false,
    mails_sent integer NOT NULL DEFAULT 0,
    last_mailed_at timestamptz,
    template_variant text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    UNIQUE (brand_id, id),
    CHECK ((status = 'lost') = (lost_reason IS NOT NULL)),
    FOREIGN KEY (brand_id, contact_id) REFERENCES contacts (brand_id, id) ON DELETE CASCADE,
    FOREIGN KEY (brand_id, pipeline_id) REFERENCES pipelines (brand_id, id) ON DELETE RESTRICT,
    FOREIGN KEY (brand_id, stage_id) REFERENCES stages (brand_id, id) ON DELETE RESTRICT
);
COMMENT ON COLUMN deals.stage_visit IS 'counts stage entries; part of the send key, so one visit sends one mail';
COMMENT ON COLUMN deals.next_action_at IS 'when the autopilot looks at the deal next; null: never by itself';
COMMENT ON COLUMN deals.next_reason IS 'why then, in words for the card';
COMMENT ON COLUMN deals.blocked_reason IS 'what a person has to settle before the autopilot goes on';
COMMENT ON COLUMN deals.template_variant IS 'suffix of the template variant chosen by change_approach for the next mail';
CREATE UNIQUE INDEX deals_one_open ON deals (contact_id, pipeline_id) WHERE status IN ('active', 'paused');
CREATE INDEX deals_column ON deals (stage_id, stage_entered_at DESC, id DESC);
CREATE INDEX deals_pipeline ON deals (pipeline_id) INCLUDE (stage_id, status, tier, value_cents, next_action_at);
CREATE INDEX deals_due ON deals (brand_id, next_action_at, id) WHERE status = 'active';
CREATE INDEX deals_newest ON deals (brand_id, created_at DESC, id DESC);

-- Append-only. The board of any day can be told from it.
CREATE TABLE deal_stage_events (
    id uuid PRIMARY KEY,
    brand_id uuid NOT NULL,
    deal_id uuid NOT NULL,
    from_stage_id uuid,
    to_stage_id uuid NOT NULL,
    from_status text,
    to_status text NOT NULL,
    actor text NOT NULL CHECK (actor IN ('person', 'autopilot', 'reply', 'contact', 'import', 'demo')),
    user_id uuid REFERENCES users ON DELETE SET NULL,
    reason text NOT NULL DEFAULT '',
    at timestamptz NOT NULL,
    FOREIGN KEY (brand_id, deal_id) REFERENCES deals (brand_id, id) ON DELETE CASCADE,
    FOREIGN KEY (brand_id, to_stage_id) REFERENCES stages (brand_id, id) ON DELETE RESTRICT
);
COMMENT ON COLUMN deal_stage_events.actor IS 'contact: the person used an unsubscribe link';
CREATE INDEX deal_stage_events_deal ON deal_stage_events (deal_id, at DESC);

CREATE TABLE notes (
    id uuid PRIMARY KEY,
    brand_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    deal_id uuid,
    kind text NOT NULL DEFAULT 'note' CHECK (kind IN ('note', 'task')),
    body text NOT NULL,
    due_at timestamptz,
    done_at timestamptz,
    author_id uuid REFERENCES users ON DELETE SET NULL,
    created_at timestamptz NOT NULL,
    FOREIGN KEY (brand_id, contact_id) REFERENCES contacts (brand_id, id) ON DELETE CASCADE,
    FOREIGN KEY (brand_id, deal_id) REFERENCES deals (brand_id, id) ON DELETE CASCADE
);
CREATE INDEX notes_deal ON notes (deal_id, created_at DESC);
CREATE INDEX notes_contact ON notes (contact_id, created_at DESC);
CREATE INDEX notes_open_tasks ON notes (brand_id, due_at) WHERE kind = 'task' AND done_at IS NULL;

-- Tells open boards what changed. Up to 20 deals a statement by name, more as one word for the pipeline.
CREATE FUNCTION app.notify_deals() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed record;
BEGIN
    FOR changed IN
        SELECT brand_id, pipeline_id, CASE WHEN count(*) <= 20 THEN string_agg(id::text, ',') ELSE '' END AS deals
        FROM touched GROUP BY brand_id, pipeline_id
    LOOP
        PERFORM pg_notify('overture_deals', changed.brand_id || ' ' || changed.pipeline_id || ' ' || changed.deals);
    END LOOP;
    RETURN NULL;
END
$$;
CREATE TRIGGER deals_inserted AFTER INSERT ON deals REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION app.notify_deals();
CREATE TRIGGER deals_updated AFTER UPDATE ON deals REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION app.notify_deals();
