-- The mail templates found on disk, so that a stage can't name one that doesn't exist.
CREATE TABLE templates (
    brand_id uuid NOT NULL REFERENCES brands ON DELETE CASCADE,
    key text NOT NULL,
    family text NOT NULL,
    checksum text NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (brand_id, key)
);
COMMENT ON COLUMN templates.family IS 'folder under email_templates/<brand>/';

CREATE TABLE pipelines (
    id uuid PRIMARY KEY,
    brand_id uuid NOT NULL REFERENCES brands ON DELETE CASCADE,
    key text NOT NULL,
    name text NOT NULL,
    pipeline_type text NOT NULL CHECK (pipeline_type IN ('sales', 'backlink', 'partnership', 'realestate', 'business',
        'events', 'classifieds', 'registered_users')),
    mode text NOT NULL DEFAULT 'auto' CHECK (mode IN ('off', 'suggest', 'auto')),
    position smallint NOT NULL,
    is_active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL,
    UNIQUE (brand_id, key),
    UNIQUE (brand_id, id)
);
COMMENT ON COLUMN pipelines.key IS 'slug within the brand; loading the catalogue again finds the pipeline by it';

CREATE TABLE stages (
    id uuid PRIMARY KEY,
    brand_id uuid NOT NULL,
    pipeline_id uuid NOT NULL,
    key text NOT NULL,
    name text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('entry', 'outreach', 'replied', 'progress', 'won', 'lost')),
    step smallint CHECK (step > 0),
    position smallint NOT NULL,
    days integer NOT NULL DEFAULT 0 CHECK (days >= 0),
    template_key text,
    subject_b text,
    probability smallint NOT NULL DEFAULT 0 CHECK (probability BETWEEN 0 AND 100),
    created_at timestamptz NOT NULL,
    UNIQUE (pipeline_id, key),
    UNIQUE (pipeline_id, position) DEFERRABLE INITIALLY DEFERRED,
    UNIQUE (brand_id, id),
    CHECK ((kind = 'outreach') = (step IS NOT NULL)),
    FOREIGN KEY (brand_id, pipeline_id) REFERENCES pipelines (brand_id, id) ON DELETE CASCADE,
    FOREIGN KEY (brand_id, template_key) REFERENCES templates (brand_id, key) ON DELETE RESTRICT
);
COMMENT ON COLUMN stages.days IS 'how long to wait in this stage before the next step';
COMMENT ON COLUMN stages.template_key IS 'the mail that brings a deal into this stage; null: none';
COMMENT ON COLUMN stages.probability IS 'chance to win from here, percent';
