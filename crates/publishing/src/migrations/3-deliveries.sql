CREATE TABLE deliveries (
  practice_id TEXT NOT NULL,
  id TEXT NOT NULL,
  post_id TEXT NOT NULL,
  account_id TEXT NOT NULL,
  network TEXT NOT NULL,
  server TEXT NOT NULL,
  record_key TEXT NOT NULL,
  wanted TEXT NOT NULL,
  state TEXT NOT NULL,
  due_at BIGINT NOT NULL,
  window_ends_at BIGINT NOT NULL,
  next_try_at BIGINT NOT NULL,
  tries BIGINT NOT NULL,
  calls BIGINT NOT NULL,
  lease_holder TEXT,
  lease_until BIGINT NOT NULL,
  armed_at BIGINT,
  doubt_since BIGINT,
  looked_at BIGINT,
  remote_id TEXT,
  remote_url TEXT,
  remote_version TEXT,
  sent_hash TEXT,
  published_at BIGINT,
  settled_at BIGINT,
  person_text TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (practice_id, id)
);
CREATE UNIQUE INDEX deliveries_one ON deliveries (practice_id, post_id, account_id);
CREATE INDEX deliveries_claim ON deliveries (next_try_at, state);
CREATE INDEX deliveries_remote ON deliveries (practice_id, account_id, remote_id);
CREATE TABLE attempts (
  practice_id TEXT NOT NULL,
  delivery_id TEXT NOT NULL,
  n BIGINT NOT NULL,
  action TEXT NOT NULL,
  began_at BIGINT NOT NULL,
  ended_at BIGINT,
  outcome TEXT NOT NULL,
  status BIGINT,
  log_text TEXT NOT NULL,
  person_text TEXT NOT NULL,
  PRIMARY KEY (practice_id, delivery_id, n)
);
CREATE TABLE pauses (
  practice_id TEXT NOT NULL,
  id TEXT NOT NULL,
  member_id TEXT NOT NULL,
  reason TEXT NOT NULL,
  paused_at BIGINT NOT NULL,
  ended_at BIGINT,
  ended_by TEXT,
  PRIMARY KEY (practice_id, id)
);
CREATE TABLE heartbeats (
  worker TEXT PRIMARY KEY,
  began_at BIGINT NOT NULL,
  beat_at BIGINT NOT NULL
);
