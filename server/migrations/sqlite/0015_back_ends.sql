-- Businesses that a back end made stay until it deletes them; those that a page made are forgotten where nobody connects
-- anything. `metadata` is the back end's own JSON, and NULL where it gave none.
ALTER TABLE businesses ADD COLUMN made_by TEXT NOT NULL DEFAULT 'widget' CHECK (made_by IN ('widget', 'back_end'));
ALTER TABLE businesses ADD COLUMN metadata TEXT;

-- Why a connection was cut off, where it was not the service that did.
ALTER TABLE connections ADD COLUMN disconnect_reason TEXT;

-- Until when the service accepts the access token, as far as it says; not known of those that were stored before.
ALTER TABLE credentials ADD COLUMN access_expires_at INTEGER;
