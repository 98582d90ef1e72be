-- Typed credentials wait for a choice in the visit in which they were typed: two visits that connect Sage Intacct at the same
-- time each have one. A sign-in's tokens stand beside its connection, so there is one choice after a sign-in at a time.
CREATE TABLE choices_by_visit (
    connection_id TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
    visit_id TEXT,
    attempt_id TEXT,
    sealed_credentials TEXT,
    companies TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    CHECK ((attempt_id IS NULL) <> (sealed_credentials IS NULL))
) STRICT;

INSERT INTO choices_by_visit (connection_id, visit_id, attempt_id, sealed_credentials, companies, expires_at)
SELECT connection_id, visit_id, attempt_id, sealed_credentials, companies, expires_at FROM pending_choices;

DROP TABLE pending_choices;
ALTER TABLE choices_by_visit RENAME TO pending_choices;

CREATE UNIQUE INDEX pending_choices_of_visit ON pending_choices (connection_id, visit_id);
CREATE UNIQUE INDEX pending_choices_of_sign_in ON pending_choices (connection_id) WHERE attempt_id IS NOT NULL;
CREATE INDEX pending_choices_over ON pending_choices (expires_at);
