#!/usr/bin/env bash
# Builds once, starts private servers, runs every test project, stops what it started, closes with "N passed, N failed".
#   tests/run.sh [all|unit|flow|broker|faults|browser]      default all; unit needs nothing but the .NET SDK
# all ends with the short load test (loadtests/run.sh smoke): it fails on loss, doubles and disorder, never on time.
# faults prints a table: what was broken, what had to hold, what was seen. all walks the crash points, the upstreams and one process; the long cells
# (servers and networks that break, processes that stand still, rolling restart, two versions) only faults walks.
# HUB_TEST_BACKENDS=none: tests that need RabbitMQ, PostgreSQL or Redis skip, and say so.
# HUB_TEST_SECONDS: limit for one project, default 600, for the fault runs 1500.
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root" || exit 1

what=${1:-all}
late=(Flow.Tests Broker.Tests Browser.Tests Faults.Tests)
case $what in
  all | unit) ;;
  flow) only=(Flow.Tests) ;;
  broker) only=(Broker.Tests) ;;
  faults) only=(Faults.Tests) ;;
  browser) only=(Browser.Tests) ;;
  *) echo "run.sh: unknown selection '$what'; allowed: all | unit | flow | broker | faults | browser" >&2; exit 2 ;;
esac
command -v dotnet >/dev/null || { echo "run.sh: the .NET SDK is missing (version in global.json): https://dotnet.microsoft.com/download" >&2; exit 1; }

passed=0 failed=0 skipped=0
work=$(mktemp -d) && chmod 711 "$work"
compiler=hub-$$
clean_up() {
  trap - EXIT INT TERM
  [ ! -d "$work/backends" ] || deploy/local/backends.sh remove "$work/backends"
  end_compiler
  rm -rf "$work"
}
# The compiler server that our build started, known by the pipe name we gave it; any other stays.
end_compiler() {
  local process
  for process in /proc/[0-9]*; do
    if tr '\0' ' ' 2>/dev/null <"$process/cmdline" | grep -q -- "-pipename:$compiler "; then
      kill "${process#/proc/}" 2>/dev/null
    fi
  done
}
trap clean_up EXIT
trap 'clean_up; exit 130' INT TERM

count_failure() { # <what went wrong>
  echo "$1"
  echo "$1" >>"$work/failures"
  failed=$((failed + 1))
}

# --- servers, beside the build ------------------------------------------------
if [ "$what" = unit ]; then
  export HUB_TEST_BACKENDS=none
fi
servers=
if [ "${HUB_TEST_BACKENDS:-}" != none ]; then
  extra=()
  case $what in
    all) extra=(--browser --faults) ;;
    browser) extra=(--browser) ;;
    faults) extra=(--faults) ;;
  esac
  if deploy/local/install.sh "${extra[@]}"; then
    deploy/local/backends.sh start "$work/backends" --fast --until-exit-of $$ >"$work/backends.out" 2>&1 &
    servers=$!
  else
    count_failure "The packages above are missing (HUB_TEST_BACKENDS=none runs the rest)."
    export HUB_TEST_BACKENDS=none
  fi
fi

echo "Building ..."
# One compiler for all projects; some environments turn that off, and every project then pays its start.
if ! dotnet build Microservices.sln -graph --nologo -v quiet -nodeReuse:false \
  -p:UseSharedCompilation=true -p:SharedCompilationId="$compiler" >"$work/build.log" 2>&1; then
  grep -E 'error|warn' "$work/build.log" | sort -u | head -n 40
  [ -z "$servers" ] || wait "$servers"
  count_failure "The build failed."
  echo "0 passed, $failed failed"
  exit 1
fi
end_compiler

if [ -n "$servers" ]; then
  if wait "$servers"; then
    . "$work/backends/env"
    export HUB_TEST_RABBITMQ=$BUS_RABBITMQ HUB_TEST_RABBITMQ_MANAGEMENT=$BUS_RABBITMQ_MANAGEMENT
    export HUB_TEST_POSTGRES=$STORE_POSTGRES HUB_TEST_REDIS=$CACHE_REDIS
  else
    cat "$work/backends.out"
    count_failure "The servers did not start (HUB_TEST_BACKENDS=none runs the rest)."
    export HUB_TEST_BACKENDS=none
  fi
fi
export HUB_TEST_CHROMIUM=${HUB_TEST_CHROMIUM:-$(command -v chromium || true)}

# --- projects, the slow ones last ----------------------------------------------
projects=()
for folder in tests/*.Tests; do
  project=${folder#tests/}
  compgen -G "$folder/*.csproj" >/dev/null || continue
  [[ " ${late[*]} " == *" $project "* ]] || projects+=("$project")
done
if [ "$what" != unit ]; then
  for project in "${late[@]}"; do
    ! compgen -G "tests/$project/*.csproj" >/dev/null || projects+=("$project")
  done
fi
[ -z "${only:-}" ] || projects=("${only[@]}")

number() { sed -n "s/.*<assembly [^>]*[[:space:]]$1=\"\([0-9]*\)\".*/\1/p" "$2" | head -n 1; }

run_project() { # <project>
  local project=$1 program=$root/tests/$1/bin/Debug/net10.0/EnterpriseHub.$1 begun=$SECONDS code good bad none
  [ -d "tests/$project" ] || return 0
  [ -x "$program" ] || { count_failure "$project: no program; was it built?"; return; }
  local limit=${HUB_TEST_SECONDS:-600} without=()
  [ "$project" != Faults.Tests ] || limit=${HUB_TEST_SECONDS:-1500}
  [ "$what" = faults ] || without=(-trait- faults=long)
  # In its own group, so that the time limit also ends what a test started.
  HUB_FAULT_TABLE=$work/faults.md timeout --kill-after=10 "$limit" "$program" -noLogo -noColor "${without[@]}" -xml "$work/$project.xml" >"$work/$project.out" 2>&1 </dev/null
  code=$?
  good=$(number passed "$work/$project.xml" 2>/dev/null)
  bad=$(($(number failed "$work/$project.xml" 2>/dev/null || echo 0) + $(number errors "$work/$project.xml" 2>/dev/null || echo 0)))
  none=$(number skipped "$work/$project.xml" 2>/dev/null)
  passed=$((passed + ${good:-0})) failed=$((failed + bad)) skipped=$((skipped + ${none:-0}))
  printf '%-24s %4d passed, %d failed, %d skipped, %d s\n' "$project" "${good:-0}" "$bad" "${none:-0}" $((SECONDS - begun))
  if [ "$code" -eq 124 ] || [ "$code" -eq 137 ]; then
    tail -n 40 "$work/$project.out"
    count_failure "$project did not end within $limit s."
  elif [ -z "$good" ] || { [ "$code" -ne 0 ] && [ "$bad" -eq 0 ] && ! grep -q 'total="0"' "$work/$project.xml"; }; then
    tail -n 40 "$work/$project.out"
    count_failure "$project ended with code $code without a result."
  elif [ "$bad" -gt 0 ]; then
    list_failures "$project" >>"$work/failures"
    # The programs under test log into the same stream: only what belongs to the failures.
    grep -A 25 '\[FAIL\]' "$work/$project.out" | grep -vE '^[0-9T:.-]+Z (info|dbug|warn|fail)' | cut -c1-1000 | head -c 60000
  elif [ "${none:-0}" -gt 0 ]; then
    grep -A 1 '\[SKIP\]' "$work/$project.out" | grep -v '\[SKIP\]\|^--' | sort | uniq -c | sed 's/^ */    skipped /'
  fi
}
# Each failed test with the first line of what it says: whoever sees only the end of the output sees what matters.
list_failures() { # <project>
  grep -A 2 '\[FAIL\]' "$work/$1.out" | grep -v '^--' | cut -c1-300 | sed "s/^/$1: /" | head -n 90
}

for project in "${projects[@]}"; do
  run_project "$project"
done

run_smoke() { # <option>...
  local begun=$SECONDS
  if timeout --kill-after=30 600 loadtests/run.sh smoke "$@" >"$work/smoke.out" 2>&1 </dev/null; then
    passed=$((passed + 1))
    printf '%-24s %4d passed, 0 failed, 0 skipped, %d s\n' 'Load smoke' 1 $((SECONDS - begun))
  else
    tail -n 40 "$work/smoke.out"
    count_failure "The load smoke failed after $((SECONDS - begun)) s (loadtests/run.sh smoke)."
  fi
}
case $what-${HUB_TEST_BACKENDS:-} in
  all-none) run_smoke --topology standalone ;;
  all-*) run_smoke ;;
esac

if [ -s "$work/faults.md" ]; then
  echo
  if [ "$what" = faults ] || grep -qF '**BROKEN**' "$work/faults.md"; then
    echo '| topology | cell | injected | expected | seen | took |'
    echo '| --- | --- | --- | --- | --- | --- |'
  fi
  if [ "$what" = faults ]; then
    sort -s -t '|' -k 2,2 "$work/faults.md"
  else
    grep -F '**BROKEN**' "$work/faults.md"
    echo "Fault table: $(wc -l <"$work/faults.md") cells, $(grep -cF '**BROKEN**' "$work/faults.md") broken (all of it: tests/run.sh faults)"
  fi
  echo
fi
if [ -s "$work/failures" ]; then
  echo "Failed:"
  head -c 9000 "$work/failures"
  echo
fi
clean_up
[ $((passed + failed)) -gt 0 ] || count_failure "No test ran."
if [ "$skipped" -gt 0 ]; then
  echo "$passed passed, $failed failed, $skipped skipped"
else
  echo "$passed passed, $failed failed"
fi
[ "$failed" -eq 0 ]
