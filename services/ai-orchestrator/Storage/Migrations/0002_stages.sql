-- When the gateway stored and published a message of the lead and when it was picked up here, each by its own process's clock; 0: not known.
ALTER TABLE message ADD COLUMN stored_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE message ADD COLUMN published_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE message ADD COLUMN picked_up_at BIGINT NOT NULL DEFAULT 0;

-- JSON, stage to milliseconds since received_at: stages up to the commit, delivery_stages as the gateway reported them.
ALTER TABLE turn ADD COLUMN stages TEXT NOT NULL DEFAULT '{}';
ALTER TABLE turn ADD COLUMN delivery_stages TEXT NOT NULL DEFAULT '{}';
