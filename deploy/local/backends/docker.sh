# Sourced by ../backends.sh: the same three servers as containers of docker-compose.yml, profile deps.

docker_backends() { # <verb>
  docker info >/dev/null 2>&1 || fail "HUB_BACKENDS=docker, but no Docker engine answers"
  local project
  umask 077
  mkdir -p "$dir" || fail "cannot write to $dir"
  project=enterprisehub-$(cksum <<<"$dir" | cut -d' ' -f1)
  [ -s "$dir/secret" ] || openssl rand -hex 16 >"$dir/secret"
  [ -s "$dir/ports" ] || choose_ports
  compose() {
    HUB_DEPS_PASSWORD=$(cat "$dir/secret") HUB_RABBITMQ_PORT=$(port_of rabbitmq) HUB_RABBITMQ_MANAGEMENT_PORT=$(port_of rabbitmq_management) \
      HUB_POSTGRES_PORT=$(port_of postgres) HUB_REDIS_PORT=$(port_of redis) COMPOSE_PROFILES='' \
      docker compose -f "$root/docker-compose.yml" -p "$project" --profile deps "$@"
  }
  case $1 in
    start) compose up -d --wait "${names[@]}" && write_env ;;
    stop) compose stop "${names[@]}" ;;
    kill) compose kill "${names[@]}" ;;
    status) compose ps ;;
    env) cat "$dir/env" ;;
    remove) compose down -v && rm -rf "$dir" ;;
    *) fail "unknown verb '$1'" ;;
  esac
}
