-- Who tied a connection to its company, and since when: a visit of a page ('open') or of a back end ('minted'), or nobody, so
-- that the next sign-in brings one. NULL: it was tied before this was written down.
ALTER TABLE connections ADD COLUMN tied_by TEXT DEFAULT 'nobody' CHECK (tied_by IN ('nobody', 'open', 'minted'));
ALTER TABLE connections ADD COLUMN tied_at INTEGER;

UPDATE connections SET tied_by = NULL, tied_at = authorised_at WHERE standing <> 'unproven';

-- The visit that signed in, or typed the credentials, and so is offered the choice. NULL where credentials were typed before
-- this was written down.
ALTER TABLE pending_choices ADD COLUMN visit_id TEXT;

UPDATE pending_choices SET visit_id = (SELECT visit_id FROM attempts WHERE attempts.id = pending_choices.attempt_id);

-- The same of the connection that an event is about, at its time. All triggers that write events leave it to this one.
ALTER TABLE webhook_events ADD COLUMN tied_by TEXT;

CREATE TRIGGER webhook_event_of_connection AFTER INSERT ON webhook_events
WHEN NEW.connection_id IS NOT NULL
BEGIN
    UPDATE webhook_events SET tied_by = (SELECT tied_by FROM connections WHERE id = NEW.connection_id)
    WHERE number = NEW.number;
END;
