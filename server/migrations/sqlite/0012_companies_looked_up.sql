-- What the service tells of a company when it is looked up with the token: nothing for those connected before.
ALTER TABLE company_bindings ADD COLUMN legal_name TEXT;
ALTER TABLE company_bindings ADD COLUMN country TEXT;
ALTER TABLE company_bindings ADD COLUMN currency TEXT;
ALTER TABLE company_bindings ADD COLUMN fiscal_year_start_month INTEGER
    CHECK (fiscal_year_start_month BETWEEN 1 AND 12);
-- When a sign-in last took the place of an older one at a service that tells no company, in milliseconds since 1970.
ALTER TABLE company_bindings ADD COLUMN replaced_at INTEGER;

-- Whether the widget that began an attempt shows a choice of companies wherever a sign-in opens several.
ALTER TABLE attempts ADD COLUMN can_choose INTEGER NOT NULL DEFAULT 0 CHECK (can_choose IN (0, 1));

-- The name as names are compared, so that those that look alike are one; filled by the server when it opens the file.
ALTER TABLE businesses ADD COLUMN folded_name TEXT;
CREATE INDEX businesses_by_folded_name ON businesses (widget_id, folded_name);
CREATE INDEX businesses_not_folded ON businesses (id) WHERE folded_name IS NULL;
