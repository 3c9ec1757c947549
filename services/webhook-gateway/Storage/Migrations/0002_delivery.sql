-- The send ledger: one row a turn. follows: ids of earlier turns that it takes as said, separated by spaces. States: planned, sending, sent, unknown, failed, superseded, suppressed, held.
CREATE TABLE outbound_message (
  turn_id TEXT NOT NULL,
  part BIGINT NOT NULL DEFAULT 0,
  location_id TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  channel TEXT NOT NULL,
  body TEXT NOT NULL,
  body_hash TEXT NOT NULL,
  answers_up_to_seq BIGINT NOT NULL,
  epoch BIGINT NOT NULL,
  follows TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL,
  reason TEXT,
  blind_posts BIGINT NOT NULL DEFAULT 0,
  reads BIGINT NOT NULL DEFAULT 0,
  due_at BIGINT NOT NULL,
  received_at BIGINT NOT NULL,
  decided_at BIGINT NOT NULL,
  planned_at BIGINT NOT NULL,
  send_started_at BIGINT NOT NULL DEFAULT 0,
  settled_at BIGINT NOT NULL DEFAULT 0,
  ghl_message_id TEXT,
  PRIMARY KEY (turn_id, part),
  UNIQUE (location_id, ghl_message_id)
);
CREATE INDEX outbound_message_due ON outbound_message (due_at) WHERE state IN ('planned', 'sending', 'unknown');
CREATE INDEX outbound_message_conversation ON outbound_message (location_id, conversation_id, epoch);

-- CRM commands: one row an action id. States: planned, running, done, failed, held.
CREATE TABLE crm_action (
  action_id TEXT PRIMARY KEY,
  location_id TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  action TEXT NOT NULL,
  command TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT,
  attempts BIGINT NOT NULL DEFAULT 0,
  due_at BIGINT NOT NULL,
  planned_at BIGINT NOT NULL,
  settled_at BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX crm_action_due ON crm_action (due_at) WHERE state IN ('planned', 'running');

-- GHL's limit is an app's and a location's: all instances draw from this row.
CREATE TABLE rate_budget (
  location_id TEXT PRIMARY KEY,
  window_started_at BIGINT NOT NULL,
  used BIGINT NOT NULL,
  window_limit BIGINT NOT NULL DEFAULT 100,
  window_ms BIGINT NOT NULL DEFAULT 10000,
  day_remaining BIGINT NOT NULL DEFAULT 200000,
  blocked_until BIGINT NOT NULL DEFAULT 0
);
