CREATE TABLE new_password_links (
  practice_id TEXT NOT NULL,
  member_id TEXT NOT NULL,
  token_hash TEXT NOT NULL UNIQUE,
  ends_at BIGINT NOT NULL,
  PRIMARY KEY (practice_id, member_id)
);
