# Sourced by ../backends.sh: one PostgreSQL server, TCP on loopback only.

# PostgreSQL refuses to run as root.
drop_root=()
[ "$(id -u)" -ne 0 ] || drop_root=(setpriv --reuid=postgres --regid=postgres --init-groups --)
as_postgres() { "${drop_root[@]}" "$@"; }

# User postgres may be shut out of the set's folder (a clone below /root, say): then its data lie beside.
postgres_home() {
  if [ -L "$dir/postgres" ]; then
    readlink "$dir/postgres"
  elif [ -d "$dir/postgres" ] || as_postgres test -x "$dir" 2>/dev/null; then
    echo "$dir/postgres"
  else
    echo "/var/tmp/enterprisehub-$(id -u)-$(cksum <<<"$dir" | cut -d' ' -f1)"
  fi
}

prepare_postgres() {
  local home bin
  bin=$(postgres_bin) || { say "install postgresql-15 (deploy/local/install.sh does it)" >&2; return 1; }
  home=$(postgres_home)
  [ -s "$home/data/PG_VERSION" ] || as_postgres test -s "$home/data/PG_VERSION" && return 0
  rm -rf "$home"
  mkdir -p "$home" || return 1
  [ "$home" = "$dir/postgres" ] || ln -sfn "$home" "$dir/postgres"
  cp "$dir/secret" "$home/secret"
  [ "$(id -u)" -ne 0 ] || chown -R postgres:postgres "$home"
  (cd / && as_postgres "$bin/initdb" -D "$home/data" -U postgres -A scram-sha-256 --pwfile="$home/secret" \
    -E UTF8 --locale=C.UTF-8 --no-sync) >"$dir/postgres.log" 2>&1 || { cat "$dir/postgres.log" >&2; return 1; }
}

launch_postgres() {
  local home bin speed=()
  home=$(postgres_home)
  bin=$(postgres_bin "$(as_postgres cat "$home/data/PG_VERSION")")
  if [ -n "$fast" ]; then
    speed=(-c fsync=off -c synchronous_commit=off -c full_page_writes=off)
  fi
  forget_dead_postmaster "$home/data/postmaster.pid"
  # No unix socket: its path would have to be shorter than 108 characters.
  (cd / && exec setsid "${drop_root[@]}" "$bin/postgres" -D "$home/data" -p "$(port_of postgres)" \
    -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=300 "${speed[@]}") \
    >"$dir/postgres.log" 2>&1 </dev/null &
  remember "$dir/postgres.pid" $!
}

# After SIGKILL the postmaster may stay a zombie for a while, which PostgreSQL takes for a living server.
forget_dead_postmaster() { # <lock file>
  local pid
  for _ in {1..100}; do
    pid=$(as_postgres head -n 1 "$1" 2>/dev/null) || return 0
    grep -q '^State:[[:space:]]*Z' "/proc/$pid/status" 2>/dev/null || return 0
    sleep 0.05
  done
  as_postgres rm -f "$1"
}

await_postgres() {
  for _ in {1..600}; do
    if ready_postgres; then
      make_hub_database
      return
    fi
    recorded_pid "$dir/postgres.pid" >/dev/null || return 1
    sleep 0.05
  done
  return 1
}

ready_postgres() { "$(postgres_bin)/pg_isready" -q -h 127.0.0.1 -p "$(port_of postgres)"; }

# The product's role owns its database and may make others (tests do), but is no superuser: row-level security holds for it.
make_hub_database() {
  local secret
  [ ! -e "$dir/postgres.made" ] || return 0
  secret=$(cat "$dir/secret")
  PGPASSWORD=$secret "$(postgres_bin)/psql" -q -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$(port_of postgres)" -U postgres -d postgres >>"$dir/postgres.log" 2>&1 <<SQL || return 1
DROP DATABASE IF EXISTS hub;
DROP ROLE IF EXISTS hub;
CREATE ROLE hub LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS PASSWORD '$secret';
CREATE DATABASE hub OWNER hub;
SQL
  touch "$dir/postgres.made"
}

end_postgres() {
  local pid
  if [ "$1" = KILL ] && pid=$(recorded_pid "$dir/postgres.pid"); then
    kill_group "$pid"
  fi
  stop_recorded "$dir/postgres.pid" INT 20
}
