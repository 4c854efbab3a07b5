-- The schema `app` holds functions only; tables live in `public`.
CREATE SCHEMA app;
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- Web and worker connect as this role. It owns nothing and cannot bypass row-level security.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'overture_app') THEN
        CREATE ROLE overture_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL; -- another database of this cluster is being migrated at the same moment
END
$$;

-- The brands the current transaction may see. Unset means none.
CREATE FUNCTION app.brand_ids() RETURNS uuid[]
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT coalesce(nullif(current_setting('app.brand_ids', true), ''), '{}')::uuid[] $$;

CREATE TABLE brands (
    id uuid PRIMARY KEY,
    slug text NOT NULL UNIQUE CHECK (slug ~ '^[a-z][a-z0-9-]{1,39}$'),
    name text NOT NULL,
    legal_name text NOT NULL,
    website text NOT NULL,
    from_name text NOT NULL,
    from_email text NOT NULL,
    reply_to text,
    contact_email text NOT NULL,
    phone text NOT NULL DEFAULT '',
    postal_address text NOT NULL,
    logo_url text NOT NULL DEFAULT '',
    time_zone text NOT NULL DEFAULT 'Australia/Sydney',
    region text NOT NULL DEFAULT 'NSW',
    office_days smallint[] NOT NULL DEFAULT '{1,2,3,4,5}',
    office_from integer NOT NULL DEFAULT 540,
    office_to integer NOT NULL DEFAULT 1020,
    tracks_opens boolean NOT NULL DEFAULT true,
    tracks_clicks boolean NOT NULL DEFAULT true,
    hourly_cap integer NOT NULL DEFAULT 120 CHECK (hourly_cap >= 0),
    daily_cap integer NOT NULL DEFAULT 600 CHECK (daily_cap >= 0),
    contact_gap_hours integer NOT NULL DEFAULT 20 CHECK (contact_gap_hours >= 0),
    warmup_started_on date,
    created_at timestamptz NOT NULL,
    CHECK (office_from >= 0 AND office_from < office_to AND office_to <= 1440)
);
COMMENT ON COLUMN brands.time_zone IS 'IANA name; used for contacts whose own zone is not known';
COMMENT ON COLUMN brands.office_days IS 'ISO weekdays, 1 = Monday';
COMMENT ON COLUMN brands.office_from IS 'minutes after local midnight';
COMMENT ON COLUMN brands.contact_gap_hours IS 'least time between two mails to one contact';
COMMENT ON COLUMN brands.warmup_started_on IS 'first sending day of the warm-up schedule; null: no warm-up';

-- Delivery settings. Passwords are never stored here: they come from the environment (.env.example).
CREATE TABLE mail_accounts (
    brand_id uuid PRIMARY KEY REFERENCES brands ON DELETE CASCADE,
    provider text NOT NULL CHECK (provider IN ('local', 'smtp')),
    host text NOT NULL DEFAULT '',
    port integer NOT NULL DEFAULT 587 CHECK (port BETWEEN 1 AND 65535),
    tls text NOT NULL DEFAULT 'starttls' CHECK (tls IN ('none', 'starttls', 'tls')),
    username text NOT NULL DEFAULT '',
    updated_at timestamptz NOT NULL
);
COMMENT ON COLUMN mail_accounts.provider IS 'local: the demo''s own mailbox page, refused outside the demo';

CREATE TABLE users (
    id uuid PRIMARY KEY,
    email text NOT NULL UNIQUE CHECK (email = lower(email)),
    name text NOT NULL,
    password_hash text NOT NULL,
    time_zone text NOT NULL DEFAULT 'Australia/Sydney',
    is_demo boolean NOT NULL DEFAULT false,
    disabled_at timestamptz,
    created_at timestamptz NOT NULL
);
COMMENT ON COLUMN users.is_demo IS 'demo sign-in; production refuses to start while one exists';

CREATE TABLE memberships (
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    brand_id uuid NOT NULL REFERENCES brands ON DELETE CASCADE,
    role text NOT NULL CHECK (role IN ('admin', 'manager', 'member')),
    created_at timestamptz NOT NULL,
    PRIMARY KEY (user_id, brand_id)
);
CREATE INDEX memberships_brand ON memberships (brand_id);

CREATE TABLE sessions (
    id text PRIMARY KEY,
    data jsonb NOT NULL,
    user_id uuid REFERENCES users ON DELETE CASCADE,
    user_agent text,
    created_at timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);
COMMENT ON COLUMN sessions.id IS 'SHA-256 of the cookie''s session id, hex: a copy of this table opens no session';
CREATE INDEX sessions_user ON sessions (user_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);

CREATE TABLE sign_in_attempts (
    id uuid PRIMARY KEY,
    email_hash text NOT NULL,
    address_hash text NOT NULL,
    succeeded boolean NOT NULL,
    at timestamptz NOT NULL
);
CREATE INDEX sign_in_attempts_email ON sign_in_attempts (email_hash, at);
CREATE INDEX sign_in_attempts_address ON sign_in_attempts (address_hash, at);

CREATE TABLE audit_log (
    id uuid PRIMARY KEY,
    brand_id uuid NOT NULL REFERENCES brands ON DELETE CASCADE,
    user_id uuid REFERENCES users ON DELETE SET NULL,
    action text NOT NULL,
    subject_kind text NOT NULL,
    subject_id uuid,
    detail jsonb NOT NULL DEFAULT '{}',
    at timestamptz NOT NULL
);
CREATE INDEX audit_log_brand ON audit_log (brand_id, at DESC);

-- One row; only the demo writes it. Seconds by which the demo runs ahead of the machine's clock.
CREATE TABLE demo_clock (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    offset_seconds bigint NOT NULL DEFAULT 0 CHECK (offset_seconds >= 0)
);

-- A person with every membership, in one statement: sign-in and each request need it before any brand is chosen.
CREATE FUNCTION app.person(wanted uuid) RETURNS jsonb
    LANGUAGE plpgsql VOLATILE
    AS $$
DECLARE
    before text := coalesce(current_setting('app.brand_ids', true), '');
    found jsonb;
BEGIN
    PERFORM set_config('app.brand_ids', coalesce((SELECT array_agg(b.id)::text FROM public.brands b), '{}'), true);
    SELECT jsonb_build_object(
        'id', u.id, 'email', u.email, 'name', u.name, 'time_zone', u.time_zone,
        'brands', coalesce((
            SELECT jsonb_agg(jsonb_build_object(
                'id', b.id, 'slug', b.slug, 'name', b.name, 'role', m.role,
                'pipelines', coalesce((
                    SELECT jsonb_agg(jsonb_build_object('id', p.id, 'key', p.key, 'name', p.name) ORDER BY p.position)
                    FROM public.pipelines p WHERE p.brand_id = b.id AND p.is_active), '[]'))
                ORDER BY b.slug)
            FROM public.memberships m JOIN public.brands b ON b.id = m.brand_id WHERE m.user_id = u.id), '[]'))
    INTO found
    FROM public.users u WHERE u.id = wanted AND u.disabled_at IS NULL;
    PERFORM set_config('app.brand_ids', before, true);
    RETURN found;
END
$$;
