#!/usr/bin/env bash
# Installs the Debian packages that the tests need beyond Python: PostgreSQL's server and Chromium.
# As root, or with sudo that asks no password, it installs what is missing and says so; otherwise it prints
# the command that does and fails. AMPARO_SKIP=postgres,chromium leaves either out, on request only.
set -euo pipefail

skipped() { [[ ",${AMPARO_SKIP:-}," == *",$1,"* ]]; }

has_postgres() { command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; }

has_chromium() { command -v chromium >/dev/null || [[ -x "${AMPARO_CHROMIUM:-}" ]]; }

missing=()
skipped postgres || has_postgres || missing+=(postgresql)
skipped chromium || has_chromium || missing+=(chromium fonts-dejavu-core fonts-noto-core)
[[ ${#missing[@]} -eq 0 ]] && exit 0

command="apt-get install -y --no-install-recommends ${missing[*]}"
if [[ $(id -u) -eq 0 ]]; then
    as_root=()
elif sudo -n true 2>/dev/null; then
    as_root=(sudo -n)
else
    echo "The tests need ${missing[*]}, and only an administrator can install them. Run:" >&2
    echo "    sudo apt-get update && sudo $command" >&2
    echo "or leave their tests out on purpose: AMPARO_SKIP=postgres,chromium make test" >&2
    exit 1
fi

echo "Installing Debian packages for the tests: ${missing[*]}"
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq
# shellcheck disable=SC2086 -- the command is a list of words
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive $command </dev/null >/dev/null
