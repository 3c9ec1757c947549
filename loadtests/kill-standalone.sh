#!/usr/bin/env bash
# The captured run with kill -9 of the one process in the middle: 1 000 webhooks, 100 conversations, repeats and disorder.
# The simulator runs beside it, because its ledger is the witness. Needs a Release build. Prints the driver's report.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
export HUB_PORT=${HUB_PORT:-16080}
simulator=http://127.0.0.1:$((HUB_PORT + 10))
dir=$(mktemp -d)
# Time-compressed: a send without an outcome is read back after 2, 5 and 10 s instead of 20, 60 and 180.
export Ghl__AnswerTimeout=00:00:03 Delivery__ClaimLifetime=00:00:01 Delivery__SendingTimeout=00:00:05 Delivery__ReconcileSchedule__0=00:00:02 Delivery__ReconcileSchedule__1=00:00:05 Delivery__ReconcileSchedule__2=00:00:10
export Ghl__BaseUrlWithoutApp=$simulator/sim/ghl Claude__BaseUrlWithoutKey=$simulator/sim/claude

Bus__Transport=InMemory Store__Provider=Sqlite Store__Directory="$dir/simulator" Cache__Provider=Memory ASPNETCORE_URLS=$simulator \
  Simulator__WebhookKeyFile="$dir/simulator.key" services/simulator/bin/Release/net10.0/EnterpriseHub.Simulator >"$dir/simulator.log" 2>&1 &
pid=$!
trap 'kill $pid 2>/dev/null || true; loadtests/standalone.sh stop "$dir"; rm -rf "$dir"' EXIT
loadtests/standalone.sh start "$dir"
loadtests/Driver/bin/Release/net10.0/EnterpriseHub.LoadTests.Driver --hub http://127.0.0.1:$HUB_PORT --simulator $simulator \
  --admin-key "$(cat "$dir/admin.key")" --webhook-key "$dir/webhook.key" --patience 00:05:00 \
  --at "8:loadtests/standalone.sh kill $dir; loadtests/standalone.sh start $dir" "$@"
