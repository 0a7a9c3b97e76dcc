"""The last look before an answer leaves: every statement stands word for word in a clause that it cites."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Protocol

from api.answer import wording
from api.answer.model import Answer, Citation
from index.model import StoredClause
from ingest.text import squeeze

_log = logging.getLogger(__name__)


class Clauses(Protocol):
    """Where cited clauses are looked up."""

    def clause(self, id: str, path: str) -> StoredClause | None: ...


def verified(answer: Answer, store: Clauses) -> Answer:
    """The answer itself, or a refusal where a quotation does not hold; that is an error of ours and is logged."""
    wrong = [problem for citation in answer.citations if (problem := _misquoted(citation, store))]
    for statement in answer.statements:
        cited = [answer.citations[i] for i in statement.citations if i < len(answer.citations)]
        if not any(squeeze(statement.text) in citation.quote for citation in cited):
            wrong.append(f"not in a cited clause: {statement.text!r}")
    wrong += [
        f"task not in its clause: {task.task!r}"
        for task in answer.assignments
        if squeeze(task.task) not in answer.citations[task.citation].quote
    ]
    if not wrong:
        return answer
    _log.error("refused to answer %r: %s", answer.question, "; ".join(wrong))
    return replace(
        answer,
        answerable=False,
        reason="no_support",
        answer=wording.refused("no_support", answer.language),
        statements=(),
        assignments=(),
        citations=(),
        nearest=answer.citations[:3],
    )


def _misquoted(citation: Citation, store: Clauses) -> str | None:
    stored = store.clause(citation.document_id, citation.clause)
    if stored is None:
        return f"no such clause: {citation.label}"
    if citation.quote not in squeeze(stored.clause.text):
        return f"not verbatim: {citation.label}"
    return None
