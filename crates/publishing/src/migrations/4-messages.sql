CREATE TABLE messages (
  practice_id TEXT NOT NULL,
  id TEXT NOT NULL,
  account_id TEXT NOT NULL,
  remote_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  author_handle TEXT NOT NULL,
  author_name TEXT NOT NULL,
  text TEXT NOT NULL,
  lang TEXT NOT NULL,
  remote_url TEXT NOT NULL,
  reply_reference TEXT NOT NULL,
  post_id TEXT,
  parent_remote_id TEXT,
  sort TEXT NOT NULL,
  urgent TEXT NOT NULL,
  state TEXT NOT NULL,
  written_at BIGINT NOT NULL,
  received_at BIGINT NOT NULL,
  handled_at BIGINT,
  handled_by TEXT,
  handled_how TEXT NOT NULL,
  care_taken_at BIGINT,
  care_taken_by TEXT,
  care_taken_how TEXT NOT NULL,
  PRIMARY KEY (practice_id, id)
);
CREATE UNIQUE INDEX messages_once ON messages (practice_id, account_id, remote_id);
CREATE INDEX messages_open ON messages (practice_id, state, urgent);
CREATE INDEX messages_post ON messages (practice_id, post_id);
CREATE TABLE numbers (
  practice_id TEXT NOT NULL,
  delivery_id TEXT NOT NULL,
  replies BIGINT NOT NULL,
  favourites BIGINT NOT NULL,
  shares BIGINT NOT NULL,
  read_at BIGINT NOT NULL,
  PRIMARY KEY (practice_id, delivery_id)
);
