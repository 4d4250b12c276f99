CREATE TABLE practices (
  id TEXT PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  profile TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  languages TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE TABLE set_up_links (
  token_hash TEXT PRIMARY KEY,
  draft TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL,
  used_at BIGINT
);
CREATE TABLE members (
  practice_id TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  credentials TEXT NOT NULL,
  rights TEXT NOT NULL,
  email TEXT UNIQUE,
  password_hash TEXT,
  invitation_hash TEXT UNIQUE,
  invitation_ends_at BIGINT,
  created_at BIGINT NOT NULL,
  left_at BIGINT,
  PRIMARY KEY (practice_id, id)
);
CREATE TABLE throttles (
  subject TEXT PRIMARY KEY,
  failures BIGINT NOT NULL,
  closed_until BIGINT NOT NULL,
  failed_at BIGINT NOT NULL DEFAULT 0
);
CREATE TABLE audit (
  practice_id TEXT NOT NULL,
  n BIGINT NOT NULL,
  at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (practice_id, n)
);
