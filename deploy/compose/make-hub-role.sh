#!/bin/sh
# Run once by the PostgreSQL image, on an empty volume. The product's role owns its database and is no superuser: row-level security holds for it.
set -eu
psql -v ON_ERROR_STOP=1 -v password="$POSTGRES_PASSWORD" -U "$POSTGRES_USER" -d postgres <<'SQL'
CREATE ROLE hub LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD :'password';
CREATE DATABASE hub OWNER hub;
SQL
