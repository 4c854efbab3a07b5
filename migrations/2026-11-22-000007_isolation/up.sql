-- One policy, on every table with a brand_id, forced so that it binds the owner too.
DO $$
DECLARE
    target text;
BEGIN
    FOR target IN
        SELECT c.table_name FROM information_schema.columns c
        JOIN information_schema.tables t USING (table_schema, table_name)
        WHERE c.table_schema = 'public' AND c.column_name = 'brand_id' AND t.table_type = 'BASE TABLE'
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', target);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', target);
        EXECUTE format(
            'CREATE POLICY brand_isolation ON %I USING (brand_id = ANY ((SELECT app.brand_ids())::uuid[]))'
            ' WITH CHECK (brand_id = ANY ((SELECT app.brand_ids())::uuid[]))', target);
    END LOOP;
END
$$;

GRANT USAGE ON SCHEMA public, app TO overture_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO overture_app;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA app TO overture_app;
-- Append-only tables stay so for the application (erasing a contact cascades as the owner of the rule, not as a DELETE).
REVOKE UPDATE, DELETE ON deal_stage_events, email_events, audit_log FROM overture_app;
-- Brands are the owner's and the settings' business: no deletion from the application.
REVOKE DELETE ON brands FROM overture_app;
REVOKE ALL ON __diesel_schema_migrations FROM overture_app;
GRANT SELECT ON __diesel_schema_migrations TO overture_app;
