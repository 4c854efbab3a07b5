DROP TABLE suppressions, consents, contacts;
