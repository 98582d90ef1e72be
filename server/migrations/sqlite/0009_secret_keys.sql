-- Which sessions a widget accepts: until now all of them were opened by the page.
ALTER TABLE widgets ADD COLUMN sessions TEXT NOT NULL DEFAULT 'open' CHECK (sessions IN ('open', 'minted'));

-- Where people may be sent when they are done; where none is registered, the widget's origins count.
CREATE TABLE widget_success_addresses (
    widget_id TEXT NOT NULL REFERENCES widgets (id) ON DELETE CASCADE,
    address TEXT NOT NULL,
    PRIMARY KEY (widget_id, address)
) STRICT;

-- The keys of back ends. A key that was revoked stays, with its end, so that the list still tells of it.
CREATE TABLE secret_keys (
    id TEXT PRIMARY KEY NOT NULL,
    widget_id TEXT NOT NULL REFERENCES widgets (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    scopes TEXT NOT NULL,
    hash BLOB NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    last_used_at INTEGER,
    expires_at INTEGER
) STRICT;

CREATE INDEX secret_keys_of_widget ON secret_keys (widget_id, created_at);
