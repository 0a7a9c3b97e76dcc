"""A document by the name that a caller gives it."""

from __future__ import annotations

from api.library import Library
from api.problems import Refusal
from index.model import Entry


def entry(library: Library, id: str) -> Entry:
    """The document with this id. Refuses one that does not exist."""
    found = library.store.document(id)
    if found is None:
        raise Refusal("unknown-document", document=id)
    return found


def named(library: Library, name: str) -> str:
    """The id of the document that a person means: by its id, or by its number where only one has it."""
    if library.store.document(name) is not None:
        return name
    ids = [summary.id for summary in library.store.find_number(name)]
    if not ids:
        raise Refusal("unknown-document", document=name)
    if len(ids) > 1:
        raise Refusal("ambiguous-number", document=name, ids=", ".join(ids))
    return ids[0]
