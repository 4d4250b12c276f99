CREATE TABLE emergency_sentence (
  practice_id TEXT NOT NULL,
  switched_on_at BIGINT NOT NULL,
  switched_on_by TEXT NOT NULL,
  PRIMARY KEY (practice_id)
);
CREATE TABLE emergency_sentence_answers (
  practice_id TEXT NOT NULL,
  message_id TEXT NOT NULL,
  post_id TEXT NOT NULL,
  answered_at BIGINT NOT NULL,
  PRIMARY KEY (practice_id, message_id)
);
CREATE INDEX emergency_sentence_answers_at ON emergency_sentence_answers (practice_id, answered_at);
