-- Facts of a location's market that a reply may state. as_of: yyyy-MM-dd. facts: JSON list of short sentences.
CREATE TABLE market_context (
  location_id TEXT PRIMARY KEY,
  facts TEXT NOT NULL,
  as_of TEXT NOT NULL,
  source TEXT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  updated_at BIGINT NOT NULL
);
