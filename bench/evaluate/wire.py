"""What callers of the API get, taken from an open library without a server between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from api import desk, ledger, schemas
from api.evaluate.gold import Gold
from api.evaluate.match import same_document
from api.library import Library

AS_OF = date(2026, 1, 1)
"""The day on which every question is asked, so that figures do not change with the calendar."""

_EVERYTHING = 1_000


def document(library: Library, gold: Gold) -> Mapping[str, Any]:
    """The document that gold describes, with its clauses. Raises LookupError when the library does not hold it."""
    listed = desk.documents(library, schemas.DocumentsRequest(limit=_EVERYTHING)).documents
    for summary in listed:
        if same_document(summary.model_dump(mode="json"), gold):
            return desk.document(library, summary.document_id).model_dump(mode="json")
    raise LookupError(f"the library holds nothing that is {gold.id} ({gold.file})")


def assignments(library: Library, document_id: str) -> Sequence[Mapping[str, Any]]:
    """The assignments of one document."""
    request = schemas.AssignmentsRequest(document=document_id, limit=_EVERYTHING)
    return [one.model_dump(mode="json") for one in ledger.assignments(library, request).assignments]
