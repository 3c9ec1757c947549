-- What a lead did and said, in numbers: no text, no name, nothing of a protected class or its stand-ins.
-- Times are Unix milliseconds UTC, 0 = never; flags are 0 or 1. timeline_accepted: null = not known.
CREATE TABLE lead_features (
  location_id TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  messages BIGINT NOT NULL DEFAULT 0,
  first_at BIGINT NOT NULL DEFAULT 0,
  last_at BIGINT NOT NULL DEFAULT 0,
  last_reply_at BIGINT NOT NULL DEFAULT 0,
  reply_gaps TEXT NOT NULL DEFAULT '',
  answered BIGINT NOT NULL DEFAULT 0,
  mode TEXT NOT NULL DEFAULT 'lead',
  temperature TEXT NOT NULL DEFAULT 'cold',
  intent TEXT,
  sentiment TEXT,
  urgency TEXT,
  timeline_accepted BIGINT,
  objections BIGINT NOT NULL DEFAULT 0,
  human_requests BIGINT NOT NULL DEFAULT 0,
  opted_out BIGINT NOT NULL DEFAULT 0,
  opted_out_at BIGINT NOT NULL DEFAULT 0,
  dnd BIGINT NOT NULL DEFAULT 0,
  turn_seq BIGINT NOT NULL DEFAULT 0,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (location_id, contact_id)
);

-- The score as it was last published. rescore_at: when time alone will change it; 0 = never.
CREATE TABLE lead_score (
  location_id TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  score BIGINT NOT NULL,
  reasons TEXT NOT NULL,
  model TEXT NOT NULL,
  at BIGINT NOT NULL,
  rescore_at BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (location_id, contact_id)
);
CREATE INDEX lead_score_rank ON lead_score (location_id, score);
CREATE INDEX lead_score_due ON lead_score (rescore_at) WHERE rescore_at > 0;
