-- In which visit a person last signed in to a connection; of those that are older than this nobody knows.
ALTER TABLE connections ADD COLUMN signed_in_visit TEXT;

-- The newest token that each visit handed to a success page, by its id alone, and whether a back end redeemed it.
CREATE TABLE connection_tokens (
    visit_id TEXT PRIMARY KEY NOT NULL REFERENCES visits (id) ON DELETE CASCADE,
    token_id TEXT NOT NULL UNIQUE,
    expires_at INTEGER NOT NULL,
    redeemed_at INTEGER
) STRICT;
