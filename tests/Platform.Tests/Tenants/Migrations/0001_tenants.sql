CREATE TABLE parcel (
  id {identity},
  location_id TEXT NOT NULL,
  content TEXT NOT NULL
);
