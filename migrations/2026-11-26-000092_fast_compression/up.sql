-- A mail's HTML is twenty kilobytes that PostgreSQL compresses as it stores them, by default with pglz: a third of the
-- work of writing a mail. LZ4 takes a tenth of that time. A server built without it keeps its default.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_settings WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)) THEN
        ALTER TABLE email_contents ALTER COLUMN html SET COMPRESSION lz4, ALTER COLUMN body_text SET COMPRESSION lz4;
        ALTER TABLE import_files ALTER COLUMN bytes SET COMPRESSION lz4;
        ALTER TABLE mailbox_failures ALTER COLUMN raw SET COMPRESSION lz4;
    END IF;
END
$$;
