-- In the order of a board's figures: each stage's deals are added up as they come out of the index, without a hash table.
DROP INDEX deals_pipeline;
CREATE INDEX deals_pipeline ON deals (pipeline_id, stage_id, tier, status, is_blocked)
    INCLUDE (brand_id, value_cents, next_action_at, owner_id);
