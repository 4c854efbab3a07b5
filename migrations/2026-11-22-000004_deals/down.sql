DROP TABLE notes, deal_stage_events, deals;
DROP FUNCTION app.notify_deals();
