DROP INDEX deals_contact;
DROP INDEX deals_pipeline;
CREATE INDEX deals_pipeline ON deals (pipeline_id) INCLUDE (stage_id, status, tier, value_cents, next_action_at);
ALTER TABLE deals DROP COLUMN is_blocked;
