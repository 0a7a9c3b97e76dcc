"""Learns how the signs of a passage are weighed into one score.

    python -m bench.train.fusion --data ../shared/data --out index/weights/fusion.json

The weights of each language minimise the cross-entropy of the right article among all that are read closely
(a linear listwise model, Cao et al. 2007), over the training questions asked of all articles; those of English
over questions that were translated by hand (`questions.en.jsonl`). The encoder has not seen the questions: one that
has ranks their articles far too high (MRR@10 .68 instead of .58) and would be trusted too much.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from bench.evaluate import retrieval
from bench.train import data as corpus
from bench.train.data import Question
from index.model import Language, Query
from index.search import Search
from index.signs import NAMES

ENGLISH = Path(__file__).parent / "questions.en.jsonl"
# How much weights are drawn to 0, in units of the signs' deviations: English has a ninth of the questions.
RESTRAINT: dict[Language, float] = {"vi": 0.01, "en": 0.03}


@dataclass(frozen=True, slots=True, kw_only=True)
class Studied:
    """What is read closely for one question: a row of signs for each passage, and whether it answers."""

    signs: NDArray[np.float64]
    right: NDArray[np.bool_]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--data", type=Path, required=True, help="the folder with train/")
    options.add_argument("--out", type=Path, required=True, help="the file the weights are written to")
    options.add_argument("--cache", type=Path, default=retrieval.cache(), help="where the index is kept")
    given = options.parse_args()

    questions = corpus.questions(given.data, "train")
    asked: dict[Language, list[Question]] = {"vi": questions, "en": corpus.translated(given.data, "train", ENGLISH)}
    articles = {article.id: article.passage for article in corpus.articles(given.data)}
    weights = {}
    with retrieval.library(articles, given.cache) as engines:
        for language, some in asked.items():
            studied = [
                study(engines.search, engines.library.understand(one.text), frozenset(one.relevant)) for one in some
            ]
            weights[language] = learn(studied, restraint=RESTRAINT[language])
            print(language, f"{len(studied)} questions,", f"{share_found(studied):.3f} of them with a right passage")
    given.out.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")


def study(search: Search, query: Query, right: frozenset[str]) -> Studied:
    paths, table = search.study(query)
    return Studied(signs=table, right=np.array([path in right for path in paths], dtype=bool))


def share_found(studied: Sequence[Studied]) -> float:
    return float(np.mean([one.right.any() for one in studied]))


def learn(studied: Sequence[Studied], *, restraint: float) -> dict[str, float]:
    """The weight of each sign, in the unit of that sign. Questions without a right passage teach nothing."""
    telling = [one for one in studied if one.right.any() and not one.right.all()]
    rows = np.concatenate([one.signs for one in telling])
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    most = max(len(one.right) for one in telling)
    signs = torch.zeros(len(telling), most, len(NAMES), dtype=torch.float64)
    absent = torch.ones(len(telling), most, dtype=torch.bool)
    right = torch.zeros(len(telling), most, dtype=torch.bool)
    for at, one in enumerate(telling):
        signs[at, : len(one.right)] = torch.from_numpy((one.signs - mean) / spread)
        absent[at, : len(one.right)] = False
        right[at, : len(one.right)] = torch.from_numpy(one.right)

    weights = torch.zeros(len(NAMES), dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=500, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        scores = (signs @ weights).masked_fill(absent, -torch.inf)
        found = torch.logsumexp(scores.masked_fill(~right, -torch.inf), dim=1)
        value = (torch.logsumexp(scores, dim=1) - found).mean() + restraint * (weights**2).sum()
        value.backward()
        return value

    optimizer.step(loss)
    learned = weights.detach().numpy() / spread
    return {name: round(float(weight), 4) for name, weight in zip(NAMES, learned, strict=True)}


if __name__ == "__main__":
    main()
