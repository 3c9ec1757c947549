-- Messages that a consumer did not take. location_id empty: the body names none. status: open, replayed, dismissed.
-- failure_id: the newest failure; failures counts them. raw: the message as it was on the bus.
CREATE TABLE dead_letter (
  seq {identity},
  letter_id TEXT NOT NULL UNIQUE,
  message_id TEXT NOT NULL,
  queue TEXT NOT NULL,
  message_type TEXT NOT NULL,
  location_id TEXT NOT NULL,
  failure_id TEXT NOT NULL,
  failure TEXT NOT NULL,
  attempts BIGINT NOT NULL,
  failures BIGINT NOT NULL DEFAULT 1,
  status TEXT NOT NULL DEFAULT 'open',
  content_type TEXT NOT NULL,
  raw BYTEA NOT NULL,
  first_failed_at BIGINT NOT NULL,
  failed_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  UNIQUE (message_id, queue)
);
CREATE INDEX dead_letter_open ON dead_letter (seq) WHERE status = 'open';

-- Somebody replays events or dead letters. kind: events, dead-letters. location_id empty: of more than one location. status: running, done.
CREATE TABLE event_replay (
  seq {identity},
  replay_id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  key_id TEXT NOT NULL,
  location_id TEXT NOT NULL,
  asked TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'running',
  created_at BIGINT NOT NULL,
  finished_at BIGINT NOT NULL DEFAULT 0
);
-- state: pending, done, skipped, failed. claimed_until: somebody is at it.
CREATE TABLE event_replay_item (
  replay_id TEXT NOT NULL,
  number BIGINT NOT NULL,
  kind TEXT NOT NULL,
  item_id TEXT NOT NULL,
  location_id TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'pending',
  reason TEXT NOT NULL DEFAULT '',
  attempts BIGINT NOT NULL DEFAULT 0,
  claimed_until BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (replay_id, number)
);
CREATE INDEX event_replay_item_pending ON event_replay_item (claimed_until) WHERE state = 'pending';

-- What people did with the log. action: read_body, replay, dismiss. subject: the event, dead letter or replay.
CREATE TABLE event_audit (
  seq {identity},
  at BIGINT NOT NULL,
  key_id TEXT NOT NULL,
  action TEXT NOT NULL,
  location_id TEXT NOT NULL,
  subject TEXT NOT NULL,
  details TEXT NOT NULL DEFAULT ''
);

-- Since when an event is rung; 0: since it was accepted. A replay begins the waits anew.
ALTER TABLE inbound_event ADD COLUMN rung_since BIGINT NOT NULL DEFAULT 0;
