# shellcheck shell=bash
# What a person sees while the tests run, and the counting of what ran.

ran=0 failed=0 skipped=0
log='' # the log of the step that ran last

# step NAME COMMAND...: one line with its duration; the output goes to a log, whose end is shown if the command fails.
step() {
  local name=$1 began=$SECONDS
  shift
  log=$logs/${name//[^a-zA-Z0-9]/-}.log
  printf '%-52s' "$name"
  if "$@" >"$log" 2>&1 </dev/null; then
    printf '%5s s\n' $((SECONDS - began))
  else
    printf '%5s s  FAILED\n' $((SECONDS - began))
    failure_of "$log"
    return 1
  fi
}

# The part of a log that says what went wrong: the places that name a failure, else its end.
failure_of() {
  grep -E -A4 '^error|^test .* FAILED|panicked at|^ *not ok|^NOT SO' "$1" | head -60 | sed 's/^/    /' |
    grep . || tail -30 "$1" | sed 's/^/    /'
  echo "    the whole log: $1"
}

count() { # count PASSED FAILED SKIPPED
  ran=$((ran + $1 + $2)) failed=$((failed + $2)) skipped=$((skipped + $3))
}

skip() { # skip NUMBER WHY: tests that could not run here
  echo "SKIPPED $1: $2"
  count 0 0 "$1"
}

check() { # check NAME COMMAND...: a step that counts as one test
  if step "$@"; then count 1 0 0; else count 0 1 0; fi
}

# cargo_tests NAME COMMAND...: counts what cargo test says. What is ignored for want of a real server runs in its own group.
cargo_tests() {
  local name=$1 well=yes passed bad ignored
  shift
  step "$name" "$@" || well=no
  read -r passed bad < <(awk '/^test result:/ { p += $4; f += $6 } END { print p + 0, f + 0 }' "$log")
  ignored=$(grep -E '^test .* \.\.\. ignored' "$log" | grep -cv 'real server:' || true)
  [ $well = no ] && [ "$bad" -eq 0 ] && bad=1 # it did not compile, or a test ended the process
  if [ $((passed + bad + ignored)) -eq 0 ]; then
    skip 1 "$name: there is no such test yet"
    return
  fi
  echo "    $passed passed, $bad failed"
  [ "$ignored" -gt 0 ] && skip "$ignored" "ignored tests of: $name"
  count "$passed" "$bad" 0
}

# node_tests NAME COMMAND...: counts what node's test runner says in its closing lines.
node_tests() {
  local name=$1 well=yes passed bad left
  shift
  step "$name" "$@" || well=no
  read -r passed bad left < <(awk '
    $2 == "pass" { p += $3 } $2 == "fail" || $2 == "cancelled" { f += $3 } $2 == "skipped" || $2 == "todo" { s += $3 }
    END { print p + 0, f + 0, s + 0 }' "$log")
  [ $well = no ] && [ "$bad" -eq 0 ] && bad=1
  echo "    $passed passed, $bad failed, $left skipped"
  [ "$left" -gt 0 ] && skip "$left" "skipped by: $name"
  count "$passed" "$bad" 0
}

summary() { # the closing lines: one for a person, one that programs read
  echo
  printf 'took %d min %d s, logs in %s\n' $((SECONDS / 60)) $((SECONDS % 60)) "$logs"
  printf '%d passed, %d failed, %d skipped\n' $((ran - failed)) "$failed" "$skipped"
  printf 'ran %d, failed %d, skipped %d\n' "$ran" "$failed" "$skipped"
}
