-- An upload is stored in parts, so that neither storing nor reading it needs the whole file in memory.
ALTER TABLE import_files ADD COLUMN part integer NOT NULL DEFAULT 0 CHECK (part >= 0);
ALTER TABLE import_files ALTER COLUMN part DROP DEFAULT;
ALTER TABLE import_files DROP CONSTRAINT import_files_pkey;
ALTER TABLE import_files ADD PRIMARY KEY (import_id, part);
COMMENT ON TABLE import_files IS 'the upload as it came; deleted when its import is done';
COMMENT ON COLUMN import_files.part IS 'order of the pieces, from 0 without gaps';
