-- The company at the service that a connection stands for, and the variable parts of the service's addresses (JSON).
CREATE TABLE ties (
    connection_id TEXT PRIMARY KEY NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
    service TEXT NOT NULL,
    company_id TEXT,
    company_name TEXT,
    place TEXT NOT NULL
) STRICT;

CREATE INDEX ties_of_company ON ties (service, company_id);

-- The companies (JSON) that a sign-in found, until one of them is chosen.
CREATE TABLE choices (
    connection_id TEXT PRIMARY KEY NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
    attempt_id TEXT NOT NULL,
    companies TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

-- What was asked before the sign-in, such as the shop; and whether a refusal is told by the poll or by the status.
ALTER TABLE attempts ADD COLUMN answer TEXT;
ALTER TABLE attempts ADD COLUMN told TEXT NOT NULL DEFAULT 'poll' CHECK (told IN ('poll', 'status'));

-- How often it was taken for a refresh since it was written: more than once means that an answer may have been lost.
ALTER TABLE credentials ADD COLUMN claims INTEGER NOT NULL DEFAULT 0;
