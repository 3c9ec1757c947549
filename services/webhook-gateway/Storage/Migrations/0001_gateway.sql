-- Times are Unix milliseconds UTC; flags are 0 or 1.

-- A GHL location (tenant) and its settings. access_token_enc: static token, encrypted, write-only.
CREATE TABLE location (
  location_id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  settings TEXT NOT NULL,
  access_token_enc BYTEA,
  workflow_secret_hash TEXT,
  status TEXT NOT NULL DEFAULT 'active',
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

-- OAuth pair of a location, encrypted. The lease makes refresh single-flight across processes.
CREATE TABLE oauth_token (
  location_id TEXT PRIMARY KEY,
  company_id TEXT,
  access_token_enc BYTEA NOT NULL,
  refresh_token_enc BYTEA NOT NULL,
  expires_at BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  refresh_lease_until BIGINT NOT NULL DEFAULT 0,
  needs_reconnect BIGINT NOT NULL DEFAULT 0,
  updated_at BIGINT NOT NULL
);

CREATE TABLE oauth_state (
  state_hash TEXT PRIMARY KEY,
  expires_at BIGINT NOT NULL
);

-- Every webhook that was accepted, as it came. delivery_key: webhookId, else SHA-256 of the raw body.
-- message_key: the message itself, whichever way it came (webhook twice, later the poll).
CREATE TABLE inbound_event (
  seq {identity},
  event_id TEXT NOT NULL UNIQUE,
  delivery_key TEXT NOT NULL UNIQUE,
  location_id TEXT NOT NULL,
  message_key TEXT,
  type TEXT NOT NULL,
  conversation_id TEXT,
  contact_id TEXT,
  status TEXT NOT NULL,
  raw BYTEA NOT NULL,
  deliveries BIGINT NOT NULL DEFAULT 1,
  received_at BIGINT NOT NULL,
  accepted_at BIGINT NOT NULL,
  settled_at BIGINT NOT NULL DEFAULT 0,
  rings BIGINT NOT NULL DEFAULT 0,
  UNIQUE (location_id, message_key)
);
CREATE INDEX inbound_event_conversation ON inbound_event (location_id, conversation_id, seq);
-- What still waits for its turn: the ring-again sweep and the admission bound read only these.
CREATE INDEX inbound_event_open ON inbound_event (accepted_at) WHERE settled_at = 0 AND status = 'accepted';

-- What we know of a contact. as_of 0: GHL was never asked. opted_out_at: STOP, from the moment its webhook was answered.
-- The row is locked by a claim and by a STOP, so that one of the two sees the other.
CREATE TABLE contact_mirror (
  location_id TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  snapshot TEXT,
  as_of BIGINT NOT NULL DEFAULT 0,
  opted_out_at BIGINT NOT NULL DEFAULT 0,
  takeover_until BIGINT NOT NULL DEFAULT 0,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (location_id, contact_id)
);
