-- Links to the page on which this server shows the widget itself. What the back end wants of the visit stands with the visit,
-- which begins with its link; of the code and of the browser that came first there are hashes. A link is over when its business
-- is connected, whichever visit, connector or call did that: it is written in the transaction of the change, and stays. Not by
-- what a page alone tied, which whoever knows the business's name can do, unless the link's own visit signed in to it.

CREATE TABLE hosted_links (
    id TEXT PRIMARY KEY NOT NULL,
    visit_id TEXT NOT NULL UNIQUE REFERENCES visits (id) ON DELETE CASCADE,
    code BLOB NOT NULL,
    browser BLOB,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER,
    connected_at INTEGER
) STRICT;

CREATE INDEX hosted_links_by_end ON hosted_links (expires_at);

CREATE TRIGGER hosted_link_connected_by_new AFTER INSERT ON connections
WHEN NEW.standing = 'active'
BEGIN
    UPDATE hosted_links SET connected_at = NEW.authorised_at
    WHERE connected_at IS NULL AND visit_id IN (SELECT id FROM visits WHERE business_id = NEW.business_id)
    AND (NEW.tied_by IS NOT 'open' OR visit_id = NEW.signed_in_visit);
END;

CREATE TRIGGER hosted_link_connected_by_change AFTER UPDATE OF authorised_at, standing ON connections
WHEN NEW.standing = 'active' AND (OLD.standing <> 'active' OR NEW.authorised_at IS NOT OLD.authorised_at)
BEGIN
    UPDATE hosted_links SET connected_at = NEW.authorised_at
    WHERE connected_at IS NULL AND visit_id IN (SELECT id FROM visits WHERE business_id = NEW.business_id)
    AND (NEW.tied_by IS NOT 'open' OR visit_id = NEW.signed_in_visit);
END;
