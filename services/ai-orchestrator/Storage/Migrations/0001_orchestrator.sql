-- Times are Unix milliseconds UTC; flags are 0 or 1; JSON is TEXT.

-- One row a conversation. arrived counts the lead's stored messages, answered is arrived as of the last committed turn:
-- a message that comes late with a lower seq still counts as unanswered. epoch grows with every lease and fences old holders.
CREATE TABLE conversation (
  location_id TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  channel TEXT NOT NULL,
  profile TEXT NOT NULL,
  profile_seq BIGINT NOT NULL,
  arrived BIGINT NOT NULL DEFAULT 0,
  answered BIGINT NOT NULL DEFAULT 0,
  last_inbound_seq BIGINT NOT NULL DEFAULT 0,
  answered_seq BIGINT NOT NULL DEFAULT 0,
  due_at BIGINT NOT NULL,
  first_unanswered_at BIGINT NOT NULL,
  lease_owner TEXT,
  lease_until BIGINT NOT NULL DEFAULT 0,
  epoch BIGINT NOT NULL DEFAULT 0,
  attempts BIGINT NOT NULL DEFAULT 0,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (location_id, conversation_id)
);
-- What the sweep looks at: conversations that wait for a turn.
CREATE INDEX conversation_waiting ON conversation (due_at) WHERE arrived > answered;
CREATE INDEX conversation_contact ON conversation (location_id, contact_id);
CREATE INDEX conversation_recent ON conversation (location_id, updated_at);

-- The thread as it was said. direction: lead, assistant, human, automation. arrival: the lead's messages by order of storing.
CREATE TABLE message (
  location_id TEXT NOT NULL,
  event_id TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  seq BIGINT NOT NULL,
  arrival BIGINT NOT NULL DEFAULT 0,
  direction TEXT NOT NULL,
  text TEXT NOT NULL,
  attachments BIGINT NOT NULL DEFAULT 0,
  is_opt_out BIGINT NOT NULL DEFAULT 0,
  is_late BIGINT NOT NULL DEFAULT 0,
  sent_at BIGINT NOT NULL,
  received_at BIGINT NOT NULL,
  turn_id TEXT,
  PRIMARY KEY (location_id, event_id)
);
CREATE INDEX message_human ON message (location_id, conversation_id) WHERE direction = 'human';
CREATE INDEX message_thread ON message (location_id, conversation_id, sent_at, seq);

-- One row a decided turn. follows: JSON list of the turns that were pending when it was loaded. delivery: none, pending, sent, superseded, suppressed, held, failed.
CREATE TABLE turn (
  turn_id TEXT PRIMARY KEY,
  location_id TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  channel TEXT NOT NULL,
  answers_up_to_seq BIGINT NOT NULL,
  answers_up_to BIGINT NOT NULL,
  epoch BIGINT NOT NULL,
  decision TEXT NOT NULL,
  reason TEXT NOT NULL,
  reply TEXT,
  follows TEXT NOT NULL,
  asks TEXT,
  mode TEXT NOT NULL,
  temperature TEXT NOT NULL,
  delivery TEXT NOT NULL,
  delivery_reason TEXT,
  analysis TEXT NOT NULL,
  facts TEXT NOT NULL,
  steps TEXT NOT NULL,
  cost_micro_usd BIGINT NOT NULL,
  received_at BIGINT NOT NULL,
  decided_at BIGINT NOT NULL,
  settled_at BIGINT NOT NULL DEFAULT 0,
  rings BIGINT NOT NULL DEFAULT 0,
  ring_at BIGINT NOT NULL DEFAULT 0
);
-- One turn a burst; where it was overtaken, another one may answer the same messages.
CREATE UNIQUE INDEX turn_once ON turn (location_id, conversation_id, answers_up_to) WHERE delivery <> 'superseded';
CREATE INDEX turn_pending ON turn (ring_at) WHERE delivery = 'pending';
CREATE INDEX turn_contact ON turn (location_id, contact_id);

-- What a lead is, over all their conversations. opted_out_at 0: not opted out.
CREATE TABLE lead (
  location_id TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  mode TEXT,
  temperature TEXT,
  language TEXT,
  opted_out_at BIGINT NOT NULL DEFAULT 0,
  opted_in_at BIGINT NOT NULL DEFAULT 0,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (location_id, contact_id)
);

-- Enrolled once for ever: GHL would enrol again.
CREATE TABLE lead_workflow (
  location_id TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  workflow_id TEXT NOT NULL,
  turn_id TEXT NOT NULL,
  PRIMARY KEY (location_id, contact_id, workflow_id)
);

-- One row a known field. evidence: the message it was read from.
CREATE TABLE qualification (
  location_id TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  evidence TEXT NOT NULL,
  turn_id TEXT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (location_id, contact_id, field)
);

-- One row a call to the model, whether its answer was used or not. turn_id empty: the turn was thought again.
CREATE TABLE model_call (
  call_id TEXT PRIMARY KEY,
  turn_id TEXT NOT NULL,
  location_id TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  purpose TEXT NOT NULL,
  model TEXT NOT NULL,
  input_tokens BIGINT NOT NULL,
  output_tokens BIGINT NOT NULL,
  cache_write_tokens BIGINT NOT NULL,
  cache_read_tokens BIGINT NOT NULL,
  cost_micro_usd BIGINT NOT NULL,
  ms BIGINT NOT NULL,
  outcome TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX model_call_turn ON model_call (turn_id);

-- day: days since 1970-01-01 UTC by the store's clock.
CREATE TABLE spend (
  location_id TEXT NOT NULL,
  day BIGINT NOT NULL,
  cost_micro_usd BIGINT NOT NULL,
  PRIMARY KEY (location_id, day)
);
