-- The record's file. Statements stand apart by blank lines; verification compares them word for word.

CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID

CREATE TABLE events (
    seq INTEGER PRIMARY KEY CHECK (seq >= 1),
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    actor TEXT NOT NULL,
    commitment TEXT NOT NULL,
    publicity TEXT NOT NULL,
    retain_until TEXT,
    prev TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT

CREATE TABLE payloads (
    seq INTEGER PRIMARY KEY REFERENCES events (seq),
    salt BLOB NOT NULL,
    json TEXT NOT NULL
) STRICT

CREATE TRIGGER events_follow BEFORE INSERT ON events
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM events)
    OR NEW.prev IS NOT coalesce(
        (SELECT hash FROM events ORDER BY seq DESC LIMIT 1),
        (SELECT value FROM meta WHERE name = 'genesis')
    )
BEGIN SELECT RAISE(ABORT, 'an event must follow the last one'); END

CREATE TRIGGER events_stay BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'events are never changed'); END

CREATE TRIGGER events_remain BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END

CREATE TRIGGER payloads_follow BEFORE INSERT ON payloads
WHEN NEW.seq IS NOT (SELECT max(seq) FROM events) OR EXISTS (SELECT 1 FROM payloads WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'a payload comes with its event'); END

CREATE TRIGGER payloads_stay BEFORE UPDATE ON payloads
BEGIN SELECT RAISE(ABORT, 'payloads are never changed'); END

CREATE TRIGGER payloads_remain BEFORE DELETE ON payloads
WHEN (SELECT kind FROM events WHERE seq = OLD.seq) IS 'payload-erased'
    OR NOT EXISTS (
        SELECT 1 FROM events JOIN payloads USING (seq)
        WHERE events.seq > OLD.seq AND kind = 'payload-erased' AND json ->> '$.erased' IS OLD.seq
    )
BEGIN SELECT RAISE(ABORT, 'an erasure must be an event first'); END

CREATE TRIGGER meta_closed BEFORE INSERT ON meta
WHEN NEW.name NOT IN ('tender', 'genesis') OR EXISTS (SELECT 1 FROM meta WHERE name = NEW.name)
BEGIN SELECT RAISE(ABORT, 'meta is closed'); END

CREATE TRIGGER meta_stay BEFORE UPDATE ON meta
BEGIN SELECT RAISE(ABORT, 'meta is never changed'); END

CREATE TRIGGER meta_remain BEFORE DELETE ON meta
BEGIN SELECT RAISE(ABORT, 'meta is never deleted'); END
