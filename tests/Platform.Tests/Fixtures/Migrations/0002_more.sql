ALTER TABLE thing ADD COLUMN flag BIGINT NOT NULL DEFAULT 0;
CREATE INDEX thing_due ON thing (due_at) WHERE flag = 0;
