CREATE TABLE posts (
  practice_id TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  short_text TEXT NOT NULL,
  lang TEXT NOT NULL,
  spanish_title TEXT NOT NULL,
  spanish_text TEXT NOT NULL,
  health_content TEXT NOT NULL,
  link_home TEXT NOT NULL,
  author_id TEXT NOT NULL,
  challenge_id TEXT,
  challenge_day BIGINT,
  part TEXT NOT NULL,
  reply_to TEXT,
  due_at BIGINT,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  edited_at BIGINT NOT NULL,
  asked_at BIGINT,
  withdrawn_at BIGINT,
  PRIMARY KEY (practice_id, id)
);
CREATE INDEX posts_due ON posts (practice_id, due_at);
CREATE INDEX posts_challenge ON posts (practice_id, challenge_id);
CREATE TABLE variants (
  practice_id TEXT NOT NULL,
  post_id TEXT NOT NULL,
  account_id TEXT NOT NULL,
  text TEXT,
  PRIMARY KEY (practice_id, post_id, account_id)
);
CREATE TABLE media (
  practice_id TEXT NOT NULL,
  id TEXT NOT NULL,
  hash TEXT NOT NULL,
  mime TEXT NOT NULL,
  width BIGINT NOT NULL,
  height BIGINT NOT NULL,
  bytes BIGINT NOT NULL,
  people TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (practice_id, id)
);
CREATE TABLE post_media (
  practice_id TEXT NOT NULL,
  post_id TEXT NOT NULL,
  media_id TEXT NOT NULL,
  position BIGINT NOT NULL,
  alt TEXT NOT NULL,
  PRIMARY KEY (practice_id, post_id, media_id)
);
CREATE TABLE sources (
  practice_id TEXT NOT NULL,
  id TEXT NOT NULL,
  url TEXT NOT NULL,
  title TEXT NOT NULL,
  publisher TEXT NOT NULL,
  claim TEXT NOT NULL,
  opened_at BIGINT,
  checked_at BIGINT,
  checked_by TEXT,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (practice_id, id)
);
CREATE TABLE post_sources (
  practice_id TEXT NOT NULL,
  post_id TEXT NOT NULL,
  source_id TEXT NOT NULL,
  position BIGINT NOT NULL,
  PRIMARY KEY (practice_id, post_id, source_id)
);
CREATE TABLE kept_findings (
  practice_id TEXT NOT NULL,
  id TEXT NOT NULL,
  post_id TEXT NOT NULL,
  category TEXT NOT NULL,
  span TEXT NOT NULL,
  reason TEXT NOT NULL,
  member_id TEXT NOT NULL,
  privacy_lead TEXT NOT NULL,
  kept_at BIGINT NOT NULL,
  PRIMARY KEY (practice_id, id)
);
CREATE INDEX kept_findings_post ON kept_findings (practice_id, post_id);
CREATE TABLE signatures (
  practice_id TEXT NOT NULL,
  id TEXT NOT NULL,
  post_id TEXT NOT NULL,
  member_id TEXT NOT NULL,
  covers TEXT NOT NULL,
  signed_at BIGINT NOT NULL,
  note TEXT NOT NULL,
  revoked_at BIGINT,
  revoked_why TEXT,
  PRIMARY KEY (practice_id, id)
);
CREATE INDEX signatures_post ON signatures (practice_id, post_id);
