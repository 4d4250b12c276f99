# shellcheck shell=bash
# The groups of tests, in the order in which they run: what is quick and says most comes first.

groups=(format clippy docs sqlite postgres servers browser fuzz deny)
quick_groups=(format clippy docs sqlite)

group_format() {
  check "format" cargo fmt --all --check
  check "guard.wasm is built from these sources" scripts/build-guard --check
}

group_clippy() { check "clippy, warnings are errors" cargo clippy --quiet --workspace --all-targets -- -D warnings; }

group_docs() { RUSTDOCFLAGS='-D warnings' check "docs, warnings are errors" cargo doc --quiet --workspace --no-deps --document-private-items; }

group_sqlite() {
  unset BEDSIDE_TEST_DATABASE
  cargo_tests "Rust tests, on SQLite" cargo test --workspace --no-fail-fast
}

group_postgres() {
  install packages # what is missing afterwards, a server says when it is started
  if ! serve postgres; then
    local tests
    tests=$(cargo test --workspace --test '*' -- --list 2>/dev/null | grep -c ': test$')
    skip "$tests" "integration tests on PostgreSQL: $(why packages postgres)"
    return
  fi
  cargo_tests "integration tests, on PostgreSQL" cargo test --workspace --no-fail-fast --test '*'
  unset BEDSIDE_TEST_DATABASE
}

group_servers() {
  local server tests missing=()
  check "the counter of posts finds planted faults" "$project/scripts/count-posts" --self-test
  for server in bluesky snac mastodon-mock; do
    if real_server "$server"; then
      check "$server does what the tests build on" "$project/scripts/servers/probe" "$server"
    else
      skip 1 "proof that $server does what the tests build on: $(why packages node "$server")"
      missing+=("$server")
    fi
  done
  mapfile -t tests < <(real_server_tests runnable "${missing[@]}")
  if [ ${#missing[@]} -gt 0 ]; then
    local left_out
    mapfile -t left_out < <(real_server_tests left-out "${missing[@]}")
    [ ${#left_out[@]} -gt 0 ] && skip ${#left_out[@]} "tests that need ${missing[*]}: ${left_out[*]}"
  fi
  [ ${#tests[@]} -gt 0 ] || { skip 1 "Rust tests against real servers: none can run"; return; }
  cargo_tests "Rust tests against real servers" \
    cargo test --workspace --no-fail-fast --tests -- --ignored "${tests[@]}"
}

group_browser() {
  local server
  install packages
  if ! { install node && install browser-tests; }; then
    skip "$(cat "$project"/e2e/*.test.mjs | grep -cE '^ *test\(')" "browser tests: $(why packages node browser-tests)"
    return
  fi
  for server in bluesky snac; do real_server "$server"; done
  if ! step "build Bedside for the browser tests" cargo build --quiet --package bedside; then
    count 0 1 0
    return
  fi
  BEDSIDE_TEST_CHROMIUM=$(browser)
  export BEDSIDE_TEST_CHROMIUM BEDSIDE_BIN=${CARGO_TARGET_DIR:-$project/target}/debug/bedside
  node_tests "browser tests" "$node" --test --test-concurrency=1 --test-reporter=tap "$project"/e2e/*.test.mjs
}

group_fuzz() {
  local target targets
  install packages
  read -ra targets < <(fuzz_targets)
  if ! step "build the fuzz targets" "$project/scripts/fuzz" --build; then
    count 0 1 0
    return
  fi
  for target in "${targets[@]}"; do check "fuzz $target for a minute" "$project/scripts/fuzz" "$target" --seconds 60; done
}

group_deny() {
  if ! install cargo-deny; then
    skip 1 "licences, banned crates, sources: $(why cargo-deny)"
    return
  fi
  check "licences, banned crates, sources" "$cargo_deny" --log-level error check bans licenses sources
}

# real_server_tests runnable|left-out MISSING...: names of the tests marked #[ignore = "real server: NAME..."], which need
# none or some of the missing servers.
real_server_tests() {
  local wish=$1
  shift
  find "$project/crates" -name '*.rs' -exec awk -v wish="$wish" -v missing="$*" '
    /#\[ignore = "real server:/ {
      split($0, mark, "\"")
      found = "runnable"
      count = split(missing, names, " ")
      for (i = 1; i <= count; i++) if (index(mark[2] " ", " " names[i] " ")) found = "left-out"
    }
    found && match($0, /fn [a-z0-9_]+/) {
      if (found == wish) print substr($0, RSTART + 3, RLENGTH - 3)
      found = ""
    }' {} +
}

# Installs and starts one of the networks' servers.
real_server() {
  install packages
  if [ "$1" = bluesky ]; then install node || return; fi # it starts PostgreSQL and Redis by itself
  install "$1" && serve "$1"
}
