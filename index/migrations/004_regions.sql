-- Where a clause is printed: [page, left, top, right, bottom], …, as shares of the page. Empty for formats without
-- pictures of pages, and for documents read before this column was there (`chidao ingest --reindex` reads again).
-- Pages of `sources` may hold a fourth value: the degrees by which their picture is turned clockwise.

ALTER TABLE clauses ADD COLUMN regions TEXT NOT NULL DEFAULT '[]';
