-- Every module's schema: messages that wait to go out, and messages whose effect was taken once.
-- claimed_until: not before. attempts and last_error: why a row is still here. published_at: only where the transport forgets.
CREATE TABLE outbox (
  id {identity},
  message_id TEXT NOT NULL UNIQUE,
  message_type TEXT NOT NULL,
  body TEXT NOT NULL,
  trace_parent TEXT,
  created_at BIGINT NOT NULL,
  claimed_until BIGINT NOT NULL DEFAULT 0,
  attempts BIGINT NOT NULL DEFAULT 0,
  last_error TEXT,
  published_at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX outbox_waiting ON outbox (claimed_until) WHERE published_at = 0;
CREATE INDEX outbox_published ON outbox (published_at) WHERE published_at > 0;

CREATE TABLE inbox (
  consumer TEXT NOT NULL,
  message_id TEXT NOT NULL,
  taken_at BIGINT NOT NULL,
  PRIMARY KEY (consumer, message_id)
);
CREATE INDEX inbox_age ON inbox (taken_at);
