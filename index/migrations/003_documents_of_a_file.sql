-- A file may hold several documents, each with a number of its own: a letter and the plan that it sends. `part` counts
-- them from 1 in the order of the file; a document that came by upload keeps its part of the file that was sent.

ALTER TABLE files RENAME TO files_of_one;

CREATE TABLE files (
    path TEXT NOT NULL,
    part INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    modified INTEGER,
    document TEXT NOT NULL,
    PRIMARY KEY (path, part)
) STRICT;

INSERT INTO files SELECT path, 1, sha256, size, modified, document FROM files_of_one;

DROP TABLE files_of_one;

CREATE INDEX files_document ON files (document);
CREATE INDEX files_sha256 ON files (sha256);
