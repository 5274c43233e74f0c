#!/usr/bin/env bash
# Installs the Debian packages that the tests need beyond Python: PostgreSQL's server and Chromium.
# As root, or with sudo that asks no password, it installs what is missing and says so; otherwise it prints
# the command that does and fails. AMPARO_SKIP=postgres,chromium leaves either out, on request only.
set -euo pipefail

skipped() { [[ ",${AMPARO_SKIP:-}," == *",$1,"* ]]; }

has_postgres() { command -v initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb'; }

has_chromium() { command -v chromium-headless-shell || command -v chromium || [[ -x "${AMPARO_CHROMIUM:-}" ]]; }

# Chromium without windows of its own does the same in two thirds of the time. Not every Debian has it as a package.
lighter() { apt-cache show chromium-headless-shell >/dev/null 2>&1 && echo "${@/%chromium/chromium-headless-shell}" || echo "$@"; }

# The program that drives the browser is linked against it; Debian's smallest installation lacks it.
has_libatomic() { PATH="$PATH:/sbin:/usr/sbin" ldconfig -p | grep -F libatomic.so.1; }

missing=()
skipped postgres || has_postgres >/dev/null || missing+=(postgresql)
skipped chromium || has_chromium >/dev/null || missing+=(chromium fonts-dejavu-core fonts-noto-core)
skipped chromium || has_libatomic >/dev/null || missing+=(libatomic1)
[[ ${#missing[@]} -eq 0 ]] && exit 0

install=(apt-get install -y --no-install-recommends)
if [[ $(id -u) -eq 0 ]]; then
    as_root=()
elif sudo -n true 2>/dev/null; then
    as_root=(sudo -n)
else
    echo "The tests need ${missing[*]}, and only an administrator can install them. Run:" >&2
    echo "    sudo apt-get update && sudo ${install[*]} ${missing[*]}" >&2
    echo "or leave their tests out on purpose: AMPARO_SKIP=postgres,chromium make test" >&2
    exit 1
fi

echo "Installing Debian packages for the tests: ${missing[*]}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
as_root+=(env DEBIAN_FRONTEND=noninteractive)
# shellcheck disable=SC2046  # each word is a package
if ! { "${as_root[@]}" apt-get update && "${as_root[@]}" "${install[@]}" $(lighter "${missing[@]}"); } \
    </dev/null >"$log" 2>&1; then
    tail -n 40 "$log" >&2
    exit 1
fi
