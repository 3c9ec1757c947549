#!/usr/bin/env bash
# The product under load, with the servers' real settings (fsync on), on free ports, everything of it in DIR.
#   loadtests/topology.sh up     standalone|five DIR           starts all; writes DIR/target.json for the driver
#   loadtests/topology.sh down   standalone|five DIR           ends all and deletes DIR
#   loadtests/topology.sh stop|kill|start standalone|five DIR PART
# PART: a program (webhook-gateway …, or standalone), a server (rabbitmq, postgres, redis), or 'programs': all but simulator and servers.
# HUB_LOAD_BIN: the published programs. The simulator is a process of its own in both topologies, so that its CPU is not the product's.
# Any setting (Section__Key) in the environment of 'up' wins over the defaults.
set -uo pipefail
verb=${1:?up, down, stop, kill or start} kind=${2:?standalone or five} dir=${3:?a folder} part=${4:-}
case $dir in /*) ;; *) dir=$PWD/$dir ;; esac
export HUB_RUN_DIR=$dir HUB_READY_SECONDS=${HUB_READY_SECONDS:-90}
unset HUB_PORT HUB_PORT_OFFSET
. "$(dirname "${BASH_SOURCE[0]}")/../deploy/local/topology.sh"
backends=$root/deploy/local/backends.sh
case $kind in
  standalone) product=(standalone) ;;
  five) product=(cache scoring analytics ai-orchestrator webhook-gateway) ;;
  *) fail "unknown topology '$kind'; allowed: standalone | five" ;;
esac

choose_ports_once() {
  [ -s "$run/ports" ] && return
  local base
  base=$(free_ports 20)
  # The front door's port: standalone listens there; the five services sit above it as deploy/local counts them.
  offset=$((base - 8080)) front_port=$base
  printf 'saved_offset=%s\nsaved_front_port=%s\n' "$offset" "$front_port" >"$run/ports"
}

# Standalone and its simulator are two processes here, of which deploy/local has no notion: each has settings and a program of its own.
launch_alone() { # <name> <program> <settings file> <setting>...
  local record environment=() name=$1 program=$2 settings=$3 line
  shift 3
  record=$(record_of "$name")
  recorded_pid "$record" >/dev/null && return 0
  while IFS= read -r line; do
    environment+=("$line")
  done <"$settings"
  (cd "$run" && exec setsid env "${environment[@]}" "$@" dotnet "$run/bin/$name/$program.dll") >>"$log_dir/$name.log" 2>&1 </dev/null &
  remember "$record" $!
}

standalone_settings() {
  local simulator=http://127.0.0.1:$(port_of_service simulator) name
  {
    cat <<SETTINGS
Store__Directory=$run/data
Admin__ApiKey=$(cat "$run/admin.key")
Admin__GenerateKey=false
Security__CreateMasterKey=true
Security__MasterKeyFile=$run/standalone-master.key
Simulator__Leads__Enabled=false
Simulator__WebhookKeyFile=$run/own-simulator.key
Ghl__WebhookKeys__Ed25519__1=$run/simulator-webhook.key.pub
Ghl__BaseUrlWithoutApp=$simulator/sim/ghl
Claude__BaseUrlWithoutKey=$simulator/sim/claude
Logging__LogLevel__Default=Warning
Logging__LogLevel__EnterpriseHub=Information
SETTINGS
    given_settings
  } >"$run/settings"
  # The simulator keeps nothing that matters; it only wants to be told where.
  (
    cat <<SETTINGS
Bus__Transport=InMemory
Store__Provider=Sqlite
Store__Directory=$run/simulator
Cache__Provider=Memory
Simulator__WebhookKeyFile=$run/simulator-webhook.key
Logging__LogLevel__Default=Warning
SETTINGS
  ) >"$run/simulator-settings"
}

launch_part() {
  case $kind-$1 in
    *-standalone) launch_alone standalone EnterpriseHub.Standalone "$run/settings" "Urls=http://127.0.0.1:$front_port" ;;
    standalone-simulator)
      launch_alone simulator EnterpriseHub.Simulator "$run/simulator-settings" "ASPNETCORE_URLS=http://127.0.0.1:$(port_of_service simulator)" ;;
    *) launch "$1" ;;
  esac
}

ready_part() {
  local port
  if [ "$1" != standalone ]; then
    await_ready "$1"
    return
  fi
  port=$front_port
  for _ in {1..900}; do
    curl -fs -o /dev/null --max-time 2 "http://127.0.0.1:$port/health/ready" && return
    recorded_pid "$(record_of standalone)" >/dev/null || break
    sleep 0.1
  done
  tail -n 20 "$log_dir/standalone.log" >&2
  return 1
}

# What the driver must know. Written again after each change: process ids differ.
write_target() {
  local name pid list= hub conversations
  for name in "${product[@]}" simulator; do
    pid=$(recorded_pid "$(record_of "$name")") && list+="${list:+, }\"$name\": $pid"
  done
  if [ "$kind" = five ]; then
    for name in rabbitmq postgres redis; do
      pid=$(recorded_pid "$run/backends/$name.pid") && list+=", \"$name\": $pid"
    done
    hub=http://127.0.0.1:$(port_of_service webhook-gateway) conversations=http://127.0.0.1:$(port_of_service ai-orchestrator)
    . "$run/backends/env"
  else
    hub=http://127.0.0.1:$front_port conversations=$hub
  fi
  cat >"$run/target.json.new" <<TARGET
{
  "topology": "$kind", "hub": "$hub", "conversations": "$conversations",
  "simulator": "http://127.0.0.1:$(port_of_service simulator)",
  "adminKey": "$(cat "$run/admin.key")", "webhookKey": "$run/simulator-webhook.key",
  "control": "$root/loadtests/topology.sh", "directory": "$run",
$(if [ "$kind" = five ]; then
    printf '  "rabbitMq": "%s", "rabbitMqManagement": "%s",\n  "postgres": "%s",\n' "$BUS_RABBITMQ" "$BUS_RABBITMQ_MANAGEMENT" "$STORE_POSTGRES"
  else
    printf '  "data": "%s",\n' "$run/data"
  fi)
  "processes": { $list }
}
TARGET
  mv "$run/target.json.new" "$run/target.json"
}

up() {
  umask 077
  mkdir -p "$run" "$log_dir" "$run/pids" && chmod 711 "$run"
  ln -sfn "${HUB_LOAD_BIN:?the published programs}" "$run/bin"
  choose_ports_once
  make_secrets || fail "openssl could not make the keys"
  if [ "$kind" = five ]; then
    "$backends" start "$run/backends" || exit 1
    write_settings
    # The limit for keys of the API is no subject here.
    echo 'RateLimit__PerMinute=1000000' >>"$run/settings"
  else
    standalone_settings
    echo 'RateLimit__PerMinute=1000000' >>"$run/settings"
  fi
  local name
  for name in simulator "${product[@]}"; do
    launch_part "$name" || fail "$name could not be started"
  done
  for name in simulator "${product[@]}"; do
    ready_part "$name" || fail "$name did not become ready"
  done
  write_target
}

down() {
  local name
  for name in "${product[@]}" simulator; do
    end "$name"
  done
  [ ! -d "$run/backends" ] || "$backends" remove "$run/backends"
  rm -rf "$run"
}

kill_part() {
  local pid
  pid=$(recorded_pid "$(record_of "$1")") || fail "$1 does not run"
  kill_group "$pid"
  wait_gone "$(record_of "$1")" 5
}

all_programs() { # <command>: for each program of the product at once
  local name waiting=()
  for name in "${product[@]}"; do
    "$1" "$name" &
    waiting+=($!)
  done
  wait "${waiting[@]}"
}

case $verb-$part in
  up-) up ;;
  down-) [ ! -d "$run" ] || down ;;
  stop-programs) all_programs end ;;
  start-programs)
    for name in "${product[@]}"; do
      launch_part "$name" || exit 1
    done
    for name in "${product[@]}"; do
      ready_part "$name" || exit 1
    done
    write_target
    ;;
  stop-rabbitmq | stop-postgres | stop-redis | kill-rabbitmq | kill-postgres | kill-redis) "$backends" "$verb" "$run/backends" --only "$part" ;;
  start-rabbitmq | start-postgres | start-redis) "$backends" start "$run/backends" --only "$part" && write_target ;;
  stop-*) end "$part" ;;
  kill-*) kill_part "$part" ;;
  start-*) launch_part "$part" && ready_part "$part" && write_target ;;
  *) sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
