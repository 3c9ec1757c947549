#!/usr/bin/env bash
# Installs what the local topology and the tests need from Debian's packages. Does nothing when all is there.
#   deploy/local/install.sh [--browser] [--faults]      Chromium for the browser tests, libfaketime for the fault tests
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

wanted=()
rabbitmq_server >/dev/null || wanted+=(rabbitmq-server)
command -v redis-server >/dev/null || wanted+=(redis-server)
postgres_bin >/dev/null || wanted+=(postgresql-15)
# nginx lives in a folder that unprivileged users often lack in PATH.
[ -x /usr/sbin/nginx ] || command -v nginx >/dev/null || wanted+=(nginx)
command -v openssl >/dev/null || wanted+=(openssl)
command -v curl >/dev/null || wanted+=(curl)
for extra in "$@"; do
  case $extra in
    --browser) command -v chromium >/dev/null || wanted+=(chromium) ;;
    # A wrong clock for one process.
    --faults) compgen -G '/usr/lib/*/faketime/libfaketime.so.1' >/dev/null || wanted+=(libfaketime) ;;
  esac
done
[ ${#wanted[@]} -gt 0 ] || exit 0

command -v dotnet >/dev/null || say "The .NET SDK is missing too: https://dotnet.microsoft.com/download (version in global.json)."
by_hand="install ${wanted[*]}"
command -v apt-get >/dev/null || fail "apt-get is absent here; $by_hand with your own package manager, then try again"
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null && sudo -n true 2>/dev/null || fail "this needs root once: apt-get update && apt-get install -y ${wanted[*]}"
  as_root=(sudo -n)
fi

say "Installing ${wanted[*]} ..."
log=$(mktemp)
# RUNLEVEL=1 keeps the packages from starting servers of their own; ours are private ones.
apt_get() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get -q -o DPkg::Lock::Timeout=300 "$@" >"$log" 2>&1; }
apt_get update || say "apt-get update failed; trying with the package lists at hand"
if ! apt_get install -y --no-install-recommends "${wanted[@]}"; then
  tail -n 15 "$log" >&2
  rm -f "$log"
  fail "apt-get could not do it; $by_hand by hand, then try again"
fi
rm -f "$log"
