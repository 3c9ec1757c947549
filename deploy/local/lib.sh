# Sourced by the scripts beside it: ports, process records, waiting. No command of its own.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

say() { printf '%s\n' "$*"; }
fail() { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 1; }

# --- ports -----------------------------------------------------------------
port_is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Prints the first port of <count> neighbours nobody listens on. Below the kernel's own range for outgoing connections.
free_ports() {
  local base port
  for _ in {1..50}; do
    base=$((20000 + (RANDOM * 32768 + RANDOM) % 1200 * 10))
    for ((port = base; port < base + $1; port++)); do
      port_is_free "$port" || continue 2
    done
    echo "$base"
    return
  done
  fail "found no $1 free ports in a row between 20000 and 32000"
}

# --- processes: a record is "pid birth", so that a pid taken over by a stranger is never signalled ----
birth() {
  if [ -d /proc/self ]; then
    local stat
    stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
    # After the name in parentheses: state first, start time as the 20th word.
    read -r -a stat <<<"${stat##*) }"
    [ "${stat[0]}" != Z ] || return 1
    echo "${stat[19]}"
  else
    ps -o lstart= -p "$1" | tr -s ' ' _ | grep .
  fi
}

remember() { printf '%s %s\n' "$2" "$(birth "$2")" >"$1"; } # <record> <pid>

recorded_pid() { # <record>: prints the pid when that very process still runs
  local pid born
  read -r pid born 2>/dev/null <"$1" || return 1
  [ -n "$born" ] && [ "$(birth "$pid")" = "$born" ] && echo "$pid"
}

wait_gone() { # <record> <seconds>
  local tries=$(($2 * 20))
  while recorded_pid "$1" >/dev/null; do
    ((tries-- > 0)) || return 1
    sleep 0.05
  done
}

stop_recorded() { # <record> <signal> <seconds>: signals, waits, kills the whole group when the time is over
  local pid
  pid=$(recorded_pid "$1") || { rm -f "$1"; return 0; }
  kill "-$2" "$pid" 2>/dev/null
  wait_gone "$1" "$3" || { kill_group "$pid"; wait_gone "$1" 5 || return 1; }
  rm -f "$1"
}

kill_group() { kill -KILL -- "-$1" 2>/dev/null || kill -KILL "$1" 2>/dev/null || true; }

# The whole session: RabbitMQ is a shell with the emulator below it.
resident_mb() { ps -o rss= -s "$1" 2>/dev/null | awk '{ kb += $1 } END { printf "%d", kb / 1024 }'; }

missing_commands() { # <command>...: prints those that are absent
  local command
  for command in "$@"; do
    command -v "$command" >/dev/null 2>&1 || printf '%s ' "$command"
  done
}

# --- where Debian keeps the servers, with PATH as the second choice -----------
rabbitmq_server() {
  local at
  for at in /usr/lib/rabbitmq/bin/rabbitmq-server "$(command -v rabbitmq-server 2>/dev/null)"; do
    [ -x "$at" ] && { echo "$at"; return; }
  done
  return 1
}

postgres_bin() { # [major]: the folder with initdb; that major when it is there, else the newest
  local at
  for at in "/usr/lib/postgresql/${1:-none}/bin" $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -Vr) \
    "$(dirname "$(command -v initdb 2>/dev/null || echo /none/initdb)")"; do
    [ -x "$at/initdb" ] && { echo "$at"; return; }
  done
  return 1
}
