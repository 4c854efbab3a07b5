DROP TABLE stages, pipelines, templates;
