CREATE TABLE contacts (
    id uuid PRIMARY KEY,
    brand_id uuid NOT NULL REFERENCES brands ON DELETE CASCADE,
    email text NOT NULL CHECK (email = lower(email) AND email LIKE '%_@_%'),
    name text NOT NULL DEFAULT '',
    company text NOT NULL DEFAULT '',
    website text NOT NULL DEFAULT '',
    phone text NOT NULL DEFAULT '',
    role_title text NOT NULL DEFAULT '',
    kind text NOT NULL DEFAULT 'lead' CHECK (kind IN ('lead', 'backlink_target', 'partner')),
    source text NOT NULL DEFAULT '',
    tags text[] NOT NULL DEFAULT '{}',
    domain_authority smallint CHECK (domain_authority BETWEEN 0 AND 100),
    score smallint CHECK (score BETWEEN 0 AND 100),
    time_zone text,
    region text,
    status text NOT NULL DEFAULT 'new' CHECK (status IN ('new', 'contacted', 'replied', 'interested', 'not_interested',
        'unsubscribed')),
    consent_basis text CHECK (consent_basis IN ('express', 'relationship', 'published')),
    consent_evidence text NOT NULL DEFAULT '',
    consent_at timestamptz,
    soft_bounces smallint NOT NULL DEFAULT 0,
    last_mailed_at timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    search_text text GENERATED ALWAYS AS (lower(name || ' ' || email || ' ' || company)) STORED,
    UNIQUE (brand_id, email),
    UNIQUE (brand_id, id)
);
COMMENT ON COLUMN contacts.time_zone IS 'IANA name, given or inferred; null: the brand''s';
COMMENT ON COLUMN contacts.consent_evidence IS 'URL or note that proves the basis';
CREATE INDEX contacts_search ON contacts USING gin (search_text gin_trgm_ops);
CREATE INDEX contacts_newest ON contacts (brand_id, created_at DESC, id DESC);

-- Every statement of consent ever recorded; contacts.consent_basis is the newest.
CREATE TABLE consents (
    id uuid PRIMARY KEY,
    brand_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    basis text NOT NULL CHECK (basis IN ('express', 'relationship', 'published')),
    evidence text NOT NULL DEFAULT '',
    captured_by uuid REFERENCES users ON DELETE SET NULL,
    captured_at timestamptz NOT NULL,
    FOREIGN KEY (brand_id, contact_id) REFERENCES contacts (brand_id, id) ON DELETE CASCADE
);
CREATE INDEX consents_contact ON consents (contact_id, captured_at DESC);

-- Independent of contacts: deleting or importing a contact again never forgets an opt-out.
CREATE TABLE suppressions (
    id uuid PRIMARY KEY,
    brand_id uuid NOT NULL REFERENCES brands ON DELETE CASCADE,
    email text NOT NULL CHECK (email = lower(email)),
    reason text NOT NULL CHECK (reason IN ('unsubscribed', 'hard_bounce', 'soft_bounces', 'complaint', 'manual')),
    evidence text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL,
    UNIQUE (brand_id, email)
);
