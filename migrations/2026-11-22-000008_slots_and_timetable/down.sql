DROP INDEX email_messages_unclear;
DROP FUNCTION app.enqueue_later(text, jsonb, text, double precision);
DROP TABLE timetable_marks;
DROP INDEX deals_slots;
ALTER TABLE deals DROP COLUMN slot_at;
