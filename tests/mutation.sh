#!/usr/bin/env bash
# Mutation testing of the code that keeps the promises: send state machine, gates, reconciliation, signatures (docs/mutation-testing.md).
#   tests/mutation.sh [FILE ...]      files as in tests/stryker-config.json, e.g. DeliverReply/SendGate.cs; default: all of them
# Prints the score of each folder and every mutant that no test noticed; ends with 1 below the threshold of the configuration.
# Needs the .NET SDK and jq; no servers. The JSON report stays in tests/StrykerOutput.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root/tests"

for tool in dotnet jq; do
  command -v "$tool" >/dev/null || { echo "mutation.sh: $tool is missing" >&2; exit 1; }
done
only=()
for file in "$@"; do
  [ -f "$root/services/webhook-gateway/$file" ] || { echo "mutation.sh: no such file: services/webhook-gateway/$file" >&2; exit 2; }
  only+=(--mutate "$file")
done

# HUB_MUTATION leaves only the tests of this code in the test project; a Debug build, because failpoints are no part of a Release build.
export HUB_MUTATION=true HUB_TEST_BACKENDS=none MSBUILDDISABLENODEREUSE=1
dotnet tool restore >/dev/null
output=$root/tests/StrykerOutput/$(date -u +%Y%m%dT%H%M%SZ)
code=0
dotnet stryker --config-file stryker-config.json --configuration Debug --output "$output" --skip-version-check "${only[@]}" || code=$?
report=$output/reports/mutation-report.json
[ -f "$report" ] || { echo "mutation.sh: the run ended with code $code and without a report" >&2; exit 1; }

jq -r '
  def is($states): .status as $status | $states | any(. == $status);
  def figure: {killed: map(select(is(["Killed", "Timeout"]))) | length, lived: map(select(is(["Killed", "Timeout", "CompileError"]) | not)) | length};
  def row: "\(.killed) of \(.killed + .lived) killed, \(if .killed + .lived == 0 then 0 else 10000 * .killed / (.killed + .lived) | floor / 100 end) %";
  [.files | to_entries[] | (.key | sub(".*/webhook-gateway/"; "")) as $file | (.value.source | split("\n")) as $lines
    | .value.mutants[] | select(.status != "Ignored")
    | {file: $file, folder: ($file | sub("/[^/]*$"; "")), status, mutatorName, replacement, line: .location.start.line,
       text: ($lines[.location.start.line - 1] | gsub("^\\s+|\\s+$"; ""))}
    | select(.status != "CompileError" or (.folder | test("^(DeliverReply|ReconcileDeliveries|ReceiveGhlWebhook/Signature)$")))] as $all
  | ($all | map(select(is(["Killed", "CompileError"]) | not)) | sort_by(.file, .line)[]
    | "\(.status)  \(.file):\(.line)  \(.mutatorName)\n    \(.text)\n    => \(.replacement | gsub("\\s+"; " "))"),
  "",
  ($all | group_by(.folder)[] | "\(.[0].folder): \(figure | row); \(map(select(is(["Timeout"]))) | length) of them by a timeout; \(map(select(is(["CompileError"]))) | length) more do not compile"),
  "Together: \($all | figure | row)"' "$report"
exit "$code"
