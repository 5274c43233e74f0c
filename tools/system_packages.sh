#!/usr/bin/env bash
# Installs the Debian packages that the tests need beyond Python: PostgreSQL's server and Chromium.
# As root, or with sudo that asks no password, it installs what is missing and says so; otherwise it prints
# the command that does and fails. AMPARO_SKIP=postgres,chromium leaves either out, on request only.
set -euo pipefail

skipped() { [[ ",${AMPARO_SKIP:-}," == *",$1,"* ]]; }

has_postgres() { command -v initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb'; }

has_chromium() { command -v chromium || [[ -x "${AMPARO_CHROMIUM:-}" ]]; }

# The program that drives the browser is linked against it; Debian's smallest installation lacks it.
has_libatomic() { PATH="$PATH:/sbin:/usr/sbin" ldconfig -p | grep -F libatomic.so.1; }

missing=()
skipped postgres || has_postgres >/dev/null || missing+=(postgresql)
skipped chromium || has_chromium >/dev/null || missing+=(chromium fonts-dejavu-core fonts-noto-core)
skipped chromium || has_libatomic >/dev/null || missing+=(libatomic1)
[[ ${#missing[@]} -eq 0 ]] && exit 0

install=(apt-get install -y --no-install-recommends "${missing[@]}")
if [[ $(id -u) -eq 0 ]]; then
    as_root=()
elif sudo -n true 2>/dev/null; then
    as_root=(sudo -n)
else
    echo "The tests need ${missing[*]}, and only an administrator can install them. Run:" >&2
    echo "    sudo apt-get update && sudo ${install[*]}" >&2
    echo "or leave their tests out on purpose: AMPARO_SKIP=postgres,chromium make test" >&2
    exit 1
fi

echo "Installing Debian packages for the tests: ${missing[*]}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive "${install[@]}"; } </dev/null >"$log" 2>&1; then
    tail -n 40 "$log" >&2
    exit 1
fi
