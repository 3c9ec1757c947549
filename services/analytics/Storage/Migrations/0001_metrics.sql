-- Times are Unix milliseconds UTC, 0 = never; flags are 0 or 1. No message is stored in this schema; a qualification value may quote the lead.

-- Facts by minute of the fact's own time. amount: micro US dollars of turns, else 0.
CREATE TABLE fact_count (
  location_id TEXT NOT NULL,
  minute BIGINT NOT NULL,
  name TEXT NOT NULL,
  outcome TEXT NOT NULL,
  reason TEXT NOT NULL,
  count BIGINT NOT NULL,
  amount BIGINT NOT NULL,
  PRIMARY KEY (location_id, minute, name, outcome, reason)
);
CREATE INDEX fact_count_minute ON fact_count (minute);

-- Latencies as they were measured. family: step (of a turn) or path (acknowledge, decide, end_to_end).
CREATE TABLE latency_sample (
  id {identity},
  location_id TEXT NOT NULL,
  family TEXT NOT NULL,
  name TEXT NOT NULL,
  outcome TEXT NOT NULL,
  ms DOUBLE PRECISION NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX latency_sample_at ON latency_sample (at);
CREATE INDEX latency_sample_location ON latency_sample (location_id, at);

-- A lead as the facts left it. The *_seq and *_at columns keep an older fact from undoing a newer one.
CREATE TABLE lead (
  location_id TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  conversation_id TEXT,
  messages BIGINT NOT NULL DEFAULT 0,
  last_at BIGINT NOT NULL DEFAULT 0,
  last_seq BIGINT NOT NULL DEFAULT 0,
  mode TEXT NOT NULL DEFAULT 'lead',
  temperature TEXT NOT NULL DEFAULT 'cold',
  qualification TEXT NOT NULL DEFAULT '{}',
  decision TEXT,
  decision_reason TEXT,
  turn_seq BIGINT NOT NULL DEFAULT 0,
  cost_micro_usd BIGINT NOT NULL DEFAULT 0,
  score BIGINT,
  reasons TEXT NOT NULL DEFAULT '[]',
  model TEXT,
  score_at BIGINT NOT NULL DEFAULT 0,
  reply_state TEXT,
  reply_reason TEXT,
  reply_seq BIGINT NOT NULL DEFAULT 0,
  human_seq BIGINT NOT NULL DEFAULT 0,
  opted_out BIGINT NOT NULL DEFAULT 0,
  opted_out_at BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (location_id, contact_id)
);
CREATE INDEX lead_rank ON lead (score, last_at);

-- One row a turn that decided to send; its two ends may come in either order.
CREATE TABLE reply (
  turn_id TEXT PRIMARY KEY,
  location_id TEXT NOT NULL,
  decided_at BIGINT NOT NULL DEFAULT 0,
  settled_at BIGINT NOT NULL DEFAULT 0,
  state TEXT
);
CREATE INDEX reply_open ON reply (decided_at) WHERE settled_at = 0;
CREATE INDEX reply_settled ON reply (settled_at);

CREATE TABLE activity (
  id {identity},
  location_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  outcome TEXT NOT NULL,
  reason TEXT NOT NULL,
  contact_id TEXT,
  conversation_id TEXT,
  amount BIGINT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX activity_location ON activity (location_id, at);
CREATE INDEX activity_at ON activity (at);

CREATE TABLE location (
  location_id TEXT PRIMARY KEY,
  name TEXT,
  state TEXT NOT NULL DEFAULT 'connected',
  changed_at BIGINT NOT NULL DEFAULT 0
);
