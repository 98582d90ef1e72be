-- A business may have several connections to one service (banks): they stand in slots of their own, all others in ''.
-- The three tables are made anew, because SQLite cannot take a constraint away; the children go first, so that nothing
-- is deleted along with its parent.

CREATE TABLE new_connections (
    id TEXT PRIMARY KEY NOT NULL,
    business_id TEXT NOT NULL REFERENCES businesses (id) ON DELETE CASCADE,
    service TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('accounting', 'banking', 'commerce')),
    channel TEXT NOT NULL CHECK (channel IN ('service', 'mock')),
    slot TEXT NOT NULL DEFAULT '',
    standing TEXT NOT NULL CHECK (standing IN ('unproven', 'active', 'disconnected')),
    authorised_at INTEGER,
    expires_at INTEGER,
    created_at INTEGER NOT NULL,
    UNIQUE (business_id, service, channel, slot)
) STRICT;

INSERT INTO new_connections
    (id, business_id, service, kind, channel, standing, authorised_at, expires_at, created_at)
SELECT id, business_id, service, kind, channel, standing, authorised_at, expires_at, created_at FROM connections;

CREATE TABLE new_attempts (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    connection_id TEXT NOT NULL REFERENCES new_connections (id) ON DELETE CASCADE,
    session BLOB NOT NULL,
    way TEXT NOT NULL CHECK (way IN ('sandbox', 'popup')),
    start_token BLOB UNIQUE,
    stage TEXT NOT NULL CHECK (stage IN ('open', 'at_provider', 'finishing', 'ended')),
    state BLOB UNIQUE,
    cookie BLOB,
    verifier BLOB,
    outcome TEXT,
    expires_at INTEGER NOT NULL
) STRICT;

INSERT INTO new_attempts
    (number, id, connection_id, session, way, start_token, stage, state, cookie, verifier, outcome, expires_at)
SELECT number, id, connection_id, session, way, start_token, stage, state, cookie, verifier, outcome, expires_at
FROM attempts;

CREATE TABLE new_credentials (
    connection_id TEXT PRIMARY KEY NOT NULL REFERENCES new_connections (id) ON DELETE CASCADE,
    key_id TEXT NOT NULL,
    access_token BLOB NOT NULL,
    refresh_token BLOB,
    refresh_at INTEGER,
    version INTEGER NOT NULL
) STRICT;

INSERT INTO new_credentials (connection_id, key_id, access_token, refresh_token, refresh_at, version)
SELECT connection_id, key_id, access_token, refresh_token, refresh_at, version FROM credentials;

DROP TABLE attempts;
DROP TABLE credentials;
DROP TABLE connections;
ALTER TABLE new_connections RENAME TO connections;
ALTER TABLE new_attempts RENAME TO attempts;
ALTER TABLE new_credentials RENAME TO credentials;

CREATE INDEX attempts_of_connection ON attempts (connection_id, number);
CREATE INDEX attempts_of_session ON attempts (session);
CREATE INDEX credentials_due ON credentials (refresh_at);

-- What the services without plain OAuth remember beside a connection: who is behind it, and JSON of their own.
CREATE TABLE special_details (
    connection_id TEXT PRIMARY KEY NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
    account TEXT,
    details TEXT NOT NULL,
    version INTEGER NOT NULL
) STRICT;

CREATE INDEX special_accounts ON special_details (account);
