"""Who is told to do what: the orders and requests of a document, each tied to its clause."""

from ingest.assignments.reader import find

__all__ = ["find"]
