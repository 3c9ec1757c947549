# Sourced by ../backends.sh: one RabbitMQ node with its own epmd, on loopback only.

prepare_rabbitmq() {
  rabbitmq_server >/dev/null && command -v epmd >/dev/null || { say "install rabbitmq-server (deploy/local/install.sh does it)" >&2; return 1; }
  mkdir -p "$dir/rabbitmq/home" "$dir/rabbitmq/log"
  echo '[rabbitmq_management,rabbitmq_prometheus].' >"$dir/rabbitmq/enabled_plugins"
  cat >"$dir/rabbitmq/rabbitmq.conf" <<CONF
listeners.tcp.1 = 127.0.0.1:$(port_of rabbitmq)
management.tcp.ip = 127.0.0.1
management.tcp.port = $(port_of rabbitmq_management)
# Port 0: any free one; the numbers are read from the management port here.
prometheus.tcp.ip = 127.0.0.1
prometheus.tcp.port = 0
default_user = hub
default_pass = $(cat "$dir/secret")
vm_memory_high_watermark.absolute = 1GB
disk_free_limit.absolute = 200MB
# The quorum queues' log is kept in memory up to this size.
raft.wal_max_size_bytes = 64000000
CONF
}

launch_rabbitmq() {
  local epmd_port
  epmd_port=$(port_of epmd)
  rm -f "$dir/rabbitmq.log"
  setsid epmd -address 127.0.0.1 -port "$epmd_port" >/dev/null 2>&1 </dev/null &
  remember "$dir/epmd.pid" $!
  # The variables of a broker that the machine may have must not reach this one.
  (
    export HOME=$dir/rabbitmq/home RABBITMQ_NODENAME=hub@localhost RABBITMQ_CONF_ENV_FILE=/dev/null
    export RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 RABBITMQ_NODE_PORT RABBITMQ_DIST_PORT
    RABBITMQ_NODE_PORT=$(port_of rabbitmq)
    RABBITMQ_DIST_PORT=$(port_of rabbitmq_distribution)
    export ERL_EPMD_PORT=$epmd_port ERL_EPMD_ADDRESS=127.0.0.1
    export RABBITMQ_MNESIA_BASE=$dir/rabbitmq/mnesia RABBITMQ_LOG_BASE=$dir/rabbitmq/log RABBITMQ_LOGS=$dir/rabbitmq.log
    export RABBITMQ_GENERATED_CONFIG_DIR=$dir/rabbitmq/generated RABBITMQ_SCHEMA_DIR=$dir/rabbitmq/schema
    export RABBITMQ_ENABLED_PLUGINS_FILE=$dir/rabbitmq/enabled_plugins RABBITMQ_CONFIG_FILE=$dir/rabbitmq/rabbitmq.conf
    export RABBITMQ_PID_FILE=$dir/rabbitmq/pid
    # No busy waiting: the schedulers would eat a small machine.
    export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="+sbwt none +sbwtdcpu none +sbwtdio none -kernel inet_dist_use_interface {127,0,0,1}"
    cd "$dir/rabbitmq" && exec setsid "$(rabbitmq_server)" >"$dir/rabbitmq/console.log" 2>&1 </dev/null
  ) &
  remember "$dir/rabbitmq.pid" $!
}

await_rabbitmq() {
  for _ in {1..600}; do
    ready_rabbitmq && return 0
    recorded_pid "$dir/rabbitmq.pid" >/dev/null || { cat "$dir/rabbitmq/console.log" >>"$dir/rabbitmq.log"; return 1; }
    sleep 0.1
  done
  return 1
}

# The port opens a moment before the node is ready, so the log line decides.
ready_rabbitmq() { grep -q 'Server startup complete' "$dir/rabbitmq.log" 2>/dev/null; }

end_rabbitmq() {
  local pid
  if [ "$1" = KILL ] && pid=$(recorded_pid "$dir/rabbitmq.pid"); then
    kill_group "$pid"
  fi
  # A restart before the old node has exited dies with dist_port_already_used: wait for it.
  stop_recorded "$dir/rabbitmq.pid" TERM 30
  stop_recorded "$dir/epmd.pid" TERM 5
}
