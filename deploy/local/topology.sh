# Sourced by up, down, status and service: what runs, where, with which settings.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# Everything that `up` makes lies here; another folder and another offset give a second set beside the first.
run=${HUB_RUN_DIR:-$root/.run}
case $run in /*) ;; *) run=$PWD/$run ;; esac
log_dir=$run/logs

# In the order of starting: those that others ask come first, the front door last.
services=(simulator cache scoring analytics ai-orchestrator webhook-gateway)
all=("${services[@]}" front-door)

if [ -s "$run/ports" ]; then
  # Chosen by `up`; the others follow.
  . "$run/ports"
fi
offset=${HUB_PORT_OFFSET:-${saved_offset:-0}}
front_port=${HUB_PORT:-${saved_front_port:-$((8080 + offset))}}

port_of_service() {
  case $1 in
    front-door) echo "$front_port" ;;
    webhook-gateway) echo $((8081 + offset)) ;;
    ai-orchestrator) echo $((8082 + offset)) ;;
    cache) echo $((8083 + offset)) ;;
    scoring) echo $((8084 + offset)) ;;
    analytics) echo $((8085 + offset)) ;;
    simulator) echo $((8090 + offset)) ;;
    *) return 1 ;;
  esac
}

program_of() {
  case $1 in
    webhook-gateway) echo EnterpriseHub.WebhookGateway ;;
    ai-orchestrator) echo EnterpriseHub.AiOrchestrator ;;
    *) echo "EnterpriseHub.${1^}" ;;
  esac
}

record_of() { echo "$run/pids/$1"; }

is_ready() { # the front door is ready when it answers for the gateway
  curl -fs -o /dev/null --max-time 2 "http://127.0.0.1:$(port_of_service "$1")${HUB_READY_PATH:-/health/ready}"
}

# Keys are made once and kept, so that stored tokens stay readable.
make_secrets() {
  [ -s "$run/master.key" ] || openssl rand -base64 32 >"$run/master.key"
  [ -s "$run/admin.key" ] || echo "hub_$(openssl rand -hex 24)" >"$run/admin.key"
  if [ ! -s "$run/simulator-webhook.key" ]; then
    openssl genpkey -algorithm ed25519 -out "$run/simulator-webhook.key" 2>/dev/null
    openssl pkey -in "$run/simulator-webhook.key" -pubout -out "$run/simulator-webhook.key.pub" 2>/dev/null
  fi
}

# Settings of the services (Section__Key) in the environment: they win over what is set here.
given_settings() {
  local name
  for name in $(compgen -e | grep -E '^[A-Z][A-Za-z0-9]*__'); do
    printf '%s=%s\n' "$name" "${!name}"
  done
}

# The settings of every service, in a file, so that a single restart later gets the same. What is set outside wins.
write_settings() {
  . "$run/backends/env" || return 1
  local simulator=http://127.0.0.1:$(port_of_service simulator) name
  {
    cat <<SETTINGS
Bus__Transport=RabbitMq
Bus__RabbitMq=$BUS_RABBITMQ
Store__Provider=Postgres
Store__ConnectionString=$STORE_POSTGRES
Store__RequireRowSecurity=true
Cache__Provider=Redis
Cache__Redis=$CACHE_REDIS
Ghl__BaseUrl=$simulator/sim/ghl
Ghl__WebhookKeys__Ed25519__0=$run/simulator-webhook.key.pub
Claude__BaseUrl=$simulator/sim/claude
Claude__ApiKey=sim
Simulator__WebhookKeyFile=$run/simulator-webhook.key
Simulator__Leads__Target=http://127.0.0.1:$front_port/webhooks/ghl
Admin__ApiKey=$(cat "$run/admin.key")
Security__MasterKey=$(cat "$run/master.key")
Logging__LogLevel__Default=Warning
Logging__LogLevel__EnterpriseHub=Information
SETTINGS
    given_settings
  } >"$run/settings.new" && mv "$run/settings.new" "$run/settings"
}

launch() { # <name>
  local name=$1 record line environment=()
  record=$(record_of "$name")
  recorded_pid "$record" >/dev/null && return 0
  mkdir -p "$run/pids" "$log_dir"
  # A process that was just killed may hold its port for a moment longer.
  for _ in {1..50}; do
    port_is_free "$(port_of_service "$name")" && break
    sleep 0.1
  done
  port_is_free "$(port_of_service "$name")" || { say "port $(port_of_service "$name") of $name is taken; set HUB_PORT or HUB_PORT_OFFSET" >&2; return 1; }
  if [ "$name" = front-door ]; then
    launch_front_door
    return
  fi
  while IFS= read -r line; do
    environment+=("$line")
  done <"$run/settings"
  [ -e "$run/bin/$name/$(program_of "$name").dll" ] || { say "$name is not built; run deploy/local/up" >&2; return 1; }
  # Off the critical path: when the cores are full, the lead's answer goes first.
  local niceness=0
  case $name in analytics | scoring | cache) niceness=10 ;; esac
  (cd "$run" && exec setsid nice -n "$niceness" env "${environment[@]}" "ASPNETCORE_URLS=http://127.0.0.1:$(port_of_service "$name")" \
    dotnet "$run/bin/$name/$(program_of "$name").dll") >>"$log_dir/$name.log" 2>&1 </dev/null &
  remember "$record" $!
}

launch_front_door() {
  local nginx at=$run/nginx
  nginx=$(PATH=$PATH:/usr/sbin command -v nginx) || { say "install nginx (deploy/local/install.sh does it)" >&2; return 1; }
  mkdir -p "$at"
  sed -e "s|\${RUN}|$at|g" -e "s|\${LOG}|$log_dir/front-door.log|g" "$root/deploy/nginx/local.conf" >"$at/nginx.conf"
  sed -e "s|\${LISTEN}|127.0.0.1:$front_port|g" -e "s|\${WEBHOOK_GATEWAY}|127.0.0.1:$(port_of_service webhook-gateway)|g" \
    -e "s|\${AI_ORCHESTRATOR}|127.0.0.1:$(port_of_service ai-orchestrator)|g" -e "s|\${CACHE}|127.0.0.1:$(port_of_service cache)|g" \
    -e "s|\${SCORING}|127.0.0.1:$(port_of_service scoring)|g" -e "s|\${ANALYTICS}|127.0.0.1:$(port_of_service analytics)|g" \
    -e "s|\${SIMULATOR}|127.0.0.1:$(port_of_service simulator)|g" "$root/deploy/nginx/front-door.conf.template" >"$at/front-door.conf"
  "$nginx" -p "$at" -e "$log_dir/front-door.log" -t -q -c "$at/nginx.conf" || return 1
  setsid "$nginx" -p "$at" -e "$log_dir/front-door.log" -c "$at/nginx.conf" >>"$log_dir/front-door.log" 2>&1 </dev/null &
  remember "$(record_of front-door)" $!
}

await_ready() { # <name>
  local name=$1 limit=${HUB_READY_SECONDS:-30} begun=$SECONDS
  until is_ready "$name"; do
    if ! recorded_pid "$(record_of "$name")" >/dev/null; then
      say "$name ended; the end of $log_dir/$name.log:" >&2
    elif ((SECONDS - begun >= limit)); then
      say "$name is not ready after $limit s; the end of $log_dir/$name.log:" >&2
    else
      sleep 0.1
      continue
    fi
    tail -n 20 "$log_dir/$name.log" >&2
    return 1
  done
}

# SIGTERM lets a service finish what it holds; nginx knows QUIT for that.
end() { # <name>
  local signal=TERM
  [ "$1" != front-door ] || signal=QUIT
  stop_recorded "$(record_of "$1")" "$signal" 20
}

real_name() { # the short forms that fingers know
  case $1 in
    gateway) echo webhook-gateway ;;
    orchestrator) echo ai-orchestrator ;;
    nginx) echo front-door ;;
    *) port_of_service "$1" >/dev/null && echo "$1" ;;
  esac
}
