"""A question becomes an answer whose every statement is quoted from a cited clause, or a refusal with its reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from api.answer import effects, places, sections, wording
from api.answer import evidence as weighing
from api.answer.case import Case
from api.answer.composing import Composer
from api.answer.coverage import needs
from api.answer.evidence import Evidence
from api.answer.model import Answer
from api.answer.question import BODY_UNITS, Asked, Slot, read
from api.answer.sources import Ledger, Searches, Store
from api.answer.verify import verified
from api.status import today
from index import period
from index.model import Filters, Query, StoredAssignment, StoredClause, Summary
from index.period import Period
from index.query import Understanding
from ingest.model import PREAMBLE, Clause
from ingest.text import fold

CANDIDATES = 60  # clauses that the search proposes
WEIGHED = 12  # of them, those whose bodies, days and figures are looked at
# Thresholds, found on the development questions (`make evaluate`): what share of a question's needs a clause must
# meet to answer it; how near to the best clause the first that holds the kind of thing asked for must come; and how
# near to that one others must come to be cited beside it, or listed.
ENOUGH = {"vi": 0.1, "en": 0.3}
OWN = 0.11  # what share of the needs that the document's title leaves open the words of the first clause must meet
ANNOUNCED = 1_200  # characters under a bare heading that are read as one answer with it
CONVINCING = 0.7
BESIDE = 0.85
LISTED = 0.6
DUTY = 0.6
_LIKELY = 0.3  # a translation of a counted noun this much less likely than the best one is another noun


# What may stand before the body that a question makes its subject: nothing, "khi nào", "when must the".
_SUBJECT = re.compile(r"|(?:khi nao|bao gio)(?: thi)?|.*\b(?:must|should|shall|will|does|do|is|are|has|have)(?: the)?")
_SIGNED = re.compile(r"(?<!chữ )(?<!đăng )\bký\b(?! kết)", re.IGNORECASE)
# The kinds of office that every registered body of a province or district has: an unknown one is unknown.
_SHORTENED = re.compile(r"\s[A-ZĐ]{2,}\b")  # "Chi cục HQ": an abbreviation that no list has
_NOT_OF_A_SECTION = frozenset((Slot.FIGURE, Slot.DUTIES, Slot.TASKS, Slot.REASON, Slot.DOCUMENTS))
_OFFICE = re.compile(r"(?:Sở|Phòng|Bộ|Cục|Chi cục|Department|Division|Ministry)\b", re.IGNORECASE)


class Answerer:
    """Answers questions over one knowledge base. Safe to use from several threads."""

    def __init__(
        self,
        *,
        store: Store,
        ledger: Ledger,
        search: Searches,
        understand: Understanding,
    ) -> None:
        self._store = store
        self._ledger = ledger
        self._search = search
        self._understand = understand
        self._register = understand.register
        self._lexicon = understand.lexicon
        self._composer = Composer(register=understand.register)

    def ask(
        self,
        question: str,
        *,
        limit: int = 8,
        as_of: date | None = None,
        filters: Filters = Filters(),  # noqa: B008 - frozen
    ) -> Answer:
        """Answer a question with at most `limit` citations, from the documents that the filters leave.

        `as_of` leaves out what was issued after that day, and is the day from which "tháng này" counts; without it
        that is today.
        """
        query = self._understand(question)
        asked = self._read(query, as_of or today())
        documents, missing = self._named_documents(query)
        if len(documents) == 1 and filters.document is None:
            filters = replace(filters, document=next(iter(documents)))
        search = self._search.refresh()
        case = Case(
            search=search,
            question=question,
            query=query,
            asked=asked,
            needs=needs(
                query,
                lexicon=self._lexicon,
                rarity=search.rarity,
                abbreviations=self._understand.abbreviations,
                subject=asked.subject,
                topics=asked.topics,
            ),
            filters=filters,
            limit=limit,
            documents=documents,
            as_of=as_of,
        )
        if missing:
            return self._composer.refusal(case, "unknown_document", (), numbers=missing[0])
        answer = verified(self._answer(case), self._store)
        notes = effects.notes(answer.citations, self._store, query.language, as_of)
        return replace(answer, answer="\n".join([answer.answer, *notes]))

    def _read(self, query: Query, day: date) -> Asked:
        """The question taken apart; what an English one counts, in Vietnamese."""
        asked = self._with_uncharged(read(query, day))
        if query.language != "en" or not asked.units or asked.units == BODY_UNITS:
            return asked
        terms = [term for unit in asked.units for term in self._lexicon.translate(unit)]
        best = max((term.weight for term in terms), default=0.0)
        likely = [fold(term.text).replace("_", " ") for term in terms if term.weight >= _LIKELY * best]
        return replace(asked, units=tuple(dict.fromkeys(likely)))

    def _with_uncharged(self, asked: Asked) -> Asked:
        """Bodies that no register knows and no document charges are part of what is asked about: "ban chỉ đạo ở xã"."""
        words = [
            name
            for name in asked.bodies
            if self._register.resolve(name) is None and not _OFFICE.match(name) and not self._ledger.names(name)
        ]
        if not words:
            return asked
        return replace(
            asked,
            bodies=tuple(name for name in asked.bodies if name not in words),
            subject=" ; ".join([asked.subject, *words]),
            general=False,
        )

    # --- routes ---

    def _answer(self, case: Case) -> Answer:
        slots = case.asked.slots
        by_day = Slot.DUTIES in slots and any(day.until for day in case.asked.days)  # "what must … do before …?"
        listed = (
            Slot.TASKS in slots or case.asked.counted or (case.asked.general and (by_day or Slot.DEADLINE in slots))
        )
        in_period = bool(case.asked.days) and listed
        if in_period and (due := self._due(case)):
            return self._composer.tasks(case, due)
        found = self._evidence(case)
        bodies = self._bodies(case)
        unknown = [name for name in bodies if not self._known(name, found)]
        if unknown:
            return self._composer.refusal(
                case, "unknown_agency", found, names=wording.joined(unknown, case.query.language)
            )
        if in_period and (case.asked.general or case.asked.counted):
            return self._nothing_due(case, found)
        if bodies and slots & {Slot.DUTIES, Slot.TASKS} and not slots & {Slot.FIGURE, Slot.REASON}:
            answer = self._duties(case, bodies, found)
            if answer is not None:
                return answer
        return self._section(case, found) or self._clauses(case, found)

    def _section(self, case: Case, found: Sequence[Evidence]) -> Answer | None:
        """The section under whose heading documents treat what is asked, in the document that fits best."""
        if not case.asked.topics or case.asked.slots & _NOT_OF_A_SECTION:
            return None
        fitting = next((one for one in found if one.around >= ENOUGH[case.query.language]), None)
        if fitting is None or not all(weighing.states(day, fitting.stored, (), ()) for day in case.asked.days):
            return None
        document = fitting.stored.document
        section = sections.find(self._store.clauses(document.id), case.asked.topics, case.needs.beyond(document.title))
        if section is None or len(section.spoken) > case.limit:
            return None
        heading = StoredClause(document=document, clause=section.heading)
        answering = replace(fitting, stored=heading, assignments=(), below=section.spoken)
        return self._composer.clauses(case, [answering])

    def _nothing_due(self, case: Case, found: Sequence[Evidence]) -> Answer:
        language = case.query.language
        bodies = self._composer.interpreted(case).agencies
        told = wording.nothing_due(wording.joined(bodies, language) if bodies else "", language)
        return replace(self._composer.refusal(case, "no_support", found), answer=told)

    def _due(self, case: Case) -> list[StoredAssignment]:
        """Assignments due in the period asked about, of the bodies asked about if any are named."""
        day = case.asked.days[0]
        bodies = self._bodies(case)
        found = self._ledger.of(
            [name for body in bodies for name in self._ledger.names(body)] if bodies else None,
            document=case.filters.document,
            due_from=None if day.until else day.first,
            due_to=None if day.after else day.last,
        )
        passing = [one for one in found if self._passes(case, one.document)]
        if case.asked.general or not case.needs.needs or not case.asked.counted:
            return passing
        met = {one.id: case.needs.met(f"{one.clause.text} ; {weighing.context(_held(one), [one])}") for one in passing}
        least = max(ENOUGH[case.query.language], DUTY * max(met.values(), default=0.0))
        return [one for one in passing if met[one.id] >= least]

    def _duties(self, case: Case, bodies: Sequence[str], found: Sequence[Evidence]) -> Answer | None:
        """What the ledger holds for the bodies asked about, all of it or what the question is about."""
        held = self._held_by(case, bodies)
        succeeded: tuple[str, ...] = ()
        if not held:  # a body answers for those whose work it took over, and the answer says so
            succeeded = tuple(former for name in bodies for former in self._former(name))
            held = self._held_by(case, succeeded)
        if not held:
            return self._composer.refusal(case, "no_support", found) if case.asked.general else None
        held = self._framed(case, held)
        leads = [one for one in held if one.assignment.role != "coordinate"] or held
        if not case.asked.general:
            met = {
                one.id: case.needs.met(f"{one.clause.text} ; {weighing.context(_held(one), [one])}") for one in leads
            }
            best = max(met.values())
            if best < ENOUGH[case.query.language]:
                return None
            kept = [one for one in leads if met[one.id] >= DUTY * best]
            leads = sorted(kept, key=lambda one: -met[one.id])
        leads = [one for one in leads if all(self._dated(day, one) for day in case.asked.days)] or (
            leads if not case.asked.days else []
        )
        if not leads:
            return None
        return self._composer.tasks(case, leads, name=self._official(bodies[0], leads, case), succeeded=succeeded)

    def _held_by(self, case: Case, bodies: Sequence[str]) -> list[StoredAssignment]:
        names = [other for name in bodies for other in self._ledger.names(name)]
        found = self._ledger.of(names, document=case.filters.document, by_due=False)
        return [one for one in found if self._passes(case, one.document)]

    def _former(self, name: str) -> list[str]:
        """The bodies that a registered one succeeded and that documents charge."""
        agency = self._register.resolve(name)
        former = self._register.predecessors(agency) if agency else ()
        return [one.name for one in former if self._ledger.names(one.name)]

    def _official(self, asked: str, held: Sequence[StoredAssignment], case: Case) -> str:
        """The body as its document prints it, beside the name that an English question gave it."""
        printed = next(
            (n for one in held for n in one.assignment.agencies if self._register.same_body(asked, n)), asked
        )
        printed = printed[:1].upper() + printed[1:]
        return f"{asked} ({printed})" if case.query.language == "en" and printed != asked else printed

    def _framed(self, case: Case, held: Sequence[StoredAssignment]) -> list[StoredAssignment]:
        """Those in the documents that the frame of the question describes best: "Theo kết luận hội nghị …, "."""
        documents = {one.document.id: one.document for one in held}
        if not case.asked.frame or len(documents) < 2:
            return list(held)
        about = needs(
            case.query,
            lexicon=self._understand.lexicon,
            rarity=case.search.rarity,
            abbreviations=self._understand.abbreviations,
            subject=case.asked.frame,
        )
        met = {id: about.met(self._described(document)) for id, document in documents.items()}
        return [one for one in held if met[one.document.id] >= BESIDE * max(met.values())]

    def _described(self, document: Summary) -> str:
        preamble = self._store.clause(document.id, PREAMBLE)
        parts = (document.type, document.issuer, document.title, preamble.clause.text if preamble else "")
        return " ; ".join(part for part in parts if part)

    def _clauses(self, case: Case, found: Sequence[Evidence]) -> Answer:
        """The clauses that speak of what is asked and hold the kind of thing asked for; or a refusal."""
        language = case.query.language
        enough = [one for one in found if one.around >= ENOUGH[language]]
        if not enough:
            return self._composer.refusal(case, "no_support", found)
        for day in case.asked.days:
            if not any(weighing.states(day, one.stored, one.assignments, one.below) for one in enough):
                named = wording.premise(case.query.text[day.start : day.end], language)
                return self._composer.refusal(case, "false_premise", found, premise=named)
        for number, month in case.asked.dates:
            if not any(weighing.names_date(number, month, one) for one in enough):
                named = wording.premise(f"{number}/{month}", language)
                return self._composer.refusal(case, "false_premise", found, premise=named)
        supporting = [one for one in enough if self._supports(case, one)]
        if supporting and supporting[0].own < OWN and not supporting[0].bodies:
            supporting = []  # all that it shares with the question is its document
        if not supporting or supporting[0].score < CONVINCING * found[0].score:
            return self._composer.refusal(case, "no_support", found)
        listed = Slot.DOCUMENTS in case.asked.slots
        least = (LISTED if listed else BESIDE) * supporting[0].score
        kept = [one for one in supporting if one.score >= least]
        return self._composer.clauses(case, kept[: case.limit] if listed else kept[: min(case.limit, 3)])

    # --- evidence ---

    def _evidence(self, case: Case) -> list[Evidence]:
        results = case.search.search(case.query, limit=CANDIDATES, filters=case.filters)
        scores = {(hit.document_id, hit.clause): hit.score for hit in results.hits}
        held = self._ledger.within(list(scores))
        reader = weighing.Reader(case.needs)
        found = [
            reader.about(stored, held.get(place, ()), scores[place], self._below(stored))
            for stored in self._store.clauses_at(list(scores))
            if stored.clause.text and not case.came_later(stored.document)
            for place in [(stored.document.id, stored.clause.path)]
        ]
        asked_places = places.named(case.query.text)
        weighed = [
            weighing.weigh(
                one,
                query=case.query,
                asked=case.asked,
                needs=case.needs,
                register=self._register,
                elsewhere=places.elsewhere(asked_places, one.stored.document),
            )
            for one in sorted(found, key=lambda one: -one.score)[:WEIGHED]
        ]
        return sorted(weighed, key=lambda one: -one.score)

    def _below(self, stored: StoredClause) -> Sequence[Clause]:
        """What a bare heading announces: the clauses directly below it, where they are short enough together."""
        clause = stored.clause
        if clause.heading != clause.text:
            return ()
        below = self._store.children(stored.document.id, clause.path)
        return below if sum(len(one.text) for one in below) <= ANNOUNCED else ()

    def _bodies(self, case: Case) -> list[str]:
        """The bodies named, those that only frame the question left out; groups only where documents charge them."""
        return [
            name
            for name in case.asked.bodies
            if (mention := next(iter(self._register.find_in_question(name)), None))
            and (not mention.group or self._ledger.names(name))
        ]

    def _charged(self, case: Case) -> list[str]:
        """The registered bodies that the question proper makes its subject: it asks about their work."""
        proper = fold(case.query.text[len(case.asked.frame) :])
        return [
            name
            for name in self._bodies(case)
            if self._register.resolve(name) and _SUBJECT.fullmatch(proper[: proper.find(fold(name))].strip())
        ]

    def _known(self, name: str, found: Sequence[Evidence]) -> bool:
        """Whether any document speaks of a body at all; a body that no register knows may go by other words."""
        registered = self._register.resolve(name)
        if registered is None and (not _OFFICE.match(name) or _SHORTENED.search(name)):
            return True
        official = fold(registered.name) if registered else fold(name)
        if any(official in fold(one.clause.text) for one in found):
            return True
        return any(name in one.bodies for one in found) or bool(self._ledger.names(name) or self._former(name))

    def _passes(self, case: Case, document: Summary) -> bool:
        """Whether a document is within the filters, the documents named, and the place asked about."""
        filters = case.filters
        if case.documents and document.id not in case.documents:
            return False
        if case.came_later(document) or (filters.date_to and document.date and document.date > filters.date_to):
            return False
        return not places.elsewhere(places.named(case.query.text), document)

    @staticmethod
    def _dated(day: Period, one: StoredAssignment) -> bool:
        return weighing.states(day, _held(one), [one])

    def _supports(self, case: Case, one: Evidence) -> bool:
        asked = case.asked
        # a reason, a mention, and whatever a question asks that names nothing but a body, is about that body
        about_bodies = asked.slots & {Slot.REASON, Slot.DOCUMENTS} or not case.needs.needs
        if about_bodies and any(name not in one.bodies for name in self._bodies(case)):
            return False
        if Slot.DEADLINE in asked.slots and any(name not in one.bodies for name in self._charged(case)):
            return False  # when a body must do a thing: the day of another body is no answer
        if not self._as_issued(case, one):
            return False
        if asked.slots >= {Slot.WHO, Slot.DUTIES} and not one.assignments:
            return False  # "which bodies are told to …": somebody is told
        known = fold(f"{one.text} ; {weighing.context(one.stored, one.assignments)}")
        if case.query.language == "vi" and any(fold(name) not in known for name in asked.names):
            return False
        if asked.kind and asked.kind not in known:
            return False
        if any(not re.search(rf"(?<![\d.,/])0?{count}(?![\d.,/]*\d|\w)", known) for count in asked.counts):
            return False
        return weighing.fills(asked, one.text, one.assignments, case.needs) and all(
            weighing.states(day, one.stored, one.assignments, one.below) for day in asked.days
        )

    @staticmethod
    def _as_issued(case: Case, one: Evidence) -> bool:
        """Whether a clause tells of a signature, or prints the day of the document named, where that is asked."""
        if case.asked.signer and not _SIGNED.search(one.text):
            return False
        if not case.asked.issued or not case.documents:
            return True
        return any(day.exact and day.first == one.stored.document.date for day in period.find(one.text))

    def _named_documents(self, query: Query) -> tuple[frozenset[str], list[str]]:
        """The documents named by number, and the numbers that no document here has or cites."""
        found: set[str] = set()
        missing = []
        for number in query.document_numbers:
            documents = self._store.find_number(number)
            found.update(document.id for document in documents)
            if not documents and not self._store.references_to(number):
                missing.append(number)
        return frozenset(found), missing


def _held(one: StoredAssignment) -> StoredClause:
    return StoredClause(document=one.document, clause=one.clause)
