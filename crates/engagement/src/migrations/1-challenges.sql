CREATE TABLE challenges (
  practice_id TEXT NOT NULL,
  id TEXT NOT NULL,
  template_id TEXT NOT NULL,
  template_version BIGINT NOT NULL,
  template TEXT NOT NULL,
  slug TEXT NOT NULL,
  starts_on TEXT NOT NULL,
  ends_on TEXT NOT NULL,
  time_of_day TEXT NOT NULL,
  languages TEXT NOT NULL,
  rest_days TEXT NOT NULL,
  state TEXT NOT NULL,
  launched_at BIGINT NOT NULL,
  launched_by TEXT NOT NULL,
  page_at BIGINT,
  running_at BIGINT,
  finished_at BIGINT,
  withdrawn_at BIGINT,
  withdrawn_by TEXT,
  withdrawn_why TEXT,
  PRIMARY KEY (practice_id, id)
);
CREATE INDEX challenges_state ON challenges (practice_id, state, starts_on);
CREATE TABLE challenge_templates (
  practice_id TEXT NOT NULL,
  id TEXT NOT NULL,
  yaml TEXT NOT NULL,
  copied_from TEXT NOT NULL,
  edited_at BIGINT NOT NULL,
  edited_by TEXT NOT NULL,
  PRIMARY KEY (practice_id, id)
);
