DROP TABLE ai_calls;
DROP TABLE ai_accounts;
