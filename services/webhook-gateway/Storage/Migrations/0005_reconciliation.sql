-- Texts that a turn answers, or answered. What no turn answers (a call, a late text, our echo) must not supersede a reply.
-- Written by an older version: 0; such a row counts while it is open. Before this column a row that was settled by the statement that
-- stored it told the same.
ALTER TABLE inbound_event ADD COLUMN awaits_turn BIGINT NOT NULL DEFAULT 0;
UPDATE inbound_event SET awaits_turn = 1
WHERE status IN ('accepted', 'parked') AND type <> 'OutboundMessage' AND (settled_at = 0 OR settled_at > accepted_at + 20);

-- Set only on messages that were found by reading GHL: a late webhook of the same message is known by them even when it has no message id.
ALTER TABLE inbound_event ADD COLUMN found_text_hash TEXT;
ALTER TABLE inbound_event ADD COLUMN found_sent_at BIGINT;
CREATE INDEX inbound_event_found ON inbound_event (location_id, contact_id, found_text_hash) WHERE found_text_hash IS NOT NULL;

-- Retention goes by age.
CREATE INDEX inbound_event_accepted ON inbound_event (accepted_at);
CREATE INDEX observed_outbound_at ON observed_outbound (at);

-- An unknown send is looked for by contact and text: the conversation's id may differ where GHL once did not name it.
DROP INDEX observed_outbound_conversation;
CREATE INDEX observed_outbound_contact ON observed_outbound (location_id, contact_id, body_hash);

-- Since when the location is connected without a break.
ALTER TABLE location ADD COLUMN connected_at BIGINT NOT NULL DEFAULT 0;
UPDATE location SET connected_at = created_at;

-- Work done for each location from time to time: poll, audit. One instance at a time holds the lease.
-- read_up_to: GHL's time up to which everything was read; done_at: end of the last run that read everything.
CREATE TABLE location_task (
  location_id TEXT NOT NULL,
  task TEXT NOT NULL,
  due_at BIGINT NOT NULL,
  lease TEXT,
  lease_until BIGINT NOT NULL DEFAULT 0,
  read_up_to BIGINT NOT NULL DEFAULT 0,
  done_at BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (location_id, task)
);
CREATE INDEX location_task_due ON location_task (task, due_at);

-- A comparison of GHL's list with the send ledger. skipped: conversations that could not be read.
CREATE TABLE delivery_audit (
  audit_id TEXT PRIMARY KEY,
  location_id TEXT NOT NULL,
  from_at BIGINT NOT NULL,
  to_at BIGINT NOT NULL,
  done_at BIGINT NOT NULL,
  conversations BIGINT NOT NULL,
  skipped BIGINT NOT NULL,
  messages BIGINT NOT NULL,
  twins BIGINT NOT NULL,
  orphans BIGINT NOT NULL,
  missing BIGINT NOT NULL
);
CREATE INDEX delivery_audit_location ON delivery_audit (location_id, done_at);

-- Ids and times only, no texts.
CREATE TABLE delivery_audit_finding (
  audit_id TEXT NOT NULL,
  number BIGINT NOT NULL,
  location_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  turn_id TEXT,
  message_id TEXT,
  at BIGINT NOT NULL,
  PRIMARY KEY (audit_id, number)
);
