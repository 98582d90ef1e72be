-- The audit: who did what, when, from where, to which business, with what outcome. Nothing here refers to another table, since
-- a line outlives what it is about. No line is ever changed, and none is deleted but by the sweep, which says so first
-- (`audit_sweeping`). `is_bounded` marks what strangers can bring about as often as they like: of that a number is kept, and
-- of everything the days that the operator says.

CREATE TABLE audit_events (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE DEFAULT (
        'AUD-' || lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-'
            || substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))
    ),
    occurred_at INTEGER NOT NULL,
    action TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('done', 'refused', 'failed', 'unanswered')),
    status INTEGER,
    actor TEXT NOT NULL,
    actor_id TEXT,
    widget_id TEXT,
    business_id TEXT,
    connection_id TEXT,
    subject TEXT,
    address TEXT,
    origin TEXT,
    detail TEXT,
    count INTEGER NOT NULL DEFAULT 1 CHECK (count > 0),
    is_bounded INTEGER NOT NULL DEFAULT 0 CHECK (is_bounded IN (0, 1))
) STRICT;

CREATE INDEX audit_events_of_widget ON audit_events (widget_id, number);
CREATE INDEX audit_events_of_business ON audit_events (business_id, number);
CREATE INDEX audit_events_by_time ON audit_events (occurred_at);
CREATE INDEX audit_events_bounded ON audit_events (number) WHERE is_bounded = 1;

CREATE TABLE audit_sweeping (
    one INTEGER PRIMARY KEY CHECK (one = 1)
) STRICT;

CREATE TRIGGER audit_never_changes BEFORE UPDATE ON audit_events
BEGIN
    SELECT RAISE(ABORT, 'the audit is only added to');
END;

CREATE TRIGGER audit_is_swept_alone BEFORE DELETE ON audit_events
WHEN NOT EXISTS (SELECT 1 FROM audit_sweeping)
BEGIN
    SELECT RAISE(ABORT, 'the audit is only added to');
END;

-- `INSERT OR REPLACE` deletes without asking the trigger above.
CREATE TRIGGER audit_never_replaces BEFORE INSERT ON audit_events
WHEN EXISTS (SELECT 1 FROM audit_events WHERE number = NEW.number OR id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'the audit is only added to');
END;

-- What becomes of a connection is written in the transaction of the change, whichever call, connector or chore made it.
CREATE TRIGGER audit_connection_added AFTER INSERT ON connections
WHEN NEW.standing = 'active'
BEGIN
    INSERT INTO audit_events
        (occurred_at, action, outcome, actor, actor_id, widget_id, business_id, connection_id, subject)
    SELECT NEW.authorised_at, 'connect', 'done', CASE v.strength WHEN 'minted' THEN 'mintedSession' WHEN 'open' THEN
        'openSession' ELSE 'server' END, v.id, b.widget_id, b.id, NEW.id, NEW.service
    FROM businesses b LEFT JOIN visits v ON v.id = NEW.signed_in_visit WHERE b.id = NEW.business_id;
END;

CREATE TRIGGER audit_connection_authorised AFTER UPDATE OF authorised_at, standing ON connections
WHEN NEW.standing = 'active' AND NEW.authorised_at IS NOT OLD.authorised_at
BEGIN
    INSERT INTO audit_events
        (occurred_at, action, outcome, actor, actor_id, widget_id, business_id, connection_id, subject)
    SELECT NEW.authorised_at, 'connect', 'done', CASE v.strength WHEN 'minted' THEN 'mintedSession' WHEN 'open' THEN
        'openSession' ELSE 'server' END, v.id, b.widget_id, b.id, NEW.id, NEW.service
    FROM businesses b LEFT JOIN visits v ON v.id = NEW.signed_in_visit WHERE b.id = NEW.business_id;
END;

-- What a back end asked for is the audit of its call.
CREATE TRIGGER audit_connection_ended AFTER UPDATE OF told_status ON connections
WHEN NEW.told_status <> OLD.told_status AND NEW.told_status IN ('expired', 'disconnected')
    AND NEW.disconnect_reason IS NOT 'disconnectedByCustomer'
BEGIN
    INSERT INTO audit_events
        (occurred_at, action, outcome, actor, widget_id, business_id, connection_id, subject, detail)
    SELECT coalesce(NEW.expires_at, CAST(unixepoch('subsec') * 1000 AS INTEGER)),
        CASE NEW.told_status WHEN 'expired' THEN 'expireConnection' ELSE 'disconnectConnection' END,
        'done', 'server', b.widget_id, b.id, NEW.id, NEW.service,
        CASE NEW.told_status WHEN 'expired' THEN 'the authorisation ran out'
            ELSE 'the service does not accept the authorisation any more' END
    FROM businesses b WHERE b.id = NEW.business_id;
END;
