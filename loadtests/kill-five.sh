#!/usr/bin/env bash
# The captured run over the five services, each killed with -9 once in the middle and started again.
# 1 000 webhooks, 100 conversations, repeats and disorder. Needs a Release build of the driver. Prints the driver's report.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
export HUB_RUN_DIR=${HUB_RUN_DIR:-$root/.run/kill}
# Time-compressed: a send without an outcome is read back after 2, 5 and 10 s instead of 20, 60 and 180.
export Ghl__AnswerTimeout=00:00:03 Delivery__ClaimLifetime=00:00:01 Delivery__SendingTimeout=00:00:05 Delivery__ReconcileSchedule__0=00:00:02 Delivery__ReconcileSchedule__1=00:00:05 Delivery__ReconcileSchedule__2=00:00:10
trap 'deploy/local/down; rm -rf "$HUB_RUN_DIR"' EXIT
deploy/local/up
again() { echo "deploy/local/service kill $1; deploy/local/service start $1"; }
loadtests/Driver/bin/Release/net10.0/EnterpriseHub.LoadTests.Driver --hub http://127.0.0.1:8080 --simulator http://127.0.0.1:8090 \
  --admin-key "$(cat "$HUB_RUN_DIR/admin.key")" --webhook-key "$HUB_RUN_DIR/simulator-webhook.key" --rate 20 --patience 00:05:00 \
  --at "8:$(again webhook-gateway)" --at "16:$(again ai-orchestrator)" --at "24:$(again scoring)" \
  --at "32:$(again analytics)" --at "40:$(again cache)" "$@"
