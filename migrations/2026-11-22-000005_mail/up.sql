-- The outbox: every mail is a row here before anything touches the wire.
CREATE TABLE email_messages (
    id uuid PRIMARY KEY,
    brand_id uuid NOT NULL REFERENCES brands ON DELETE CASCADE,
    contact_id uuid NOT NULL,
    deal_id uuid,
    stage_id uuid,
    step smallint,
    stage_visit integer,
    template_key text,
    variant text NOT NULL DEFAULT 'A',
    tier text,
    send_key text NOT NULL,
    state text NOT NULL CHECK (state IN ('draft', 'scheduled', 'queued', 'sending', 'sent', 'failed', 'unknown',
        'blocked', 'cancelled')),
    to_email text NOT NULL,
    to_name text NOT NULL DEFAULT '',
    subject text NOT NULL,
    message_id text NOT NULL UNIQUE,
    in_reply_to text,
    scheduled_for timestamptz NOT NULL,
    claimed_at timestamptz,
    claimed_by text,
    attempts smallint NOT NULL DEFAULT 0,
    sent_at timestamptz,
    provider_id text,
    reason text,
    is_test boolean NOT NULL DEFAULT false,
    created_by uuid REFERENCES users ON DELETE SET NULL,
    created_at timestamptz NOT NULL,
    opened_at timestamptz,
    machine_opened_at timestamptz,
    clicked_at timestamptz,
    replied_at timestamptz,
    bounced_at timestamptz,
    UNIQUE (brand_id, send_key),
    FOREIGN KEY (brand_id, contact_id) REFERENCES contacts (brand_id, id) ON DELETE CASCADE,
    FOREIGN KEY (brand_id, deal_id) REFERENCES deals (brand_id, id) ON DELETE CASCADE,
    FOREIGN KEY (brand_id, stage_id) REFERENCES stages (brand_id, id) ON DELETE RESTRICT
);
COMMENT ON COLUMN email_messages.stage_id IS 'the stage this mail brings its deal into';
COMMENT ON COLUMN email_messages.send_key IS 'deal, stage visit and step: one deal never has two rows for one step';
COMMENT ON COLUMN email_messages.message_id IS 'our Message-ID without angle brackets (RFC 5322 3.6.4)';
COMMENT ON COLUMN email_messages.scheduled_for IS 'not before this moment; moved by back-off after a transient failure';
COMMENT ON COLUMN email_messages.reason IS 'why it failed, is blocked, waits or is unclear, in words';
COMMENT ON COLUMN email_messages.opened_at IS 'first open by a person';
COMMENT ON COLUMN email_messages.machine_opened_at IS 'first open by a machine (privacy proxy, prefetch, scanner)';
COMMENT ON COLUMN email_messages.clicked_at IS 'first click by a person';
CREATE INDEX email_messages_due ON email_messages (brand_id, scheduled_for, id) WHERE state IN ('scheduled', 'queued');
CREATE INDEX email_messages_claimed ON email_messages (claimed_at) WHERE state = 'sending';
CREATE INDEX email_messages_deal ON email_messages (deal_id, sent_at DESC);
CREATE INDEX email_messages_contact ON email_messages (contact_id, sent_at DESC);
CREATE INDEX email_messages_newest ON email_messages (brand_id, created_at DESC, id DESC);
CREATE INDEX email_messages_sent ON email_messages (brand_id, sent_at) WHERE sent_at IS NOT NULL;

-- Split from the envelope so that lists and scans read narrow rows.
CREATE TABLE email_contents (
    message_id uuid PRIMARY KEY REFERENCES email_messages ON DELETE CASCADE,
    brand_id uuid NOT NULL REFERENCES brands ON DELETE CASCADE,
    from_email text NOT NULL,
    from_name text NOT NULL,
    reply_to text,
    preheader text NOT NULL DEFAULT '',
    html text NOT NULL,
    body_text text NOT NULL,
    links text[] NOT NULL DEFAULT '{}',
    references_header text
);
COMMENT ON COLUMN email_contents.links IS 'click targets in order; a click token carries the index, so nothing else can be redirected to';

-- Append-only: opens, clicks, replies, bounces, complaints, opt-outs.
CREATE TABLE email_events (
    id uuid PRIMARY KEY,
    brand_id uuid NOT NULL REFERENCES brands ON DELETE CASCADE,
    message_id uuid NOT NULL REFERENCES email_messages ON DELETE CASCADE,
    deal_id uuid,
    kind text NOT NULL CHECK (kind IN ('open', 'click', 'reply', 'bounce', 'soft_bounce', 'complaint', 'unsubscribe')),
    verdict text NOT NULL CHECK (verdict IN ('human', 'machine', 'unknown')),
    reason text NOT NULL,
    url text,
    user_agent text,
    at timestamptz NOT NULL
);
COMMENT ON COLUMN email_events.reason IS 'code of the rule that gave the verdict';
CREATE INDEX email_events_message ON email_events (message_id, at);
CREATE INDEX email_events_deal ON email_events (deal_id, at DESC);
CREATE INDEX email_events_brand ON email_events (brand_id, at DESC);

CREATE TABLE inbound_messages (
    id uuid PRIMARY KEY,
    brand_id uuid NOT NULL REFERENCES brands ON DELETE CASCADE,
    message_id text NOT NULL,
    from_email text NOT NULL,
    from_name text NOT NULL DEFAULT '',
    subject text NOT NULL DEFAULT '',
    body_text text NOT NULL DEFAULT '',
    received_at timestamptz NOT NULL,
    outbound_id uuid REFERENCES email_messages ON DELETE SET NULL,
    contact_id uuid,
    deal_id uuid,
    kind text NOT NULL CHECK (kind IN ('reply', 'auto_reply', 'bounce', 'complaint', 'other')),
    intent text NOT NULL CHECK (intent IN ('interested', 'not_interested', 'question', 'out_of_office', 'unsubscribe',
        'bounce', 'complaint', 'referral', 'other')),
    confidence real NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    reason text NOT NULL,
    needs_review boolean NOT NULL DEFAULT false,
    reviewed_by uuid REFERENCES users ON DELETE SET NULL,
    reviewed_at timestamptz,
    created_at timestamptz NOT NULL,
    UNIQUE (brand_id, message_id),
    FOREIGN KEY (brand_id, contact_id) REFERENCES contacts (brand_id, id) ON DELETE CASCADE,
    FOREIGN KEY (brand_id, deal_id) REFERENCES deals (brand_id, id) ON DELETE CASCADE
);
COMMENT ON COLUMN inbound_messages.message_id IS 'the sender''s Message-ID; a second delivery of the same mail has no effect';
CREATE INDEX inbound_messages_deal ON inbound_messages (deal_id, received_at DESC);
CREATE INDEX inbound_messages_contact ON inbound_messages (contact_id, received_at DESC);
CREATE INDEX inbound_messages_review ON inbound_messages (brand_id, received_at) WHERE needs_review;
