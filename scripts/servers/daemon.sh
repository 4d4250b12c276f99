# shellcheck shell=bash
# How a server of the tests is started in the background, awaited, and stopped. Sourced by the scripts beside it.

. "$(dirname "${BASH_SOURCE[0]}")/../settings.sh"
mkdir -p "$state"

running() { # running NAME: is it alive?
  [ -s "$state/$1.pid" ] && alive "$(cat "$state/$1.pid")"
}

alive() { # alive PID: a process that ended, but was not collected yet by its parent, is not
  local stat
  { read -r stat <"/proc/$1/stat"; } 2>/dev/null && [[ $stat != *") Z "* ]]
}

launch() { # launch NAME COMMAND...: starts the command on its own, output in its log
  local name=$1
  shift
  setsid nohup "$@" >"$state/$name.log" 2>&1 </dev/null &
  echo $! >"$state/$name.pid"
}

await() { # await NAME SECONDS PROBE...: returns once the probe succeeds; tells why if the server ended or is late
  local name=$1 until=$((SECONDS + $2))
  shift 2
  until "$@" >/dev/null 2>&1 && running "$name"; do
    if ! running "$name" || [ $SECONDS -ge "$until" ]; then
      echo "$name did not start; the end of $state/$name.log:" >&2
      tail -20 "$state/$name.log" >&2
      halt "$name"
      return 1
    fi
    sleep 0.1 # between two probes
  done
}

halt() { # halt NAME [SIGNAL]: asks the server to stop, then insists
  local pid until=$((SECONDS + 10))
  [ -s "$state/$1.pid" ] || return 0
  pid=$(cat "$state/$1.pid")
  kill -s "${2:-TERM}" "$pid" 2>/dev/null || true
  while alive "$pid"; do
    [ $SECONDS -ge $until ] && kill -9 "$pid" 2>/dev/null
    sleep 0.1
  done
  rm -f "$state/$1.pid"
}

answers() { curl --silent --fail --max-time 5 --output /dev/null "$1"; }

port_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

claim() { # claim NAME PORT...: refuses to start on a port where something else listens
  local name=$1 port
  shift
  for port in "$@"; do
    port_free "$port" || { echo "$name: something already listens on port $port" >&2; return 1; }
  done
}

# The verbs are functions of the script that sources this file: start, stop, settings (prints NAME=VALUE lines),
# and the variable `processes`, if they are not one process with the script's own name.
verb() {
  local name
  name=$(basename "$0")
  case ${1:-} in
    start)
      # Plain commands, no && or ||: bash would not stop at an error inside of them.
      if ! all_running "$name"; then
        start
        settings >"$state/$name.settings"
      fi
      cat "$state/$name.settings"
      ;;
    stop)
      stop
      rm -f "$state/$name.settings"
      ;;
    status) if all_running "$name"; then cat "$state/$name.settings"; else echo "$name is not running" && return 1; fi ;;
    *) echo "usage: $name start|stop|status" >&2 && return 2 ;;
  esac
}

all_running() {
  local process
  for process in ${processes:-$1}; do running "$process" || return; done
}
