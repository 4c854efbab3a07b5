-- The figures of a board come from this index alone, the policy's brand included. The reason itself may be too long for it.
ALTER TABLE deals ADD COLUMN is_blocked boolean NOT NULL GENERATED ALWAYS AS (blocked_reason IS NOT NULL) STORED;
DROP INDEX deals_pipeline;
CREATE INDEX deals_pipeline ON deals (pipeline_id)
    INCLUDE (brand_id, stage_id, status, tier, value_cents, next_action_at, is_blocked, owner_id);

-- A contact's deals, ended ones included, and the cascade of its deletion.
CREATE INDEX deals_contact ON deals (contact_id);
