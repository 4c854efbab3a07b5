DELETE FROM import_files WHERE part > 0;
ALTER TABLE import_files DROP COLUMN part;
ALTER TABLE import_files ADD PRIMARY KEY (import_id);
COMMENT ON TABLE import_files IS NULL;
