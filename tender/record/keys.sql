-- What version 2 of the record's file adds: which event an idempotency key belongs to, so that it is never written twice.

CREATE TABLE keys (
    seq INTEGER PRIMARY KEY REFERENCES events (seq),
    digest BLOB NOT NULL UNIQUE
) STRICT

CREATE TRIGGER keys_follow BEFORE INSERT ON keys
WHEN NEW.seq IS NOT (SELECT max(seq) FROM events)
    OR length(NEW.digest) IS NOT 32
    OR EXISTS (SELECT 1 FROM keys WHERE seq = NEW.seq OR digest = NEW.digest)
BEGIN SELECT RAISE(ABORT, 'a key comes with its event'); END

CREATE TRIGGER keys_stay BEFORE UPDATE ON keys
BEGIN SELECT RAISE(ABORT, 'keys are never changed'); END

CREATE TRIGGER keys_remain BEFORE DELETE ON keys
BEGIN SELECT RAISE(ABORT, 'keys are never deleted'); END
