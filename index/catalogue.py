"""What the passages of a generation belong to: the card index between engines, which know keys, and clauses.

It is read once when a generation is opened and held in memory, so that filters and facets see exactly the
documents that the engines see, whatever is written meanwhile.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from index.model import Filters
from index.words import Restriction
from ingest.text import fold, nfc


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """A document as filters see it; `key` is the store's."""

    key: int
    id: str
    type: str
    issuer: str | None
    date: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseRow:
    """A clause; `key` and `document` are the store's keys."""

    key: int
    document: int
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """Who must do something by when in a clause, given by its key."""

    clause: int
    agencies: tuple[str, ...]
    due: date | None


class Catalogue:
    """Documents, clauses and passages of one generation.

    Clauses are handled by their position here (`places`), which means nothing outside of one Catalogue.
    """

    def __init__(
        self,
        *,
        documents: Sequence[DocumentRow],
        clauses: Sequence[ClauseRow],
        passages: Sequence[tuple[int, int]],
        errands: Iterable[Errand],
    ) -> None:
        """`passages` holds (passage key, clause key), ascending by passage."""
        clause_place = {clause.key: place for place, clause in enumerate(clauses)}
        document_place = {document.key: place for place, document in enumerate(documents)}
        self._documents = documents
        self._clauses = clauses
        self._document_of = np.array([document_place[clause.document] for clause in clauses], dtype=np.int64)
        self._passages = np.array([passage for passage, _ in passages], dtype=np.int64)
        self._clause_of = np.array([clause_place[clause] for _, clause in passages], dtype=np.int64)
        self._errands: dict[int, list[Errand]] = {}
        for errand in errands:
            self._errands.setdefault(clause_place[errand.clause], []).append(errand)

    def __len__(self) -> int:
        """How many passages there are."""
        return len(self._passages)

    def places(self, passages: Sequence[int] | NDArray[np.int64]) -> NDArray[np.int64]:
        """The place of the clause that each passage belongs to."""
        found: NDArray[np.int64] = self._clause_of[np.searchsorted(self._passages, np.asarray(passages, np.int64))]
        return found

    def clause(self, place: int) -> tuple[str, str]:
        """Document id and clause path."""
        return self._documents[self._document_of[place]].id, self._clauses[place].path

    def restriction(self, filters: Filters) -> Restriction | None:
        """Where a search may look under these filters; None when they leave everything open.

        Type, issuer and agency are whole names, marks and case apart. Agency and due dates must be met by one
        and the same assignment of the clause.
        """
        if filters == Filters():
            return None
        documents = [place for place, document in enumerate(self._documents) if _document_passes(document, filters)]
        clauses = np.isin(self._document_of, documents)
        if filters.agency is not None or filters.due_from is not None or filters.due_to is not None:
            with_errand = [
                place
                for place, errands in self._errands.items()
                if any(_errand_passes(errand, filters) for errand in errands)
            ]
            clauses &= np.isin(np.arange(len(clauses)), with_errand)
            return Restriction(passages=self._passages[clauses[self._clause_of]])
        return Restriction(
            passages=self._passages[clauses[self._clause_of]],
            documents=tuple(self._documents[place].key for place in documents),
        )

    def facets(self, places: Iterable[int]) -> Mapping[str, Mapping[str, int]]:
        """How many of these clauses there are by type, issuer, year and agency, the most frequent first."""
        types: Counter[str] = Counter()
        issuers: Counter[str] = Counter()
        years: Counter[str] = Counter()
        agencies: Counter[str] = Counter()
        places = list(places)
        held, counts = np.unique(self._document_of[places], return_counts=True)
        for place, count in zip(held.tolist(), counts.tolist(), strict=True):
            document = self._documents[place]
            types[document.type] += count
            if document.issuer is not None:
                issuers[document.issuer] += count
            if document.date is not None:
                years[str(document.date.year)] += count
        for place in places:
            if errands := self._errands.get(place):
                agencies.update({name for errand in errands for name in errand.agencies})
        counted = {"type": types, "issuer": issuers, "year": years, "agency": agencies}
        return {
            facet: dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
            for facet, counts in counted.items()
        }


def _document_passes(document: DocumentRow, filters: Filters) -> bool:
    return (
        (filters.document is None or document.id == filters.document)
        and (filters.type is None or _key(document.type) == _key(filters.type))
        and (filters.issuer is None or _key(document.issuer or "") == _key(filters.issuer))
        and _between(document.date, filters.date_from, filters.date_to)
    )


def _errand_passes(errand: Errand, filters: Filters) -> bool:
    return (filters.agency is None or _key(filters.agency) in {_key(name) for name in errand.agencies}) and _between(
        errand.due, filters.due_from, filters.due_to
    )


def _between(day: date | None, first: date | None, last: date | None) -> bool:
    """Inclusive; a missing day lies between open ends only."""
    if first is None and last is None:
        return True
    return day is not None and (first is None or first <= day) and (last is None or day <= last)


def _key(text: str) -> str:
    return fold(nfc(text)).strip()
