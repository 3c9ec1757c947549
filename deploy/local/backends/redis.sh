# Sourced by ../backends.sh: one Redis, without persistence: a cache may be lost.

prepare_redis() {
  command -v redis-server >/dev/null || { say "install redis-server (deploy/local/install.sh does it)" >&2; return 1; }
  mkdir -p "$dir/redis"
  cat >"$dir/redis/redis.conf" <<CONF
port $(port_of redis)
bind 127.0.0.1
dir $dir/redis
requirepass $(cat "$dir/secret")
save ""
appendonly no
daemonize no
maxmemory 256mb
maxmemory-policy allkeys-lru
# Enough for a fresh database per test class.
databases 1024
CONF
}

launch_redis() {
  setsid redis-server "$dir/redis/redis.conf" >"$dir/redis.log" 2>&1 </dev/null &
  remember "$dir/redis.pid" $!
}

await_redis() {
  for _ in {1..200}; do
    ready_redis && return 0
    recorded_pid "$dir/redis.pid" >/dev/null || return 1
    sleep 0.05
  done
  return 1
}

ready_redis() { grep -q 'Ready to accept connections' "$dir/redis.log" 2>/dev/null; }

end_redis() { stop_recorded "$dir/redis.pid" "$1" 10; }
