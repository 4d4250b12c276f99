# shellcheck shell=bash
# Installing, and the real servers of one run. They stand on free ports and in a folder of their own, so that a run
# disturbs neither another run nor servers that a person started by hand.

declare -A present=() absent=() # what is installed or started -> yes; what is not -> why

# install NAME: runs scripts/install/NAME once, and remembers how that went.
install() { bring "install $1" "could not be installed" flock "$cache/lock" "$project/scripts/install/$1"; }

# serve NAME: starts a server and exports the BEDSIDE_TEST_ variables that it prints.
serve() {
  [ -n "${present["start $1"]:-}" ] && return
  bring "start $1" "did not start" "$project/scripts/servers/$1" start || return
  local line
  while read -r line; do export "${line?}"; done < <(grep -E '^BEDSIDE_TEST_[A-Z_]+=' "$log")
}

bring() { # bring STEP WHY-NOT COMMAND...
  local name=$1 why_not=$2
  shift 2
  [ -n "${present[$name]:-}" ] && return
  [ -n "${absent[$name]:-}" ] && return 1
  if step "$name" "$@"; then present[$name]=yes; else absent[$name]="${name#* } $why_not"; return 1; fi
}

why() { # why NAME...: what is missing of these
  local name
  for name in "$@"; do printf '%s\n' "${absent["install $name"]:-}" "${absent["start $name"]:-}"; done | grep . | paste -sd,
}

own_servers() {
  export BEDSIDE_TEST_STATE=$cache/runs/$$
  mkdir -p "$BEDSIDE_TEST_STATE"
  local variables=(POSTGRES REDIS PLC PDS APPVIEW OZONE INTROSPECT SNAC SNAC_PEER MASTODON_MOCK) ports i
  read -ra ports < <(free_ports ${#variables[@]})
  for i in "${!ports[@]}"; do export "BEDSIDE_TEST_${variables[i]}_PORT=${ports[i]}"; done
}

# Below the ports that the machine gives to outgoing connections, so that none takes one before its server stands.
free_ports() {
  local port found=()
  while [ ${#found[@]} -lt "$1" ]; do
    port=$((12000 + RANDOM % 18000))
    [[ " ${found[*]} " == *" $port "* ]] || (: <>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || found+=("$port")
  done
  echo "${found[*]}"
}

stop_servers() {
  local name
  for name in mastodon-mock snac bluesky redis postgres; do "$project/scripts/servers/$name" stop; done
  rm -rf "${BEDSIDE_TEST_STATE:?}"
}
