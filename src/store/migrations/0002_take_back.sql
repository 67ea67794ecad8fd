-- What an opened file brought, so that all of it can be taken back, and the omissions that a note had.

-- The visit as it was before the recording: its state, -1 where the recording made it, null where it is not known.
ALTER TABLE recordings ADD COLUMN state_before INTEGER;
ALTER TABLE recordings ADD COLUMN interrupted_before INTEGER NOT NULL DEFAULT 0;
-- Given for this recording alone.
ALTER TABLE recordings ADD COLUMN consent_id INTEGER REFERENCES consents (id);

-- Omissions belong to revisions as sentences do: one that was dismissed is known to have been there.
ALTER TABLE omissions ADD COLUMN from_revision INTEGER NOT NULL DEFAULT 0;
ALTER TABLE omissions ADD COLUMN to_revision INTEGER;
DROP INDEX omissions_by_visit;
CREATE UNIQUE INDEX current_omissions ON omissions (visit_id, id) WHERE to_revision IS NULL;
CREATE INDEX omissions_by_visit ON omissions (visit_id);
