#!/usr/bin/env bash
# Private RabbitMQ, PostgreSQL and Redis on free loopback ports, data under one folder; any number of sets side by side.
#   deploy/local/backends.sh start  [<dir>] [--fast] [--only <name>] [--until-exit-of <pid>]
#   deploy/local/backends.sh stop   [<dir>] [--only <name>]     ends what this set started, keeps the data and the ports
#   deploy/local/backends.sh kill   [<dir>] [--only <name>]     the same with SIGKILL, for crash tests
#   deploy/local/backends.sh status [<dir>]
#   deploy/local/backends.sh env    [<dir>]                     prints the connection values that start wrote to <dir>/env
#   deploy/local/backends.sh remove [<dir>]                     stop, then delete the data
# <dir>: default .run/backends. <name>: rabbitmq | postgres | redis. --fast: no fsync (tests only).
# HUB_BACKENDS=docker takes the containers of docker-compose.yml (profile deps) instead, when an engine answers.
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
. "$root/deploy/local/backends/rabbitmq.sh"
. "$root/deploy/local/backends/postgres.sh"
. "$root/deploy/local/backends/redis.sh"
. "$root/deploy/local/backends/docker.sh"

verb=${1:-}
[ $# -gt 0 ] && shift
dir= only= fast= guard=
while [ $# -gt 0 ]; do
  case $1 in
    --fast) fast=yes ;;
    --only) only=${2:?--only needs a name}; shift ;;
    --until-exit-of) guard=${2:?--until-exit-of needs a pid}; shift ;;
    -*) fail "unknown option $1" ;;
    *) dir=$1 ;;
  esac
  shift
done
names=(rabbitmq postgres redis)
case $only in
  '') ;;
  rabbitmq | postgres | redis) names=("$only") ;;
  *) fail "unknown backend '$only'; allowed: rabbitmq | postgres | redis" ;;
esac
dir=${dir:-$root/.run/backends}
case $dir in /*) ;; *) dir=$PWD/$dir ;; esac

port_of() { sed -n "s/^$1=//p" "$dir/ports"; }

# A set keeps its ports over restarts, so that its clients find it again; it takes new ones when a stranger sits on them.
choose_ports() {
  local base name port
  if [ -s "$dir/ports" ]; then
    local taken=
    while IFS='=' read -r name port; do
      recorded_pid "$dir/${name%%_*}.pid" >/dev/null || port_is_free "$port" || taken=yes
    done <"$dir/ports"
    [ -n "$taken" ] || return 0
    for name in "${names[@]}"; do
      recorded_pid "$dir/$name.pid" >/dev/null && return 0
    done
  fi
  base=$(free_ports 6)
  printf '%s\n' "rabbitmq=$base" "rabbitmq_management=$((base + 1))" "rabbitmq_distribution=$((base + 2))" \
    "epmd=$((base + 3))" "postgres=$((base + 4))" "redis=$((base + 5))" >"$dir/ports"
}

write_env() {
  local secret
  secret=$(cat "$dir/secret")
  cat >"$dir/env.new" <<VALUES
BUS_RABBITMQ='amqp://hub:$secret@127.0.0.1:$(port_of rabbitmq)/'
BUS_RABBITMQ_MANAGEMENT='http://127.0.0.1:$(port_of rabbitmq_management)'
STORE_POSTGRES='Host=127.0.0.1;Port=$(port_of postgres);Database=hub;Username=hub;Password=$secret'
CACHE_REDIS='127.0.0.1:$(port_of redis),password=$secret'
VALUES
  mv "$dir/env.new" "$dir/env"
}

start() {
  local name starting=() failed=
  command -v setsid >/dev/null || fail "setsid is missing; install util-linux"
  umask 077
  mkdir -p "$dir" && chmod 711 "$dir" || fail "cannot write to $dir"
  [ -s "$dir/secret" ] || openssl rand -hex 16 >"$dir/secret" || fail "openssl is missing; install openssl"
  choose_ports
  for name in "${names[@]}"; do
    recorded_pid "$dir/$name.pid" >/dev/null || starting+=("$name")
  done
  for name in "${starting[@]}"; do
    "prepare_$name" || fail "$name could not be prepared; see above"
    "launch_$name"
  done
  for name in "${starting[@]}"; do
    "await_$name" || { failed=yes; say "$name did not come up; the end of its log:" >&2; tail -n 20 "$dir/$name.log" >&2; }
  done
  if [ -n "$failed" ]; then
    stop TERM
    return 1
  fi
  write_env
  [ -z "$guard" ] || stop_after "$guard"
}

# Whoever starts a set for the length of a test run may be killed itself: then the set ends by its own.
stop_after() {
  setsid bash -c 'while kill -0 "$1" 2>/dev/null; do sleep 2; done; "$2" remove "$3"' \
    guard "$1" "$root/deploy/local/backends.sh" "$dir" >/dev/null 2>&1 </dev/null &
}

stop() {
  local name failed=
  # All at once: RabbitMQ alone needs six seconds.
  for name in "${names[@]}"; do
    "end_$name" "$1" &
  done
  wait
  for name in "${names[@]}"; do
    recorded_pid "$dir/$name.pid" >/dev/null && { say "$name does not end" >&2; failed=yes; }
  done
  [ -z "$failed" ]
}

status() {
  local name pid
  for name in "${names[@]}"; do
    if pid=$(recorded_pid "$dir/$name.pid"); then
      printf '%-18s %-8s %-6s %-6s %s\n' "$name" "$pid" "$(port_of "$name")" "$("ready_$name" && echo yes || echo no)" "$(resident_mb "$pid")"
    else
      printf '%-18s %-8s %-6s %-6s %s\n' "$name" - - no -
    fi
  done
}

if [ "${HUB_BACKENDS:-}" = docker ]; then
  docker_backends "$verb"
  exit
fi
case $verb in
  start) start || fail "the backends did not start" ;;
  stop) [ ! -d "$dir" ] || stop TERM ;;
  kill) [ ! -d "$dir" ] || stop KILL ;;
  status) [ -d "$dir" ] && status || say "no backends in $dir" ;;
  env) cat "$dir/env" 2>/dev/null || fail "no backends were started in $dir" ;;
  remove) [ ! -d "$dir" ] || { stop TERM && rm -rf "$(postgres_home)" "$dir"; } ;;
  *) sed -n '2,11s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
