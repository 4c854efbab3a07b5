-- The inbox: what a mail quotes, and what people made of mails that the rules were unsure of.
ALTER TABLE inbound_messages ADD COLUMN quoted_text text NOT NULL DEFAULT '';
COMMENT ON COLUMN inbound_messages.quoted_text IS 'the whole body when it holds more than body_text: history, signature; empty otherwise';
ALTER TABLE inbound_messages ADD UNIQUE (brand_id, id);
CREATE INDEX inbound_messages_received ON inbound_messages (brand_id, received_at DESC, id DESC);

CREATE TABLE inbound_reviews (
    id uuid PRIMARY KEY,
    brand_id uuid NOT NULL REFERENCES brands ON DELETE CASCADE,
    inbound_id uuid NOT NULL,
    kind_before text NOT NULL CHECK (kind_before IN ('reply', 'auto_reply', 'bounce', 'complaint', 'other')),
    intent_before text NOT NULL CHECK (intent_before IN ('interested', 'not_interested', 'question', 'out_of_office',
        'unsubscribe', 'bounce', 'complaint', 'referral', 'other')),
    confidence_before real NOT NULL CHECK (confidence_before BETWEEN 0 AND 1),
    reason_before text NOT NULL,
    intent_after text NOT NULL CHECK (intent_after IN ('interested', 'not_interested', 'question', 'out_of_office',
        'unsubscribe', 'bounce', 'complaint', 'referral', 'other')),
    reviewed_by uuid REFERENCES users ON DELETE SET NULL,
    reviewed_at timestamptz NOT NULL,
    restore jsonb,
    undone_at timestamptz,
    FOREIGN KEY (brand_id, inbound_id) REFERENCES inbound_messages (brand_id, id) ON DELETE CASCADE
);
COMMENT ON TABLE inbound_reviews IS 'what people said mails meant, beside what the rules had said: corrections the rules are measured by';
COMMENT ON COLUMN inbound_reviews.restore IS 'what it takes to undo the review; null: it cannot be taken back';
CREATE INDEX inbound_reviews_inbound ON inbound_reviews (brand_id, inbound_id, reviewed_at DESC);

ALTER TABLE inbound_reviews ENABLE ROW LEVEL SECURITY;
ALTER TABLE inbound_reviews FORCE ROW LEVEL SECURITY;
CREATE POLICY brand_isolation ON inbound_reviews
    USING (brand_id = ANY ((SELECT app.brand_ids())::uuid[]))
    WITH CHECK (brand_id = ANY ((SELECT app.brand_ids())::uuid[]));
GRANT SELECT, INSERT, UPDATE, DELETE ON inbound_reviews TO overture_app;
