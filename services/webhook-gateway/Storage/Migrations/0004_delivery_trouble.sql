-- Since when a reply cannot be sent or decided for lack of facts, token or connection; 0: no trouble.
ALTER TABLE outbound_message ADD COLUMN blocked_since BIGINT NOT NULL DEFAULT 0;
-- Our count of GHL's day begins anew after 24 h.
ALTER TABLE rate_budget ADD COLUMN day_started_at BIGINT NOT NULL DEFAULT 0;
