-- Webhooks: the addresses of back ends, what happened, and each delivery of it.
--
-- What happens to a connection or a business is written down by triggers, in the transaction of the change itself, so that
-- no statement that changes one can forget it, a cascade included (docs/adr/0008-triggers-write-the-outbox.md). Dropping a
-- table drops its triggers: a migration that makes one anew makes its triggers anew.
--
-- Where a time is NULL the row did not tell it: the server fills it in by its own clock when it looks for what is new.

CREATE TABLE webhooks (
    id TEXT PRIMARY KEY NOT NULL,
    widget_id TEXT NOT NULL REFERENCES widgets (id) ON DELETE CASCADE,
    url TEXT NOT NULL,
    description TEXT NOT NULL,
    events TEXT NOT NULL,
    secret BLOB NOT NULL,
    older_secret BLOB,
    older_secret_until INTEGER,
    created_at INTEGER NOT NULL,
    CHECK ((older_secret IS NULL) = (older_secret_until IS NULL))
) STRICT;

CREATE INDEX webhooks_of_widget ON webhooks (widget_id);

CREATE TABLE webhook_events (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE DEFAULT (
        'EVT-' || lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-'
            || substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))
    ),
    widget_id TEXT NOT NULL REFERENCES widgets (id) ON DELETE CASCADE,
    event TEXT NOT NULL CHECK (event IN ('login', 'auth', 'connectionStatus', 'connectionRemoved', 'businessRemoved')),
    business_id TEXT NOT NULL,
    business_name TEXT NOT NULL,
    connection_id TEXT,
    service TEXT,
    is_mock_data INTEGER NOT NULL DEFAULT 0,
    account_id TEXT,
    entity_id TEXT,
    business_metadata TEXT,
    visit_metadata TEXT,
    connection_metadata TEXT,
    old_status TEXT,
    new_status TEXT,
    reason TEXT,
    occurred_at INTEGER
) STRICT;

CREATE INDEX webhook_events_of_widget ON webhook_events (widget_id);
CREATE INDEX webhook_events_by_time ON webhook_events (occurred_at);
CREATE INDEX webhook_events_without_time ON webhook_events (number) WHERE occurred_at IS NULL;

-- `subject` is what the deliveries of one webhook are in order of: a connection, or a business.
CREATE TABLE webhook_deliveries (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE DEFAULT (
        'DLV-' || lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-'
            || substr('89AB', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))
    ),
    webhook_id TEXT NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
    event_number INTEGER NOT NULL REFERENCES webhook_events (number) ON DELETE CASCADE,
    subject TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'failed')),
    tries INTEGER NOT NULL DEFAULT 0,
    queued_at INTEGER,
    due_at INTEGER,
    claimed_until INTEGER,
    tried_at INTEGER,
    result TEXT
) STRICT;

CREATE INDEX webhook_deliveries_of_webhook ON webhook_deliveries (webhook_id, number);
CREATE INDEX webhook_deliveries_of_event ON webhook_deliveries (event_number);
CREATE INDEX webhook_deliveries_in_order ON webhook_deliveries (webhook_id, subject, number) WHERE state = 'pending';
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (due_at) WHERE state = 'pending';
CREATE INDEX webhook_deliveries_claimed ON webhook_deliveries (webhook_id, claimed_until)
    WHERE state = 'pending' AND claimed_until IS NOT NULL;
CREATE INDEX webhook_deliveries_over ON webhook_deliveries (tried_at) WHERE state <> 'pending';
CREATE INDEX webhook_deliveries_without_time ON webhook_deliveries (number) WHERE queued_at IS NULL;

-- The status that webhooks last told. That time alone made a connection expire is written here by the sweep.
ALTER TABLE connections ADD COLUMN told_status TEXT NOT NULL DEFAULT 'pending'
    CHECK (told_status IN ('pending', 'active', 'disconnected', 'expired'));

UPDATE connections SET told_status = CASE standing WHEN 'unproven' THEN 'pending' ELSE standing END;

CREATE INDEX connections_told_active ON connections (expires_at) WHERE told_status = 'active';

-- What the events of a business, or of one connection alone, carry along. Visits are forgotten after a day, this is not.
CREATE TABLE webhook_metadata (
    business_id TEXT NOT NULL REFERENCES businesses (id) ON DELETE CASCADE,
    connection_id TEXT UNIQUE REFERENCES connections (id) ON DELETE CASCADE,
    metadata TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX webhook_metadata_of_business ON webhook_metadata (business_id) WHERE connection_id IS NULL;
CREATE INDEX webhook_metadata_by_business ON webhook_metadata (business_id);

-- A connection as its events tell of it; nothing of widgets that have no webhook, or that are being deleted.
CREATE VIEW webhook_connections AS
SELECT b.widget_id, b.id AS business_id, b.name AS business_name, c.id AS connection_id, c.service,
    c.channel = 'mock' AS is_mock_data, d.company_id AS account_id, d.entity AS entity_id, c.standing,
    b.metadata AS business_metadata,
    (SELECT metadata FROM webhook_metadata m WHERE m.business_id = b.id AND m.connection_id IS NULL) AS visit_metadata,
    (SELECT metadata FROM webhook_metadata m WHERE m.connection_id = c.id) AS connection_metadata
FROM connections c
JOIN businesses b ON b.id = c.business_id
JOIN widgets w ON w.id = b.widget_id
LEFT JOIN company_bindings d ON d.connection_id = c.id
WHERE EXISTS (SELECT 1 FROM webhooks WHERE webhooks.widget_id = b.widget_id);

CREATE TRIGGER webhook_event_recorded AFTER INSERT ON webhook_events
BEGIN
    INSERT INTO webhook_deliveries (webhook_id, event_number, subject)
    SELECT w.id, NEW.number, coalesce(NEW.connection_id, NEW.business_id)
    FROM webhooks w
    WHERE w.widget_id = NEW.widget_id AND instr(' ' || w.events || ' ', ' ' || NEW.event || ' ') > 0;
END;

-- A back end speaks for its business: what it last said goes with all that happens to it.
CREATE TRIGGER visit_begun AFTER INSERT ON visits
WHEN NEW.strength = 'minted' AND NEW.metadata IS NOT NULL
BEGIN
    INSERT INTO webhook_metadata (business_id, metadata) VALUES (NEW.business_id, NEW.metadata)
    ON CONFLICT (business_id) WHERE connection_id IS NULL DO UPDATE SET metadata = excluded.metadata;
END;

CREATE TRIGGER visit_changed AFTER UPDATE OF metadata ON visits
WHEN NEW.strength = 'minted' AND NEW.metadata IS NOT NULL
BEGIN
    INSERT INTO webhook_metadata (business_id, metadata) VALUES (NEW.business_id, NEW.metadata)
    ON CONFLICT (business_id) WHERE connection_id IS NULL DO UPDATE SET metadata = excluded.metadata;
END;

CREATE TRIGGER attempt_at_provider AFTER UPDATE OF stage ON attempts
WHEN NEW.stage = 'at_provider' AND OLD.stage <> 'at_provider'
BEGIN
    INSERT INTO webhook_events
        (event, widget_id, business_id, business_name, connection_id, service, is_mock_data, account_id, entity_id,
         business_metadata, visit_metadata, connection_metadata)
    SELECT 'login', widget_id, business_id, business_name, connection_id, service, is_mock_data, account_id, entity_id,
        business_metadata, visit_metadata, connection_metadata
    FROM webhook_connections WHERE connection_id = NEW.connection_id;
END;

CREATE TRIGGER connection_added AFTER INSERT ON connections
WHEN NEW.standing <> 'unproven'
BEGIN
    INSERT INTO webhook_events
        (event, widget_id, business_id, business_name, connection_id, service, is_mock_data, account_id, entity_id,
         business_metadata, visit_metadata, connection_metadata, occurred_at)
    SELECT 'auth', widget_id, business_id, business_name, connection_id, service, is_mock_data, account_id, entity_id,
        business_metadata, visit_metadata, connection_metadata, NEW.authorised_at
    FROM webhook_connections WHERE connection_id = NEW.id AND NEW.standing = 'active';

    UPDATE connections SET told_status = NEW.standing WHERE id = NEW.id;
END;

-- An authorisation that stands longer after its expiry was told is active again; one that was shortened is the sweep's.
--
-- What a page says (an open visit) goes with the connections alone that somebody signed in to in that visit.
CREATE TRIGGER connection_changed AFTER UPDATE OF standing, authorised_at, expires_at ON connections
BEGIN
    DELETE FROM webhook_metadata
    WHERE connection_id = NEW.id AND NEW.standing = 'active' AND NEW.authorised_at IS NOT OLD.authorised_at;

    INSERT INTO webhook_metadata (business_id, connection_id, metadata)
    SELECT NEW.business_id, NEW.id, v.metadata
    FROM visits v
    WHERE v.id = NEW.signed_in_visit AND v.strength = 'open' AND v.metadata IS NOT NULL
      AND NEW.standing = 'active' AND NEW.authorised_at IS NOT OLD.authorised_at;

    INSERT INTO webhook_events
        (event, widget_id, business_id, business_name, connection_id, service, is_mock_data, account_id, entity_id,
         business_metadata, visit_metadata, connection_metadata, occurred_at)
    SELECT 'auth', widget_id, business_id, business_name, connection_id, service, is_mock_data, account_id, entity_id,
        business_metadata, visit_metadata, connection_metadata, NEW.authorised_at
    FROM webhook_connections
    WHERE connection_id = NEW.id AND NEW.standing = 'active' AND NEW.authorised_at IS NOT OLD.authorised_at;

    UPDATE connections SET told_status = CASE NEW.standing WHEN 'unproven' THEN 'pending' ELSE NEW.standing END
    WHERE id = NEW.id AND (NEW.standing <> OLD.standing OR NEW.authorised_at IS NOT OLD.authorised_at
        OR NEW.expires_at > OLD.expires_at);
END;

CREATE TRIGGER connection_status_changed AFTER UPDATE OF told_status ON connections
WHEN NEW.told_status <> OLD.told_status
BEGIN
    INSERT INTO webhook_events
        (event, widget_id, business_id, business_name, connection_id, service, is_mock_data, account_id, entity_id,
         business_metadata, visit_metadata, connection_metadata, old_status, new_status, reason, occurred_at)
    SELECT 'connectionStatus', widget_id, business_id, business_name, connection_id, service, is_mock_data, account_id,
        entity_id, business_metadata, visit_metadata, connection_metadata, OLD.told_status, NEW.told_status,
        CASE NEW.told_status WHEN 'disconnected' THEN coalesce(NEW.disconnect_reason, 'authorizationRevoked')
            WHEN 'expired' THEN 'reauthorizationRequired' END,
        CASE NEW.told_status WHEN 'active' THEN NEW.authorised_at WHEN 'pending' THEN NULL ELSE NEW.expires_at END
    FROM webhook_connections WHERE connection_id = NEW.id;
END;

CREATE TRIGGER connection_removed BEFORE DELETE ON connections
WHEN OLD.standing <> 'unproven'
BEGIN
    INSERT INTO webhook_events
        (event, widget_id, business_id, business_name, connection_id, service, is_mock_data, account_id, entity_id,
         business_metadata, visit_metadata, connection_metadata)
    SELECT 'connectionRemoved', widget_id, business_id, business_name, connection_id, service, is_mock_data, account_id,
        entity_id, business_metadata, visit_metadata, connection_metadata
    FROM webhook_connections WHERE connection_id = OLD.id;
END;

-- Its connections first, which know their business's name no more once it is gone.
CREATE TRIGGER business_removed BEFORE DELETE ON businesses
BEGIN
    INSERT INTO webhook_events
        (event, widget_id, business_id, business_name, connection_id, service, is_mock_data, account_id, entity_id,
         business_metadata, visit_metadata, connection_metadata)
    SELECT 'connectionRemoved', widget_id, business_id, business_name, connection_id, service, is_mock_data, account_id,
        entity_id, business_metadata, visit_metadata, connection_metadata
    FROM webhook_connections WHERE business_id = OLD.id AND standing <> 'unproven' ORDER BY connection_id;

    INSERT INTO webhook_events (event, widget_id, business_id, business_name, business_metadata, visit_metadata)
    SELECT 'businessRemoved', w.id, OLD.id, OLD.name, OLD.metadata,
        (SELECT metadata FROM webhook_metadata m WHERE m.business_id = OLD.id AND m.connection_id IS NULL)
    FROM widgets w
    WHERE w.id = OLD.widget_id AND EXISTS (SELECT 1 FROM webhooks WHERE webhooks.widget_id = w.id);
END;
