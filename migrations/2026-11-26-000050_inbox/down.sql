DROP TABLE inbound_reviews;
DROP INDEX inbound_messages_received;
ALTER TABLE inbound_messages DROP CONSTRAINT inbound_messages_brand_id_id_key;
ALTER TABLE inbound_messages DROP COLUMN quoted_text;
