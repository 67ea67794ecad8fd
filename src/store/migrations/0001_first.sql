-- The first schema. Times named _at_ms are epoch milliseconds; other _ms are milliseconds in the visit's audio.
-- Character offsets are UTF-8 byte offsets into the segment's text. Enums are the numbers of src/domain.

PRAGMA application_id = 0x43485254;

CREATE TABLE practice (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    demo INTEGER NOT NULL,
    created_at_ms REAL NOT NULL
) STRICT;

CREATE TABLE patients (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    age_years INTEGER NOT NULL,
    sex INTEGER NOT NULL CHECK (sex BETWEEN 0 AND 2),
    pronouns INTEGER NOT NULL CHECK (pronouns BETWEEN 0 AND 3)
) STRICT, WITHOUT ROWID;

CREATE TABLE visits (
    id TEXT PRIMARY KEY NOT NULL,
    patient_id TEXT NOT NULL REFERENCES patients (id),
    reason TEXT NOT NULL,
    scheduled_at_ms REAL NOT NULL,
    state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 4),
    interrupted INTEGER NOT NULL DEFAULT 0,
    audio_ms REAL NOT NULL DEFAULT 0,
    saved_at_ms REAL NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX visits_by_time ON visits (scheduled_at_ms);
CREATE INDEX visits_by_patient ON visits (patient_id);

CREATE TABLE consents (
    id INTEGER PRIMARY KEY,
    visit_id TEXT NOT NULL REFERENCES visits (id) ON DELETE CASCADE,
    given_by TEXT NOT NULL,
    method TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    given_at_ms REAL NOT NULL
) STRICT;
CREATE INDEX consents_by_visit ON consents (visit_id);

-- The samples lie outside the database, in one encrypted file a recording. state: 0 open, 1 ended.
CREATE TABLE recordings (
    id TEXT PRIMARY KEY NOT NULL,
    visit_id TEXT NOT NULL REFERENCES visits (id) ON DELETE CASCADE,
    source INTEGER NOT NULL CHECK (source IN (0, 1)),
    sample_rate INTEGER NOT NULL CHECK (sample_rate > 0),
    start_ms REAL NOT NULL CHECK (start_ms >= 0),
    audio_ms REAL NOT NULL DEFAULT 0,
    state INTEGER NOT NULL DEFAULT 0 CHECK (state IN (0, 1)),
    started_at_ms REAL NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX recordings_by_visit ON recordings (visit_id, start_ms);

-- words: one packed little-endian record a word, see src/store/word_pack.h.
CREATE TABLE segments (
    visit_id TEXT NOT NULL REFERENCES visits (id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    position INTEGER NOT NULL,
    start_ms REAL NOT NULL,
    end_ms REAL NOT NULL,
    role INTEGER NOT NULL CHECK (role BETWEEN 0 AND 3),
    text TEXT NOT NULL,
    confidence REAL NOT NULL,
    words BLOB NOT NULL,
    PRIMARY KEY (visit_id, id)
) STRICT;
-- Finds the next position without reading every segment: an append stays as quick after an hour as at the start.
CREATE INDEX segments_by_position ON segments (visit_id, position);

CREATE TABLE marks (
    id INTEGER PRIMARY KEY,
    visit_id TEXT NOT NULL REFERENCES visits (id) ON DELETE CASCADE,
    at_ms REAL NOT NULL,
    label TEXT NOT NULL
) STRICT;
CREATE INDEX marks_by_visit ON marks (visit_id, at_ms);

-- Every save of a note is a revision. A section or sentence belongs to the revisions from from_revision up to but
-- not including to_revision; the current note is what has no to_revision. No section and no sentence is overwritten;
-- omissions have no revisions: there are only those of the newest note.
CREATE TABLE revisions (
    visit_id TEXT NOT NULL REFERENCES visits (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    saved_at_ms REAL NOT NULL,
    what_changed TEXT NOT NULL,
    PRIMARY KEY (visit_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE sections (
    key INTEGER PRIMARY KEY,
    visit_id TEXT NOT NULL REFERENCES visits (id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    title TEXT NOT NULL,
    position INTEGER NOT NULL,
    from_revision INTEGER NOT NULL,
    to_revision INTEGER
) STRICT;
CREATE UNIQUE INDEX current_sections ON sections (visit_id, id) WHERE to_revision IS NULL;
CREATE INDEX sections_by_visit ON sections (visit_id);

CREATE TABLE sentences (
    key INTEGER PRIMARY KEY,
    visit_id TEXT NOT NULL REFERENCES visits (id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    section_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    start_ms REAL NOT NULL,
    end_ms REAL NOT NULL,
    flag_count INTEGER NOT NULL,
    origin INTEGER NOT NULL CHECK (origin BETWEEN 0 AND 2),
    drafted_text TEXT NOT NULL,
    from_revision INTEGER NOT NULL,
    to_revision INTEGER
) STRICT;
CREATE UNIQUE INDEX current_sentences ON sentences (visit_id, id) WHERE to_revision IS NULL;
CREATE INDEX sentences_by_visit ON sentences (visit_id);

CREATE TABLE sentence_flags (
    sentence_key INTEGER NOT NULL REFERENCES sentences (key) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    flag TEXT NOT NULL,
    PRIMARY KEY (sentence_key, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE sentence_evidence (
    sentence_key INTEGER NOT NULL REFERENCES sentences (key) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    segment_id TEXT NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    PRIMARY KEY (sentence_key, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE omissions (
    key INTEGER PRIMARY KEY,
    visit_id TEXT NOT NULL REFERENCES visits (id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    position INTEGER NOT NULL,
    section_id TEXT NOT NULL,
    text TEXT NOT NULL,
    start_ms REAL NOT NULL,
    end_ms REAL NOT NULL,
    reason TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX omissions_by_visit ON omissions (visit_id, id);

CREATE TABLE omission_evidence (
    omission_key INTEGER NOT NULL REFERENCES omissions (key) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    segment_id TEXT NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    PRIMARY KEY (omission_key, position)
) STRICT, WITHOUT ROWID;

-- What happened, for the honest account of time given back. Outlives the visit, so it refers to it loosely, and
-- holds machine words and figures only.
CREATE TABLE events (
    id INTEGER PRIMARY KEY,
    at_ms REAL NOT NULL,
    kind TEXT NOT NULL,
    visit_id TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;
CREATE INDEX events_by_kind ON events (kind, at_ms);

CREATE TABLE preferences (
    name TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
