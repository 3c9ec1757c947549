#!/usr/bin/env bash
# Builds Release, starts the product, loads it, stops it, writes the report.
#   loadtests/run.sh smoke                         under 3 minutes; fails on loss, doubles or disorder, never on time
#   loadtests/run.sh full [scenario...]            all scenarios, or those named; see the README
#   loadtests/run.sh compare scenario... --before COMMIT    that commit and this tree in turn, --rounds 3, medians side by side
#   loadtests/run.sh compare scenario... --set Key=Value    this tree without and with a setting (Section__Key or DOTNET_…); --set again for more
# Options: --topology standalone|five|both (default both)   --soak hh:mm:ss (default 00:10:00)
#          --out DIR (default loadtests/results/<date>-<commit>)   --lasting 0.2 (shorter windows, to try the kit out)
# Each scenario gets a fresh topology. One measurement at a time: nothing else may run on the machine, or the figures are worthless.
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root" || exit 1
usage() { sed -n '3,10s/^# \{0,1\}//p' "$0" >&2; exit 2; }

what=${1:-}
[ $# -gt 0 ] && shift
topologies=(standalone five) soak=00:10:00 out= lasting=1 scenarios=() before= rounds=3 given=()
while [ $# -gt 0 ]; do
  case $1 in
    --topology)
      case ${2:-} in
        standalone | five) topologies=("$2") ;;
        both) ;;
        *) usage ;;
      esac
      shift
      ;;
    --soak) soak=${2:?}; shift ;;
    --out) out=${2:?}; shift ;;
    --before) before=${2:?}; shift ;;
    --rounds) rounds=${2:?}; shift ;;
    --set) given+=("${2:?}"); shift ;;
    --lasting) lasting=${2:?}; shift ;;
    -*) usage ;;
    *) scenarios+=("$1") ;;
  esac
  shift
done
case $what in
  smoke) scenarios=(smoke) ;;
  full) ;;
  compare) [ ${#scenarios[@]} -gt 0 ] && [ -n "$before${given[*]}" ] || usage ;;
  *) usage ;;
esac

commit=$(git rev-parse --short HEAD 2>/dev/null || echo unknown)
[ -z "$(git status --porcelain --untracked-files=no 2>/dev/null)" ] || commit=$commit+changes
work=$(mktemp -d) && chmod 711 "$work"
# What nobody keeps goes away with the run.
[ "$what" = full ] || out=${out:-$work/results}
out=${out:-$root/loadtests/results/$(date -u +%F)-$commit}
mkdir -p "$out" || exit 1

running=
clean_up() {
  trap - EXIT INT TERM
  [ -z "$running" ] || loadtests/topology.sh down "$running" "$work/product"
  [ ! -d "$work/before" ] || git worktree remove --force "$work/before"
  rm -rf "$work"
}
trap clean_up EXIT
trap 'clean_up; exit 130' INT TERM

for topology in "${topologies[@]}"; do
  [ "$topology" = standalone ] || deploy/local/install.sh || exit 1
done
echo "Building ..."
build_programs() { # <source tree> <where to>: a copy, so that a later build does not change what runs
  (cd "$1" && dotnet build services/standalone -c Release --nologo -v quiet -graph -nodeReuse:false &&
    dotnet msbuild deploy/local/publish.proj -nologo -v:quiet -nodeReuse:false "-p:To=$2/" &&
    dotnet msbuild services/standalone -t:Publish -nologo -v:quiet -nodeReuse:false -p:Configuration=Release -p:NoBuild=true "-p:PublishDir=$2/standalone/")
}
export HUB_LOAD_BIN=$work/bin
if ! { build_programs "$root" "$HUB_LOAD_BIN" && dotnet build loadtests/Driver -c Release --nologo -v quiet -graph -nodeReuse:false &&
  { [ -z "$before" ] || { git worktree add --detach "$work/before" "$before" && build_programs "$work/before" "$work/bin-before"; }; }; } >"$work/build.log" 2>&1; then
  tail -n 30 "$work/build.log" >&2
  exit 1
fi
driver() { loadtests/Driver/bin/Release/net10.0/EnterpriseHub.LoadTests.Driver "$@"; }

failed=0
run_scenario() { # <topology> <scenario> <folder for the data> [setting...]
  local code settings=() data=$3
  mapfile -t settings < <(driver settings "$2")
  settings+=("${@:4}")
  running=$1
  if ! env "${settings[@]}" loadtests/topology.sh up "$1" "$work/product"; then
    echo "$1 $2: did not start" >&2
    code=1
  else
    driver run "$2" --target "$work/product/target.json" --out "$data" --commit "$commit" --soak "$soak" --lasting "$lasting"
    code=$?
    [ "$code" -eq 0 ] || keep_logs "$1-$2"
  fi
  loadtests/topology.sh down "$1" "$work/product"
  running=
  [ "$code" -eq 0 ] || { echo "$1 $2: FAILED" >&2; failed=$((failed + 1)); }
}

# In turn, so that whatever the machine does over time falls on both sides.
compare_scenario() { # <topology> <scenario>
  local round first=$work/bin
  [ -z "$before" ] || first=$work/bin-before
  for ((round = 1; round <= rounds; round++)); do
    HUB_LOAD_BIN=$first
    run_scenario "$1" "$2" "$out/before-$round"
    HUB_LOAD_BIN=$work/bin
    run_scenario "$1" "$2" "$out/after-$round" "${given[@]}"
  done
}

# The logs hold no message bodies, tokens or numbers.
keep_logs() {
  mkdir -p "$root/.run/load-logs/$1" && cp "$work/product/logs/"*.log "$root/.run/load-logs/$1/" && echo "logs: .run/load-logs/$1" >&2
}

for scenario in "${scenarios[@]}"; do
  driver scenarios five | grep -qx -- "$scenario" || { echo "there is no scenario '$scenario'; there are:" >&2; driver scenarios five >&2; exit 2; }
done
for topology in "${topologies[@]}"; do
  wanted=("${scenarios[@]}")
  known=$(driver scenarios "$topology")
  [ ${#wanted[@]} -gt 0 ] || mapfile -t wanted < <(grep -v '^smoke$' <<<"$known")
  for scenario in "${wanted[@]}"; do
    if ! grep -qx -- "$scenario" <<<"$known"; then
      echo "$topology has no scenario '$scenario'"
      continue
    fi
    if [ "$what" = compare ]; then
      compare_scenario "$topology" "$scenario"
    else
      run_scenario "$topology" "$scenario" "$out"
    fi
  done
done

case $what in
  full) driver report "$out" && echo "report: $out/README.md" ;;
  compare) driver compare "$out" | tee "$out/README.md" ;;
esac
[ "$failed" -eq 0 ] || { echo "$failed failed" >&2; exit 1; }
