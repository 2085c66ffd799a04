#!/usr/bin/env bash
# Installs what runs the container files where Docker is not at hand: podman, buildah and podman-compose.
# Ends with 3 where they cannot be had.
set -euo pipefail
cache=$1
packages=(podman buildah runc mmdebstrap netavark aardvark-dns iptables nftables uidmap openssl python3-venv)

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }
say() { echo "No container engine can be installed here: $*" >&2; exit 3; }

[ "$(id -u)" = 0 ] || say 'the test needs root.'
missing=()
for package in "${packages[@]}"; do
  dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  command -v apt-get >/dev/null || say "apt-get is missing, and so are ${missing[*]}."
  { as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive as_root apt-get install -y -qq --no-install-recommends "${missing[@]}"; } \
    >"$cache/apt.log" 2>&1 || say "apt-get failed ($cache/apt.log)."
fi
command -v go >/dev/null || say 'Go is missing, which builds the Temporal server.'
if [ ! -x "$cache/venv/bin/podman-compose" ]; then
  { python3 -m venv "$cache/venv" && "$cache/venv/bin/pip" install --quiet podman-compose==1.6.0; } \
    >"$cache/pip.log" 2>&1 || say "podman-compose cannot be installed ($cache/pip.log)."
fi
