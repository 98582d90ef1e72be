-- What a person does with one business is a visit, and sessions are the tokens of one: a token that ran out is followed by
-- another one of the same visit. What sessions had (widget, business) and what attempts were begun by belongs to the visit.

CREATE TABLE visits (
    id TEXT PRIMARY KEY NOT NULL,
    widget_id TEXT NOT NULL REFERENCES widgets (id) ON DELETE CASCADE,
    business_id TEXT NOT NULL REFERENCES businesses (id) ON DELETE CASCADE,
    strength TEXT NOT NULL CHECK (strength IN ('open', 'minted')),
    origin TEXT,
    success_url TEXT,
    redirect_url TEXT,
    state TEXT,
    services TEXT,
    metadata TEXT,
    created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX visits_of_widget ON visits (widget_id);
CREATE INDEX visits_of_business ON visits (business_id);
CREATE INDEX visits_by_age ON visits (created_at);

-- Each session under way, and each one that only its attempts still tell of, was a visit.
CREATE TABLE visit_of_session (
    token BLOB NOT NULL,
    business_id TEXT NOT NULL,
    visit_id TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (token, business_id)
) STRICT;

INSERT INTO visit_of_session
SELECT token, business_id,
    'VIS-' || lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-'
        || substr('89AB', 1 + abs(random() % 4), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))),
    min(created_at)
FROM (
    -- They lived for a day.
    SELECT token, business_id, expires_at - 86400000 AS created_at FROM sessions
    UNION ALL
    SELECT a.session, c.business_id, c.created_at FROM attempts a JOIN connections c ON c.id = a.connection_id
    WHERE NOT EXISTS (SELECT 1 FROM sessions s WHERE s.token = a.session AND s.business_id = c.business_id)
)
GROUP BY token, business_id;

INSERT INTO visits (id, widget_id, business_id, strength, created_at)
SELECT v.visit_id, b.widget_id, v.business_id, 'open', v.created_at
FROM visit_of_session v JOIN businesses b ON b.id = v.business_id;

CREATE TABLE new_sessions (
    token BLOB PRIMARY KEY NOT NULL,
    visit_id TEXT NOT NULL REFERENCES visits (id) ON DELETE CASCADE,
    expires_at INTEGER NOT NULL
) STRICT;

INSERT INTO new_sessions
SELECT s.token, v.visit_id, s.expires_at
FROM sessions s JOIN visit_of_session v ON v.token = s.token AND v.business_id = s.business_id;

DROP TABLE sessions;
ALTER TABLE new_sessions RENAME TO sessions;
CREATE INDEX sessions_of_visit ON sessions (visit_id);
CREATE INDEX sessions_by_end ON sessions (expires_at);

CREATE TABLE new_attempts (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    connection_id TEXT NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
    visit_id TEXT NOT NULL REFERENCES visits (id) ON DELETE CASCADE,
    way TEXT NOT NULL CHECK (way IN ('sandbox', 'popup')),
    start_token BLOB UNIQUE,
    stage TEXT NOT NULL CHECK (stage IN ('open', 'at_provider', 'finishing', 'ended')),
    state BLOB UNIQUE,
    cookie BLOB,
    verifier BLOB,
    outcome TEXT,
    expires_at INTEGER NOT NULL,
    answer TEXT,
    told TEXT NOT NULL DEFAULT 'poll' CHECK (told IN ('poll', 'status'))
) STRICT;

INSERT INTO new_attempts
SELECT a.number, a.id, a.connection_id, v.visit_id, a.way, a.start_token, a.stage, a.state, a.cookie, a.verifier,
    a.outcome, a.expires_at, a.answer, a.told
FROM attempts a
JOIN connections c ON c.id = a.connection_id
JOIN visit_of_session v ON v.token = a.session AND v.business_id = c.business_id;

DROP TABLE attempts;
ALTER TABLE new_attempts RENAME TO attempts;
CREATE INDEX attempts_of_connection ON attempts (connection_id, number);
CREATE INDEX attempts_of_visit ON attempts (visit_id);

-- A duplicate that shows to one session, and who was given a connector file, named the session by the base64 of its token's
-- hash (SQLite reads none: four letters at a time). From here on they name its visit; a session that is gone names none, and
-- its connector file still goes round.
CREATE TABLE named_sessions AS
WITH RECURSIVE
    kept (connection_id, place, letters) AS (
        SELECT connection_id, 'duplicate_for', replace(duplicate_for, '=', 'A')
        FROM company_bindings WHERE duplicate_for IS NOT NULL
        UNION ALL
        SELECT connection_id, 'requester', replace(service_data ->> '$.requester.session', '=', 'A')
        FROM company_bindings WHERE service_data ->> '$.requester.session' IS NOT NULL
        UNION ALL
        SELECT connection_id, 'asker', replace(service_data ->> '$.asker.session', '=', 'A')
        FROM company_bindings WHERE service_data ->> '$.asker.session' IS NOT NULL
    ),
    decoded (connection_id, place, letters, digits) AS (
        SELECT connection_id, place, letters, '' FROM kept
        UNION ALL
        SELECT connection_id, place, substr(letters, 5), digits || printf('%06X',
            (instr('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', substr(letters, 1, 1)) - 1) * 262144
            + (instr('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', substr(letters, 2, 1)) - 1) * 4096
            + (instr('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', substr(letters, 3, 1)) - 1) * 64
            + (instr('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', substr(letters, 4, 1)) - 1))
        FROM decoded WHERE letters <> ''
    )
SELECT d.connection_id, d.place, v.visit_id
FROM decoded d
JOIN connections c ON c.id = d.connection_id
LEFT JOIN visit_of_session v ON v.token = unhex(substr(d.digits, 1, 64)) AND v.business_id = c.business_id
WHERE d.letters = '';

UPDATE company_bindings SET duplicate_for = (
    SELECT visit_id FROM named_sessions n
    WHERE n.connection_id = company_bindings.connection_id AND n.place = 'duplicate_for'
)
WHERE duplicate_for IS NOT NULL;

UPDATE company_bindings SET service_data = json_set(
    json_remove(service_data, '$.' || n.place || '.session'), '$.' || n.place || '.visit', coalesce(n.visit_id, 'VIS-gone')
)
FROM named_sessions n
WHERE n.connection_id = company_bindings.connection_id AND n.place IN ('requester', 'asker');

DROP TABLE named_sessions;
DROP TABLE visit_of_session;

-- What was answered to a request with an Idempotency-Key, sealed; nothing yet while the request is under way.
CREATE TABLE idempotent_requests (
    widget_id TEXT NOT NULL REFERENCES widgets (id) ON DELETE CASCADE,
    path TEXT NOT NULL,
    idempotency_key BLOB NOT NULL,
    body BLOB NOT NULL,
    answer BLOB,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (widget_id, path, idempotency_key)
) STRICT;

CREATE INDEX idempotent_requests_by_end ON idempotent_requests (expires_at);
