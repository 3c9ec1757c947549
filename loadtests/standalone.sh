#!/usr/bin/env bash
# A standalone process for load runs: loadtests/standalone.sh start|stop|kill [DIR]
# DIR (default .run/standalone) holds its data, log, keys and pid. Port: HUB_PORT (default 16080).
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
action=${1:?start, stop or kill}
dir=${2:-$root/.run/standalone}
port=${HUB_PORT:-16080}
mkdir -p "$dir"

running() { [ -f "$dir/pid" ] && kill -0 "$(cat "$dir/pid")" 2>/dev/null; }

case $action in
  start)
    if running; then echo "already runs"; exit 0; fi
    [ -f "$dir/admin.key" ] || head -c 24 /dev/urandom | base64 | tr -d '/+=' > "$dir/admin.key"
    cd "$dir"
    Urls="http://127.0.0.1:$port" Store__Directory="$dir/data" Admin__ApiKey="$(cat admin.key)" Admin__GenerateKey=false \
      Simulator__Leads__Enabled=false Simulator__WebhookKeyFile="$dir/webhook.key" Ghl__WebhookKeys__Ed25519__1="$dir/webhook.key.pub" \
      Security__MasterKeyFile="$dir/master.key" RateLimit__PerMinute=1000000 \
      setsid "$root/services/standalone/bin/Release/net10.0/EnterpriseHub.Standalone" >>"$dir/log" 2>&1 &
    echo $! > "$dir/pid"
    for _ in $(seq 150); do
      if curl -fs -o /dev/null "http://127.0.0.1:$port/health/ready"; then exit 0; fi
      running || { echo "it ended:"; tail -20 "$dir/log"; exit 1; }
      sleep 0.2
    done
    echo "not ready in 30 s:"; tail -20 "$dir/log"; exit 1 ;;
  stop)
    if running; then
      pid=$(cat "$dir/pid")
      kill "$pid"
      for _ in $(seq 100); do kill -0 "$pid" 2>/dev/null || break; sleep 0.2; done
      kill -9 "$pid" 2>/dev/null || true
    fi
    rm -f "$dir/pid" ;;
  kill)
    kill -9 "$(cat "$dir/pid")" && rm -f "$dir/pid" ;;
  *) echo "start, stop or kill" >&2; exit 2 ;;
esac
