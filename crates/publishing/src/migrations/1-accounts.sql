CREATE TABLE accounts (
  practice_id TEXT NOT NULL,
  id TEXT NOT NULL,
  network TEXT NOT NULL,
  server TEXT NOT NULL,
  handle TEXT NOT NULL,
  display_name TEXT NOT NULL,
  remote_id TEXT NOT NULL,
  secret BLOB,
  state TEXT NOT NULL,
  state_text TEXT NOT NULL,
  state_since BIGINT NOT NULL,
  token_ends_at BIGINT,
  renewing_until BIGINT,
  checked_at BIGINT,
  held_until BIGINT NOT NULL,
  read_cursor TEXT NOT NULL,
  read_at BIGINT,
  created_at BIGINT NOT NULL,
  removed_at BIGINT,
  PRIMARY KEY (practice_id, id)
);
CREATE UNIQUE INDEX accounts_one ON accounts (practice_id, network, server, remote_id) WHERE remote_id <> '';
CREATE TABLE connecting (
  practice_id TEXT NOT NULL,
  id TEXT NOT NULL,
  network TEXT NOT NULL,
  member_id TEXT NOT NULL,
  server TEXT NOT NULL,
  secret BLOB NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (practice_id, id)
);
