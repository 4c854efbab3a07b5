DROP POLICY search_as_owner ON contacts;
DROP VIEW contacts_in_scope;
