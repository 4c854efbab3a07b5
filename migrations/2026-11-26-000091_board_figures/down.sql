DROP INDEX deals_pipeline;
CREATE INDEX deals_pipeline ON deals (pipeline_id)
    INCLUDE (brand_id, stage_id, status, tier, value_cents, next_action_at, is_blocked, owner_id);
