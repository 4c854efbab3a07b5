DROP FUNCTION app.enqueue(text, jsonb, text);
DROP TABLE job_runs, import_errors, import_files, imports, ai_decisions;
