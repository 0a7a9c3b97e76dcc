-- The system of record. Everything a generation holds (words, vectors) can be rebuilt from these tables.
--
-- A row of `documents` is one revision of a document. It belongs to generation g when
--     published <= g AND (retired IS NULL OR retired > g);
-- published IS NULL means: read and stored, but not in any generation yet.
-- Columns named *_key hold folded text (lower case, no marks) to compare by. Dates are ISO 8601.
-- Lists of plain text are JSON arrays.

CREATE TABLE documents (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    published INTEGER,
    retired INTEGER,
    sha256 TEXT NOT NULL,
    path TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    number TEXT,
    number_key TEXT,
    title TEXT NOT NULL,
    date TEXT,
    place TEXT,
    type TEXT NOT NULL,
    type_key TEXT NOT NULL,
    issuer TEXT,
    issuer_key TEXT,
    signer TEXT,
    addressees TEXT NOT NULL,
    recipients TEXT NOT NULL,
    warnings TEXT NOT NULL,
    search_key TEXT NOT NULL,
    CHECK (retired IS NULL OR published < retired)
) STRICT;

CREATE UNIQUE INDEX documents_waiting ON documents (id) WHERE published IS NULL;
CREATE UNIQUE INDEX documents_live ON documents (id) WHERE published IS NOT NULL AND retired IS NULL;
CREATE INDEX documents_sha256 ON documents (sha256);
CREATE INDEX documents_number ON documents (number_key);

CREATE VIEW live AS SELECT * FROM documents WHERE published IS NOT NULL AND retired IS NULL;

-- What was read from the file: text with pages as [number, start, end].
CREATE TABLE sources (
    document INTEGER PRIMARY KEY REFERENCES documents (key) ON DELETE CASCADE,
    title TEXT,
    pages TEXT NOT NULL,
    warnings TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;

-- Documents to leave with the next generation.
CREATE TABLE departures (id TEXT PRIMARY KEY) STRICT;

CREATE TABLE clauses (
    key INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    path TEXT NOT NULL,
    label TEXT NOT NULL,
    heading TEXT,
    headings TEXT NOT NULL,
    parent TEXT,
    page INTEGER,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (document, path)
) STRICT;

CREATE TABLE assignments (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    document INTEGER NOT NULL,
    clause TEXT NOT NULL,
    position INTEGER NOT NULL,
    role TEXT NOT NULL,
    task TEXT NOT NULL,
    deadline TEXT,
    deadline_start INTEGER,
    deadline_end INTEGER,
    rule TEXT,
    due TEXT,
    bound TEXT,
    recurrence TEXT,
    search_key TEXT NOT NULL,
    UNIQUE (document, id),
    FOREIGN KEY (document, clause) REFERENCES clauses (document, path) ON DELETE CASCADE
) STRICT;

CREATE INDEX assignments_clause ON assignments (document, clause);
CREATE INDEX assignments_due ON assignments (due);

CREATE TABLE assignment_agencies (
    assignment INTEGER NOT NULL REFERENCES assignments (key) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    PRIMARY KEY (assignment, position)
) STRICT;

CREATE INDEX assignment_agencies_name ON assignment_agencies (name_key);

CREATE TABLE cross_references (
    key INTEGER PRIMARY KEY,
    document INTEGER NOT NULL,
    clause TEXT NOT NULL,
    position INTEGER NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    text TEXT NOT NULL,
    number TEXT NOT NULL,
    number_key TEXT NOT NULL,
    type TEXT,
    date TEXT,
    FOREIGN KEY (document, clause) REFERENCES clauses (document, path) ON DELETE CASCADE
) STRICT;

CREATE INDEX cross_references_document ON cross_references (document, clause);
CREATE INDEX cross_references_number ON cross_references (number_key);

-- Keys are never used twice: a generation is told by its passage keys from the one before.
CREATE TABLE passages (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL,
    clause TEXT NOT NULL,
    part INTEGER NOT NULL,
    text TEXT NOT NULL,
    context TEXT NOT NULL,
    digest BLOB NOT NULL,
    UNIQUE (document, clause, part),
    FOREIGN KEY (document, clause) REFERENCES clauses (document, path) ON DELETE CASCADE
) STRICT;

CREATE INDEX passages_digest ON passages (digest);

-- vector: float32, little-endian, one row of the encoder's output.
CREATE TABLE embeddings (
    encoder TEXT NOT NULL,
    digest BLOB NOT NULL,
    vector BLOB NOT NULL,
    PRIMARY KEY (digest, encoder)
) STRICT;

-- Where documents were read from. modified: nanoseconds; null when the file was written so shortly before it
-- was read that a second write could carry the same time. path is `upload:ID` for what came by upload.
CREATE TABLE files (
    path TEXT PRIMARY KEY,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    modified INTEGER,
    document TEXT NOT NULL
) STRICT;

CREATE INDEX files_document ON files (document);
CREATE INDEX files_sha256 ON files (sha256);

CREATE TABLE generations (
    number INTEGER PRIMARY KEY,
    encoder TEXT NOT NULL,
    dimensions INTEGER NOT NULL,
    passages INTEGER NOT NULL,
    created TEXT NOT NULL
) STRICT;
