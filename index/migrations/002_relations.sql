-- What a clause says of a document that it cites: grounds, implements, amends, replaces, repeals, corrects.
-- Null for a mere mention, and for documents read before this column was there (`chidao ingest --reindex` reads again).

ALTER TABLE cross_references ADD COLUMN relation TEXT;
