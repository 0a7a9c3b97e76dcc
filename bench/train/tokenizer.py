"""Learns the encoder's tokenizer: subwords of both languages, and the commonest compounds as one token.

Vietnamese writes a word as several syllables ("hành chính", administrative), and a mean over syllables
cannot tell the "chính" in it from the "chính" of "chính trị". A Unigram model that is trained across spaces
does not finish, so it is trained within words, and the neighbours that attract each other most are added
with the log probability of their count. The Viterbi search of the Unigram model then finds compounds.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers
from tokenizers.models import Unigram
from tokenizers.trainers import UnigramTrainer

UNKNOWN = "<unk>"
SPACE = "▁"
LEAST_COUNT = 40
LEAST_ATTRACTION = 2.0

# "hòa" and "hoà" are one syllable; the mark goes where it stands when a consonant follows ("hoàn").
_OLD_PLACES = "òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy"
_NEW_PLACES = "oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ"
MARK_PLACES = tuple(zip(_OLD_PLACES.split(), _NEW_PLACES.split(), strict=True))


def learn(lines: Sequence[str], *, pieces: int, compounds: int) -> Tokenizer:
    """A Unigram tokenizer of `pieces` subwords and `compounds` pairs of neighbouring words.

    It reads NFC and NFD, capitals and small letters, both ways of placing marks, and drops punctuation.
    """
    words = Tokenizer(Unigram())
    words.normalizer = _normalizer()
    words.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace(replacement=SPACE)]
    )
    trainer = UnigramTrainer(vocab_size=pieces, special_tokens=[UNKNOWN], unk_token=UNKNOWN, show_progress=False)
    words.train_from_iterator(lines, trainer, length=len(lines))
    vocabulary = [(piece, score) for piece, score in json.loads(words.to_str())["model"]["vocab"]]
    if compounds:
        vocabulary += _compounds(lines, compounds)
    tokenizer = Tokenizer(Unigram(vocabulary, unk_id=0, byte_fallback=False))
    tokenizer.normalizer = _normalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement=SPACE, split=not compounds)
    return tokenizer


def _normalizer() -> normalizers.Sequence:
    return normalizers.Sequence(
        [
            normalizers.NFC(),
            normalizers.Lowercase(),
            normalizers.Replace(Regex(r"[^\p{L}\p{M}\p{N}]+"), " "),
            normalizers.Strip(),
            *(normalizers.Replace(old, new) for old, new in MARK_PLACES),
        ]
    )


def _compounds(lines: Sequence[str], most: int) -> list[tuple[str, float]]:
    """The pairs of neighbours with the greatest count × pointwise mutual information, and their scores."""
    normalizer = _normalizer()
    single: Counter[str] = Counter()
    double: Counter[tuple[str, str]] = Counter()
    for line in lines:
        words = normalizer.normalize_str(line).split()
        single.update(words)
        double.update(pairwise(words))
    total = single.total()
    weighed = []
    for (first, second), count in double.items():
        if count < LEAST_COUNT or first.isnumeric() or second.isnumeric():
            continue
        attraction = math.log(count * total / (single[first] * single[second]))
        if attraction >= LEAST_ATTRACTION:
            weighed.append((count * attraction, first, second, count))
    weighed.sort(reverse=True)
    return [(f"{SPACE}{first}{SPACE}{second}", math.log(count / total)) for _, first, second, count in weighed[:most]]
