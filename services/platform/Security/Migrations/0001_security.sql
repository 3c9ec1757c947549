-- Shared by every service. secret_hash, session_hash: SHA-256 in hex of 256 random bits, so a stolen dump opens nothing.
CREATE TABLE api_key (
  key_id TEXT PRIMARY KEY,
  secret_hash TEXT NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  location_id TEXT,
  created_at BIGINT NOT NULL,
  revoked_at BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE session (
  session_hash TEXT PRIMARY KEY,
  key_id TEXT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX session_expiry ON session (expires_at);
CREATE INDEX session_key ON session (key_id);
