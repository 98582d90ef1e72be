-- One table for the companies of all connections, one for all choices that are due, where there were two of each: ties and
-- choices of the OAuth services, and JSON (special_details) of the others. (There never was a 0004: numbers are given once.)

-- The company behind a connection, and what its service remembers beside it (JSON, nothing secret in the open).
-- `identity` is how the service tells the company apart: compared with the one before and with those of other businesses.
-- `variables` are the variable parts of the service's addresses (JSON). `duplicate_for` is the session (base64 of its
-- token's hash) whose last try met a company of another business. `version` counts the times the row was written.
CREATE TABLE company_bindings (
    connection_id TEXT PRIMARY KEY NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
    identity TEXT,
    company_id TEXT,
    entity TEXT,
    company_name TEXT,
    company_number TEXT,
    variables TEXT NOT NULL,
    missing_scopes TEXT NOT NULL,
    duplicate_for TEXT,
    service_data TEXT NOT NULL,
    version INTEGER NOT NULL,
    CHECK ((identity IS NULL) = (company_id IS NULL))
) STRICT;

-- Rows of connections that are gone are left out (they were left over where foreign keys had been off). Where both tables
-- had a row for one connection, the younger kind stands.
INSERT INTO company_bindings
SELECT connection_id, details ->> '$.company.account', details ->> '$.company.id', details ->> '$.company.entity',
    details ->> '$.company.name', details ->> '$.company.number', '{}', '[]', details ->> '$.duplicate_for',
    coalesce(nullif(json_remove(details -> '$.own', '$.waiting'), '{}'), 'null'), version
FROM special_details WHERE connection_id IN (SELECT id FROM connections);

INSERT INTO company_bindings
SELECT connection_id, company_id, company_id, NULL, company_name, company_number, place, missing_scopes, NULL, 'null', 1
FROM ties WHERE connection_id IN (SELECT id FROM connections)
    AND connection_id NOT IN (SELECT connection_id FROM company_bindings);

-- The companies (JSON) that there are to choose from, until one of them is chosen. `attempt_id` is the sign-in that found
-- them; credentials that a person typed wait here, sealed, in base64.
CREATE TABLE pending_choices (
    connection_id TEXT PRIMARY KEY NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
    attempt_id TEXT,
    sealed_credentials TEXT,
    companies TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    CHECK ((attempt_id IS NULL) <> (sealed_credentials IS NULL))
) STRICT;

INSERT INTO pending_choices
SELECT connection_id, NULL, details ->> '$.own.waiting.sealed', (
    SELECT json_group_array(json_object(
        'identity', (details ->> '$.own.waiting.company') || '|' || (entity ->> '$.id'),
        'id', details ->> '$.own.waiting.company', 'entity', entity ->> '$.id', 'name', entity ->> '$.label',
        'number', NULL, 'variables', json('{}')
    )) FROM (
        SELECT value AS entity FROM json_each(special_details.details, '$.own.waiting.entities') ORDER BY key
    )
), details ->> '$.own.waiting.until'
FROM special_details
WHERE details ->> '$.own.waiting.sealed' IS NOT NULL AND connection_id IN (SELECT id FROM connections);

INSERT INTO pending_choices
SELECT connection_id, attempt_id, NULL, (
    SELECT json_group_array(json_object(
        'identity', company ->> '$.id', 'id', company ->> '$.id', 'entity', NULL, 'name', company ->> '$.name',
        'number', company ->> '$.number', 'variables', json(coalesce(company -> '$.facts', '{}'))
    )) FROM (SELECT value AS company FROM json_each(choices.companies) ORDER BY key)
), expires_at
FROM choices WHERE connection_id IN (SELECT id FROM connections)
    AND connection_id NOT IN (SELECT connection_id FROM pending_choices);

DROP TABLE ties;
DROP TABLE choices;
DROP TABLE special_details;

-- Is it another business's? Which choices are over?
CREATE INDEX company_bindings_of_identity ON company_bindings (identity);
CREATE INDEX pending_choices_over ON pending_choices (expires_at);
