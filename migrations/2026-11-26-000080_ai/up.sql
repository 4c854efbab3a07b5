-- The AI each brand may ask, and what it was asked.
CREATE TABLE ai_accounts (
    brand_id uuid PRIMARY KEY REFERENCES brands ON DELETE CASCADE,
    base_url text NOT NULL CHECK (base_url <> ''),
    model text NOT NULL CHECK (model <> ''),
    key bytea,
    enabled boolean NOT NULL DEFAULT true,
    daily_calls integer NOT NULL CHECK (daily_calls BETWEEN 1 AND 100000),
    saved_at timestamptz NOT NULL,
    resting_until timestamptz,
    tested_at timestamptz,
    test_passed boolean,
    test_words text,
    CHECK ((tested_at IS NULL) = (test_passed IS NULL) AND (tested_at IS NULL) = (test_words IS NULL))
);
COMMENT ON COLUMN ai_accounts.base_url IS 'of an OpenAI-compatible interface; /chat/completions is added';
COMMENT ON COLUMN ai_accounts.key IS 'sealed by outreach::vault under a key that is not in the database; null: a local server that asks for none';
COMMENT ON COLUMN ai_accounts.daily_calls IS 'questions a day of the brand''s zone; used up, the rules alone read';
COMMENT ON COLUMN ai_accounts.resting_until IS 'nothing is asked before: the server could not be reached or asked for patience';
COMMENT ON COLUMN ai_accounts.tested_at IS 'of these very settings; saving others forgets it';

CREATE TABLE ai_calls (
    id uuid PRIMARY KEY,
    brand_id uuid NOT NULL REFERENCES brands ON DELETE CASCADE,
    purpose text NOT NULL CHECK (purpose IN ('classify_reply', 'test')),
    model text NOT NULL,
    day date NOT NULL,
    message_id text,
    inbound_id uuid,
    outcome text NOT NULL CHECK (outcome IN ('asking', 'answered', 'failed', 'over_budget')),
    intent text CHECK (intent IN ('interested', 'not_interested', 'question', 'out_of_office', 'referral',
        'unsubscribe', 'other')),
    confidence real CHECK (confidence BETWEEN 0 AND 1),
    tokens_in integer NOT NULL DEFAULT 0 CHECK (tokens_in >= 0),
    tokens_out integer NOT NULL DEFAULT 0 CHECK (tokens_out >= 0),
    latency_ms integer NOT NULL DEFAULT 0 CHECK (latency_ms >= 0),
    error text,
    at timestamptz NOT NULL,
    CHECK ((outcome = 'answered') = (intent IS NOT NULL) AND (intent IS NULL) = (confidence IS NULL)),
    FOREIGN KEY (brand_id, inbound_id) REFERENCES inbound_messages (brand_id, id) ON DELETE CASCADE
);
COMMENT ON TABLE ai_calls IS 'committed before the call, so that no mail is asked about twice; holds no text of any mail';
COMMENT ON COLUMN ai_calls.day IS 'in the brand''s zone: what the budget counts by';
COMMENT ON COLUMN ai_calls.message_id IS 'of the mail that was asked about';
COMMENT ON COLUMN ai_calls.inbound_id IS 'that mail, once it is stored; null for tests, and for a mail whose storing failed';
COMMENT ON COLUMN ai_calls.outcome IS 'asking: on its way, or cut off; over_budget: not asked, one row a day';
COMMENT ON COLUMN ai_calls.error IS 'in words, without the key or any text of the mail';
CREATE UNIQUE INDEX ai_calls_once ON ai_calls (brand_id, purpose, message_id);
CREATE UNIQUE INDEX ai_calls_over_budget ON ai_calls (brand_id, day) WHERE outcome = 'over_budget';
CREATE INDEX ai_calls_day ON ai_calls (brand_id, day, at DESC);
CREATE INDEX ai_calls_inbound ON ai_calls (brand_id, inbound_id) WHERE inbound_id IS NOT NULL;

DO $$
DECLARE
    target text;
BEGIN
    FOREACH target IN ARRAY ARRAY['ai_accounts', 'ai_calls'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', target);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', target);
        EXECUTE format(
            'CREATE POLICY brand_isolation ON %I USING (brand_id = ANY ((SELECT app.brand_ids())::uuid[]))'
            ' WITH CHECK (brand_id = ANY ((SELECT app.brand_ids())::uuid[]))', target);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO overture_app', target);
    END LOOP;
END
$$;
