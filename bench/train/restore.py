"""Learns which marks Vietnamese syllables carry beside each other, for `index.restore`.

    python -m bench.train.restore --data ../shared/data --out index/weights/diacritics.npz

Counts words, pairs and triples of words in the statutes, the training questions, the Vietnamese sides of the
pairs and the names of bodies and places; smooths them by interpolated absolute discounting, single words by how
many different words they follow (Kneser & Ney 1995); and keeps the pairs and triples whose loss would cost the
text most (Seymore & Rosenfeld 1996). About four minutes and 3 GB; the same data gives the same bytes.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.train import data as corpus
from index.restore import EDGE, FIRST_WORD, MOST_COST, NUMBER, STEPS, UNKNOWN, Table, is_name, pieces
from ingest.agencies import Register
from ingest.text import fold, has_marks, old_tones

# How often a source counts: the closer to what officials ask and write, the more. Others count once.
WEIGHTS = {"questions": 20, "bodies": 20, "asked": 20, "songngu_news": 2, "evbcorpus": 2, "tatoeba": 2}
# Measured on 339 training questions and 1,480 sentences left out: discounts from .5 to .9 and questions counted 5
# to 50 times move the accuracy by at most .001, news and subtitles counted 5 times or twice the triples by .002.
DISCOUNT = 0.85
LEAST_COUNT = 3
# Three words of four carry marks. Lines of few are names of files ("Phu luc kem theo Thong tu") and English.
LEAST_MARKED = 0.25
LEAST_WORDS = 3
MOST_WORDS = 20_000
MOST_PAIRS = 600_000
MOST_TRIPLES = 1_500_000

# The provinces of before and after 1 July 2025: users ask about both.
PLACES = """
An Giang, Bà Rịa - Vũng Tàu, Bạc Liêu, Bắc Giang, Bắc Kạn, Bắc Ninh, Bến Tre, Bình Dương, Bình Định, Bình Phước,
Bình Thuận, Cà Mau, Cao Bằng, Cần Thơ, Đà Nẵng, Đắk Lắk, Đắk Nông, Điện Biên, Đồng Nai, Đồng Tháp, Gia Lai, Hà Giang,
Hà Nam, Hà Nội, Hà Tĩnh, Hải Dương, Hải Phòng, Hậu Giang, Hòa Bình, Hồ Chí Minh, Huế, Hưng Yên, Khánh Hòa, Kiên Giang,
Kon Tum, Lai Châu, Lạng Sơn, Lào Cai, Lâm Đồng, Long An, Nam Định, Nghệ An, Ninh Bình, Ninh Thuận, Phú Thọ, Phú Yên,
Quảng Bình, Quảng Nam, Quảng Ngãi, Quảng Ninh, Quảng Trị, Sóc Trăng, Sơn La, Tây Ninh, Thái Bình, Thái Nguyên,
Thanh Hóa, Thừa Thiên Huế, Thủ Đức, Tiền Giang, Trà Vinh, Tuyên Quang, Vĩnh Long, Vĩnh Phúc, Yên Bái
"""
FAMILIES = """
Nguyễn, Trần, Lê, Phạm, Hoàng, Huỳnh, Phan, Vũ, Võ, Đặng, Bùi, Đỗ, Hồ, Ngô, Dương, Lý, Đinh, Đoàn, Trương, Lương, Mai,
Trịnh, Tô, Hà, Đào, Cao, Lâm, Tạ, Phùng, Chu, Thái, Nông, Lò, Vi, Quách, Tống, Kiều, Vương, Hứa, Triệu
"""
SHORTS = """
CT, CTUB, DL, DTTG, GD&ĐT, GDĐT, GTCC, GTVT, KH&CN, KH&ĐT, KHCN, KHĐT, KTXD, LĐTBXH, NN&MT, NN&PTNT, NNMT, NNPTNT, NV,
QHKT, TC, TN&MT, TNMT, TP, TT&TT, TTTT, VH&TT, VHTT, VHTT&DL, VHTTDL, XD, YT
"""
# What is asked of directives, and seldom stands in statutes.
BODIES = "sở, bộ, ban, ngành, cơ quan, đơn vị, tổ chức, địa phương, tỉnh, thành phố, quận, huyện, xã, phường, ai"
MATTERS = """
việc, nhiệm vụ, nội dung, công việc, văn bản, kế hoạch, chỉ tiêu, chỉ số, giải pháp, biện pháp, lĩnh vực, trường hợp,
báo cáo, mục tiêu, đối tượng, nguồn, khoản, điều, điểm, mục, ngày, tháng, quý, năm, mức, hạn, sở, bộ, cơ quan, đơn vị
"""
ASKED_OF_BODIES = (
    "{} nào", "{} nào chủ trì", "{} nào phối hợp", "{} nào phải", "{} nào được giao", "do {} nào", "giao cho {} nào",
    "các {} phải làm những gì", "các {} được giao những việc gì", "{} chịu trách nhiệm", "hai {} nào",
)  # fmt: skip
ASKED_OF_MATTERS = (
    "{} nào", "những {} nào", "những {} gì", "các {} nào", "theo {} nào", "trong {} nào", "bao nhiêu {}", "mấy {}",
)  # fmt: skip
ASKED_OF_PLACES = ("{}", "ở {}", "tại {}", "của {}", "tỉnh {}", "UBND {}", "Sở {}", "lãnh đạo {}", "{} phải", "{} được")
ASKED_OF_SHORTS = ("Sở {}", "Sở {} phải", "các Sở {}", "Giám đốc Sở {}", "và Sở {}")
ASKED_OF_FAMILIES = ("ông {} Văn", "bà {} Thị", "đồng chí {}", "Phó Thủ tướng {}", "Chủ tịch {}", "Bộ trưởng {}")

# A capital speaks for a name, but no louder than this: p ≥ 1/150.
LEAST_CAPITAL = 1 / 150

Counts = NDArray[np.float64]
Ids = NDArray[np.int64]
_KINDS = {"edge": EDGE, "number": NUMBER, "code": UNKNOWN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """Running text as ids of words, EDGE between the sentences, and how often it counts."""

    ids: Ids
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """The words of a table, the most frequent first; how likely each has a capital; all text in them."""

    words: list[str]
    capital: Counts
    streams: list[Stream]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grams:
    """Words in a row with what they count. `keys`, ascending: 16 bits for each word, the last one lowest."""

    keys: Ids
    counts: Counts

    @property
    def last(self) -> Ids:
        return self.keys & 0xFFFF

    @property
    def tail(self) -> Ids:
        """The key without the first word."""
        return self.keys & 0xFFFFFFFF

    @property
    def before(self) -> Ids:
        return self.keys >> 16

    def chosen(self, kept: NDArray[Any]) -> Grams:
        return Grams(keys=self.keys[kept], counts=self.counts[kept])


def main() -> None:
    parser = argparse.ArgumentParser(description="Learn which marks Vietnamese syllables carry beside each other.")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args()
    text = encoded(texts(chosen.data))
    print(f"{len(text.words):,} words, {sum(len(stream.ids) for stream in text.streams):,} in a row", flush=True)
    learned(text).write(chosen.out)
    print(f"{chosen.out}: {chosen.out.stat().st_size:,} bytes")


def texts(data: Path) -> Iterator[tuple[str, list[str]]]:
    """(source, its Vietnamese texts): nothing that `dev/` measures with."""
    measured = corpus.measured(data)
    yield "articles", [article.passage for article in corpus.articles(data)]
    for name, pairs in corpus.sources(data):
        yield name, [pair.right for pair in pairs if not {pair.left.lower(), pair.right.lower()} & measured]
    yield "questions", [question.text for question in corpus.questions(data, "train")]
    yield "bodies", [pair.right for pair in corpus.glossary(data)] + [a.name for a in Register.load().agencies]
    yield "asked", list(asked())


def asked() -> Iterator[str]:
    """Phrases of questions about directives, and the names that stand in them."""
    for shapes, names in (
        (ASKED_OF_BODIES, BODIES),
        (ASKED_OF_MATTERS, MATTERS),
        (ASKED_OF_PLACES, PLACES),
        (ASKED_OF_FAMILIES, FAMILIES),
        (ASKED_OF_SHORTS, SHORTS),
        (ASKED_OF_SHORTS, fold(SHORTS)),
    ):
        for name in names.replace("\n", " ").split(", "):
            yield from (shape.format(name.strip()) for shape in shapes)


def encoded(named: Iterable[tuple[str, list[str]]]) -> Text:
    """All text as ids, a stream for each weight."""
    seen: dict[str, int] = {}
    names: Counter[int] = Counter()
    numbered: dict[int, list[Ids]] = {}
    for name, source in named:
        row, weight = [EDGE], WEIGHTS.get(name, 1)
        for text in source:
            for line in old_tones(text).splitlines():
                row.extend(_numbered(line, seen, names, weight))
                row.append(EDGE)
        numbered.setdefault(weight, []).append(np.array(row, dtype=np.int64))
    streams = [Stream(ids=np.concatenate(rows), weight=weight) for weight, rows in sorted(numbered.items())]
    words = ["", "", "", *seen]
    counts = np.zeros(len(words))
    for stream in streams:
        counts += stream.weight * np.bincount(stream.ids, minlength=len(words))
    fit = [id for id in range(FIRST_WORD, len(words)) if counts[id] >= LEAST_COUNT and _same_length(words[id])]
    fit = [*range(FIRST_WORD), *sorted(fit, key=lambda id: (-counts[id], words[id]))[:MOST_WORDS]]
    new = np.full(len(words), UNKNOWN, dtype=np.int64)
    new[fit] = np.arange(len(fit))
    return Text(
        words=[words[id] for id in fit],
        capital=np.array([max((names[id] + 0.1) / (counts[id] + 1), LEAST_CAPITAL) for id in fit]),
        streams=[Stream(ids=new[stream.ids], weight=stream.weight) for stream in streams],
    )


def _numbered(line: str, seen: dict[str, int], names: Counter[int], weight: int) -> Iterator[int]:
    found = list(pieces(line))
    words = [line[start:end] for kind, start, end in found if kind == "word"]
    if len(words) >= LEAST_WORDS and sum(map(has_marks, words)) < LEAST_MARKED * len(words):
        return
    for at, (kind, start, end) in enumerate(found):
        if kind == "word":
            id = seen.setdefault(line[start:end].lower(), FIRST_WORD + len(seen))
            names[id] += weight * is_name(line, found, at)
            yield id
        else:
            yield _KINDS[kind]


def _same_length(word: str) -> bool:
    return len(fold(word)) == len(word)


def learned(text: Text) -> Table:
    """The table that goes into the file."""
    size = len(text.words)
    pairs, triples = counted(text.streams, 2), counted(text.streams, 3)
    # How likely a word is by itself: as many different words as it follows.
    follows = np.bincount(pairs.last, minlength=size) + 0.05
    single = follows / follows.sum()
    pair_totals = _totals(pairs.counts, pairs.before, size)
    share, rest = _discounted(pairs.counts, pairs.before, pair_totals)
    backed = rest[pairs.before] * single[pairs.last]
    chance = share + backed
    pair_loss = pairs.counts * np.log(chance / backed)

    contexts, context = np.unique(triples.before, return_inverse=True)
    triple_totals = _totals(triples.counts, context, len(contexts))
    share, rest = _discounted(triples.counts, context, triple_totals)
    backed = rest[context] * chance[np.searchsorted(pairs.keys, triples.tail)]
    triple_loss = triples.counts * np.log((share + backed) / backed)

    kept = triples.chosen(_dearest(triple_loss, MOST_TRIPLES))
    held = pairs.chosen(np.union1d(_dearest(pair_loss, MOST_PAIRS), np.searchsorted(pairs.keys, kept.before)))
    share, pair_rest = _discounted(held.counts, held.before, pair_totals)
    pair_chance = share + pair_rest[held.before] * single[held.last]

    totals = np.ones(len(held.keys))
    still = np.isin(contexts, held.keys)
    totals[np.searchsorted(held.keys, contexts[still])] = triple_totals[still]
    context = np.searchsorted(held.keys, kept.before)
    share, triple_rest = _discounted(kept.counts, context, totals)
    at = np.minimum(np.searchsorted(held.keys, kept.tail), len(held.keys) - 1)
    unheld = pair_rest[kept.tail >> 16] * single[kept.last]
    backed = np.where(held.keys[at] == kept.tail, pair_chance[at], unheld)
    return Table(
        words=text.words,
        word_costs=_costs(single),
        word_backs=_costs(pair_rest),
        capital_costs=_costs(text.capital),
        pair_counts=np.bincount(held.before, minlength=size).astype(np.uint16),
        pairs=held.last.astype(np.uint16),
        pair_costs=_costs(pair_chance),
        pair_backs=_costs(triple_rest),
        triple_counts=np.bincount(context, minlength=len(held.keys)).astype(np.uint16),
        triples=kept.last.astype(np.uint16),
        triple_costs=_costs(share + triple_rest[context] * backed),
    )


def counted(streams: Sequence[Stream], length: int) -> Grams:
    """Every `length` words in a row inside a sentence, its edges included."""
    keys, counts = [], []
    for stream in streams:
        many = len(stream.ids) - length + 1
        key = stream.ids[:many].copy()
        inside = np.full(many, True)
        for step in range(1, length):
            following = stream.ids[step : step + many]
            if step < length - 1:
                inside &= following != EDGE
            key = key << 16 | following
        inside &= (key & 0xFFFFFFFF) != (EDGE << 16 | EDGE)
        each, times = np.unique(key[inside], return_counts=True)
        keys.append(each)
        counts.append(times * float(stream.weight))
    union, at = np.unique(np.concatenate(keys), return_inverse=True)
    return Grams(keys=union, counts=_totals(np.concatenate(counts), at, len(union)))


def _discounted(counts: Counts, context: Ids, totals: Counts) -> tuple[Counts, Counts]:
    """The share of each word in its context, and for each context what is left for words not seen there."""
    share = np.maximum(counts - DISCOUNT, 0) / totals[context]
    return share, np.clip(1 - _totals(share, context, len(totals)), 1e-6, 1)


def _totals(counts: Counts, context: Ids, size: int) -> Counts:
    return np.bincount(context, weights=counts, minlength=size).astype(np.float64)


def _dearest(loss: Counts, most: int) -> Ids:
    return np.sort(np.argsort(-loss, kind="stable")[:most])


def _costs(chances: Counts) -> NDArray[np.uint8]:
    costs: NDArray[np.uint8] = np.clip(np.rint(-np.log(chances) * STEPS), 0, MOST_COST).astype(np.uint8)
    return costs


if __name__ == "__main__":
    main()
