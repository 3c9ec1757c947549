-- Messages to a lead that HighLevel reported, whoever wrote them. Reconciliation looks here for a send whose answer was lost.
-- body is the plain text; body_hash is BodyHash.Of(body).
CREATE TABLE observed_outbound (
  location_id TEXT NOT NULL,
  message_id TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  contact_id TEXT NOT NULL,
  body TEXT NOT NULL,
  body_hash TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (location_id, message_id)
);
CREATE INDEX observed_outbound_conversation ON observed_outbound (location_id, conversation_id, at);

-- Set only where a location uses both the signed route and the workflow route: there one text can come on both.
ALTER TABLE inbound_event ADD COLUMN text_hash TEXT;
CREATE INDEX inbound_event_text ON inbound_event (location_id, contact_id, text_hash) WHERE text_hash IS NOT NULL;

-- Time of the newest INSTALL or UNINSTALL by HighLevel's clock: a late one must not undo a newer one.
ALTER TABLE location ADD COLUMN lifecycle_at BIGINT NOT NULL DEFAULT 0;
