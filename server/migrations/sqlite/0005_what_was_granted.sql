-- What was asked for and not granted (a JSON list), and the company's number for people.
ALTER TABLE ties ADD COLUMN missing_scopes TEXT NOT NULL DEFAULT '[]';
ALTER TABLE ties ADD COLUMN company_number TEXT;

-- When the authorisation ends unless it is refreshed before, as far as the service says.
ALTER TABLE credentials ADD COLUMN lapses_at INTEGER;
