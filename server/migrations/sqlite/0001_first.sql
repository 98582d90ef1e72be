-- Moments are milliseconds since 1970 (UTC). Tokens are stored as SHA-256 hashes, credentials sealed.

CREATE TABLE widgets (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    mode TEXT NOT NULL CHECK (mode IN ('sandbox', 'live')),
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE widget_origins (
    widget_id TEXT NOT NULL REFERENCES widgets (id) ON DELETE CASCADE,
    origin TEXT NOT NULL,
    PRIMARY KEY (widget_id, origin)
) STRICT;

CREATE TABLE businesses (
    id TEXT PRIMARY KEY NOT NULL,
    widget_id TEXT NOT NULL REFERENCES widgets (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (widget_id, name)
) STRICT;

CREATE TABLE sessions (
    token BLOB PRIMARY KEY NOT NULL,
    widget_id TEXT NOT NULL REFERENCES widgets (id) ON DELETE CASCADE,
    business_id TEXT NOT NULL REFERENCES businesses (id) ON DELETE CASCADE,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX sessions_of_business ON sessions (business_id);

CREATE TABLE connections (
    id TEXT PRIMARY KEY NOT NULL,
    business_id TEXT NOT NULL REFERENCES businesses (id) ON DELETE CASCADE,
    service TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('accounting', 'banking', 'commerce')),
    channel TEXT NOT NULL CHECK (channel IN ('service', 'mock')),
    standing TEXT NOT NULL CHECK (standing IN ('unproven', 'active', 'disconnected')),
    authorised_at INTEGER,
    expires_at INTEGER,
    created_at INTEGER NOT NULL,
    UNIQUE (business_id, service, channel)
) STRICT;

CREATE TABLE attempts (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    connection_id TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
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

CREATE INDEX attempts_of_connection ON attempts (connection_id, number);
CREATE INDEX attempts_of_session ON attempts (session);

CREATE TABLE credentials (
    connection_id TEXT PRIMARY KEY NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
    key_id TEXT NOT NULL,
    access_token BLOB NOT NULL,
    refresh_token BLOB,
    refresh_at INTEGER,
    version INTEGER NOT NULL
) STRICT;

CREATE INDEX credentials_due ON credentials (refresh_at);
