"""What later documents did to those an answer cites: replaced, repealed, amended or corrected them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from api.answer import wording
from api.answer.citation import place
from api.answer.model import Citation
from api.answer.sources import Store
from index.model import Language
from ingest.model import Relation

_CHANGES: frozenset[Relation] = frozenset(("replaces", "repeals", "amends", "corrects"))


def notes(citations: Sequence[Citation], store: Store, language: Language, as_of: date | None) -> Iterator[str]:
    """A sentence for each change to a cited document that the corpus tells of, up to `as_of`."""
    for citation in _one_a_document(citations):
        told: set[tuple[str, Relation]] = set()
        for found in store.references_to(citation.document_number or ""):
            relation = found.reference.relation
            later = found.document
            if relation not in _CHANGES or later.id == citation.document_id or (later.id, relation) in told:
                continue
            earlier = later.date and citation.document_date and later.date < citation.document_date
            if earlier or (as_of and later.date and later.date > as_of):
                continue
            told.add((later.id, relation))
            by = f"{later.number or later.title} ({place(found.reference.clause)})"
            yield wording.changed(citation.document_number or "", relation, by, later.date, language)


def _one_a_document(citations: Iterable[Citation]) -> Iterable[Citation]:
    return {one.document_id: one for one in citations if one.document_number}.values()
