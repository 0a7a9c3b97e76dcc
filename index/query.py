"""What a question says: its language, the bodies, documents and days it names, and the terms to search for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from index import period, topics
from index.lexicon import ENGLISH_STOP_WORDS, Lexicon
from index.model import Language, Query, Term
from index.restore import HALF_MARKED, Restorer
from index.words import numbers
from ingest import number
from ingest.agencies import Register
from ingest.text import fold, has_marks, nfc, squeeze, syllables

# Words that ask, link or point: they say nothing about the subject. Marked and unmarked, one list each.
QUESTION_WORDS = frozenset(
    [
        "ai",
        "bao",
        "bằng",
        "bị",
        "bởi",
        "các",
        "cái",
        "cần",
        "chiếc",
        "cho",
        "có",
        "còn",
        "của",
        "cùng",
        "cũng",
        "đã",
        "đang",
        "đâu",
        "đây",
        "đấy",
        "để",
        "đều",
        "đến",
        "được",
        "do",
        "gì",
        "giờ",
        "hãy",
        "hay",
        "hoặc",
        "hơn",
        "hỏi",
        "khi",
        "không",
        "kể",
        "là",
        "lại",
        "làm",
        "lúc",
        "mà",
        "mấy",
        "mỗi",
        "một",
        "nào",
        "này",
        "nêu",
        "nếu",
        "nên",
        "nhiêu",
        "như",
        "những",
        "nữa",
        "ở",
        "phải",
        "qua",
        "ra",
        "rằng",
        "rất",
        "rõ",
        "sao",
        "sau",
        "sẽ",
        "tại",
        "thế",
        "theo",
        "thì",
        "trên",
        "trong",
        "trước",
        "từ",
        "từng",
        "và",
        "vào",
        "vậy",
        "về",
        "vì",
        "việc",
        "với",
        "vừa",
        "xin",
        "thuộc",
    ]
)
_FOLDED_QUESTION_WORDS = frozenset(map(fold, QUESTION_WORDS)) - {
    # without marks these stand for words of substance just as often
    "can", "chiec", "con", "dau", "day", "do", "ke", "lai", "may", "moi", "neu", "ra", "sau", "viec",
}  # fmt: skip
_QUESTION_WEIGHT = 0.1
# A term of the Vietnamese name of a body that an English question names; most of them the lexicon has already.
_NAME_WEIGHT = 0.3

# The shapes of a Vietnamese syllable without marks: onset, vowels, coda. English words seldom have them all.
_SYLLABLE = re.compile(
    r"""(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdghklmnprstvx])?
        (?:oai|oay|uay|uoi|uou|ieu|yeu|uye|oeo|uya|ia|ie|iu|ai|ao|au|ay|eo|eu|oa|oe|oi|oo|ua|ue|ui|uo|uu|uy|ye|[aeiouy])
        (?:ng|nh|ch|[cmnpt])?""",
    re.VERBOSE,
)
_TYPED_NUMBER = re.compile(
    r"\b(?:ke hoach|thong bao|chi thi|quyet dinh|nghi quyet|nghi dinh|cong van|thong tu|cong dien|to trinh|bao cao"
    r"|chuong trinh|huong dan|plan|notice|directive|decision|resolution|decree|circular|official letter)"
    r"\s+(?:so\s+|no\.?\s+)?(\d{1,5})(?!\s*[/\d-])\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """Turns a question into a `Query`.

    `abbreviations` are written out for the search ("CCHC"); `restorer` is called when marks were left out.
    """

    register: Register
    lexicon: Lexicon
    abbreviations: Mapping[str, str]
    restorer: Callable[[], Restorer]

    def __call__(self, text: str) -> Query:
        typed = squeeze(nfc(text))
        language = language_of(typed)
        text, restored = self._read(typed) if language == "vi" else self._read_english(typed)
        days = list(period.find(text))
        named = tuple(dict.fromkeys(mention.text for mention in self.register.find_in_question(text)))
        exact, folded = self._terms(text, restored, language, named)
        headings = [term for topic in topics.find(text) for term in topic.terms]
        return Query(
            text=text,
            language=language,
            exact=(*exact, *headings),
            folded=(*folded, *(Term(text=fold(term.text), weight=term.weight) for term in headings)),
            restored=restored,
            agencies=named,
            document_numbers=document_numbers(text),
            due_from=days[0].first if len(days) == 1 and not days[0].until else None,
            due_to=days[0].last if len(days) == 1 and not days[0].after else None,
        )

    def _read(self, typed: str) -> tuple[str, str | None]:
        """A Vietnamese question without its slips, and as it is read with its marks, if that is not what was typed."""
        if all(has_marks(word) and _is_syllable(word) for word in re.findall(r"[^\W\d_]{2,}", typed)):
            return typed, None
        restorer = self.restorer()
        spelled = restorer.respell(typed)
        read = restorer.restore(spelled)
        return spelled, read if read != typed else None

    def _read_english(self, typed: str) -> tuple[str, str | None]:
        spelled = self.lexicon.respell(typed)
        return spelled, spelled if spelled != typed else None

    def _terms(
        self, text: str, restored: str | None, language: Language, named: tuple[str, ...]
    ) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
        if language == "en":
            exact = self._translated(text, named)
            return exact, tuple(Term(text=fold(term.text), weight=term.weight) for term in exact)
        marked = restored or text
        codes = tuple(Term(text=number) for number in numbers(text))
        spelled = f"{marked} {' '.join(self._spelled_out(text))}"
        exact = (*_weighted(syllables(spelled), QUESTION_WORDS), *codes)
        if has_marks(marked):
            return exact, tuple(Term(text=fold(term.text), weight=term.weight) for term in exact)
        return exact, (*_weighted([fold(one) for one in syllables(spelled)], _FOLDED_QUESTION_WORDS), *codes)

    def _translated(self, text: str, named: tuple[str, ...]) -> tuple[Term, ...]:
        """Terms of the lexicon, and the Vietnamese names of the bodies that the question names in English."""
        weights = {term.text: term.weight for term in self.lexicon.translate(text)}
        for agency in filter(None, map(self.register.resolve, named)):
            for term in _pairs(syllables(agency.name)):
                weights[term] = max(weights.get(term, 0.0), _NAME_WEIGHT)
        return tuple(Term(text=term, weight=weight) for term, weight in weights.items())

    def _spelled_out(self, text: str) -> list[str]:
        words = set(re.findall(r"[^\W_]+", text.lower()))
        return [long for short, long in self.abbreviations.items() if short.lower() in words]


def _is_syllable(word: str) -> bool:
    """Whether a word has the shape of a syllable, its marks included: "được" has, "đuợc" and "chímh" have not."""
    return bool(_SYLLABLE.fullmatch(fold(word)) and not HALF_MARKED.search(word))


def _pairs(single: list[str]) -> list[str]:
    return [*single, *(f"{a}_{b}" for a, b in pairwise(single))]


def _weighted(single: list[str], stop: frozenset[str]) -> list[Term]:
    """Syllables and adjacent pairs; those that only ask weigh little, pairs of them nothing."""
    terms = [Term(text=s, weight=_QUESTION_WEIGHT if s in stop else 1.0) for s in dict.fromkeys(single)]
    pairs = [Term(text=f"{a}_{b}") for a, b in dict.fromkeys(pairwise(single)) if not (a in stop and b in stop)]
    return [*terms, *pairs]


def language_of(text: str) -> Language:
    """Vietnamese if words carry its marks, unless more words have shapes that it has not; the same without marks.

    Abbreviations decide nothing.

    >>> language_of("so tai chinh duoc giao gi va han khi nao")
    'vi'
    >>> language_of("What is the Department of Finance assigned and by when?")
    'en'
    """
    words = [word for word in re.findall(r"[^\W\d_]+", text) if not word.isupper()]
    marked = sum(map(has_marks, words))
    plain = [word.lower() for word in words if not has_marks(word)]
    foreign = sum(not _SYLLABLE.fullmatch(word) for word in plain)
    if marked:
        return "en" if foreign > marked else "vi"
    english = sum(word in ENGLISH_STOP_WORDS or not _SYLLABLE.fullmatch(word) for word in plain)
    return "en" if english * 2 > len(plain) else "vi"


def document_numbers(text: str) -> tuple[str, ...]:
    """Numbers as printed ("441/TB-VP"), or the serial alone after a type ("Kế hoạch 214")."""
    whole = [str(found) for _, _, found in number.find(text)]
    serials = [found[1] for found in _TYPED_NUMBER.finditer(fold(text))]
    return tuple(dict.fromkeys([*whole, *serials]))
