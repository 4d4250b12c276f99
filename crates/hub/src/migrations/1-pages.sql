CREATE TABLE pages (
  practice_id TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  slug TEXT NOT NULL,
  code TEXT NOT NULL,
  lang TEXT NOT NULL,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  spanish_title TEXT NOT NULL,
  spanish_text TEXT NOT NULL,
  pictures TEXT NOT NULL,
  sources TEXT NOT NULL,
  signed_by TEXT NOT NULL,
  challenge_id TEXT NOT NULL,
  challenge TEXT NOT NULL,
  starts_on TEXT NOT NULL,
  published_at BIGINT NOT NULL,
  edited_at BIGINT,
  withdrawn_at BIGINT,
  PRIMARY KEY (practice_id, id)
);
CREATE UNIQUE INDEX pages_slug ON pages (practice_id, kind, slug);
CREATE INDEX pages_code ON pages (practice_id, kind, code);
CREATE INDEX pages_latest ON pages (practice_id, kind, published_at);
CREATE INDEX pages_challenge ON pages (practice_id, challenge_id);
CREATE TABLE page_pictures (
  practice_id TEXT NOT NULL,
  hash TEXT NOT NULL,
  page_id TEXT NOT NULL,
  mime TEXT NOT NULL,
  PRIMARY KEY (practice_id, hash, page_id)
);
CREATE TABLE page_editions (
  practice_id TEXT NOT NULL PRIMARY KEY,
  number BIGINT NOT NULL
);
