-- Every turn asks how many of its conversation were overtaken; mostly none, and without this all turns are read to say so.
CREATE INDEX turn_superseded ON turn (location_id, conversation_id) WHERE delivery = 'superseded';
