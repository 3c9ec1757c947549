#!/usr/bin/env bash
# Runs the model of the send and turn state machines (tests/Model.Tests) longer than the suite does, or one schedule of it.
#   tests/model.sh [--minutes N] [--first SEED]      N minutes of schedules from SEED on; default 10 minutes, a first seed by the clock
#   tests/model.sh --seed SEED                       one schedule, as a failure named it
# Ends with 1 and prints the seed, the shrunk scenario and its steps when a promise breaks.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

minutes=10 first=$(($(date +%s) % 1000000000)) seed=
while [ $# -gt 0 ]; do
  case $1 in
    --minutes | --first | --seed)
      [[ ${2:-} =~ ^[0-9]{1,9}$ ]] || { echo "model.sh: $1 wants a whole number below 1000000000" >&2; exit 2; }
      printf -v "${1#--}" %s "$2"
      shift 2
      ;;
    *) echo "model.sh: unknown option '$1'; allowed: --minutes N | --first SEED | --seed SEED" >&2; exit 2 ;;
  esac
done

MSBUILDDISABLENODEREUSE=1 dotnet build "$root/tests/Model.Tests" -v quiet --nologo -nodeReuse:false >&2
export HUB_MODEL_FIRST=$first
if [ -n "$seed" ]; then export HUB_MODEL_SEED=$seed; else export HUB_MODEL_MINUTES=$minutes; fi
exec "$root/tests/Model.Tests/bin/Debug/net10.0/EnterpriseHub.Model.Tests" -method "*exactly_once*" -showLiveOutput
