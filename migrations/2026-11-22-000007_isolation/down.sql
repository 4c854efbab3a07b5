DO $$
DECLARE
    target text;
BEGIN
    FOR target IN SELECT tablename FROM pg_policies WHERE policyname = 'brand_isolation' LOOP
        EXECUTE format('DROP POLICY brand_isolation ON %I', target);
        EXECUTE format('ALTER TABLE %I NO FORCE ROW LEVEL SECURITY', target);
        EXECUTE format('ALTER TABLE %I DISABLE ROW LEVEL SECURITY', target);
    END LOOP;
END
$$;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM overture_app;
REVOKE ALL ON SCHEMA app FROM overture_app;
