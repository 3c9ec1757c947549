CREATE TABLE thing (
  seq {identity},
  thing_id TEXT NOT NULL UNIQUE,
  raw BYTEA,
  due_at BIGINT NOT NULL DEFAULT 0,
  taken_by TEXT
);
