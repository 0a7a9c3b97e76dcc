"""Trains the encoder that ships with the project: a static bilingual one, from nothing but the training data.

    python -m bench.train.encoder --data ../shared/data --out index/weights/encoder

The model is a table of token vectors and a mean over them (sentence-transformers' `StaticEmbedding`), so it
encodes on any processor in microseconds. It learns with in-batch negatives: of the 2,048 texts of a batch
each must lie nearest to its own partner, and for headings nearer than to an article that shares their words.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from datasets import Dataset  # type: ignore[import-untyped] # it ships no types
from safetensors.torch import load_file, save_file
from sentence_transformers import (
    SentenceTransformer,
    SentenceTransformerTrainer,
    SentenceTransformerTrainingArguments,
)
from sentence_transformers.base.modules import Normalize
from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from sentence_transformers.sentence_transformer.training_args import BatchSamplers, MultiDatasetBatchSamplers
from tokenizers import Tokenizer

from bench.train import data as corpus
from bench.train import teacher
from bench.train import tokenizer as subwords
from bench.train.data import Pair
from bench.train.interpret import Interpreter
from bench.train.negatives import mined
from ingest.text import fold

SEED = 20261121
PIECES = 22_000
COMPOUNDS = 12_000
DIMENSIONS = 320
BATCH = 2048
EPOCHS = 4.0
LEARNING_RATE = 0.2
SCALE = 20.0
# Of the headings, the share that is also learned without diacritics.
UNMARKED = 0.3

_TAUGHT = "taught"


class Remembering(StaticEmbedding):
    """A static model that splits every text into tokens once, in the first epoch."""

    def __init__(self, tokenizer: Tokenizer, embedding_dim: int) -> None:
        super().__init__(tokenizer, embedding_dim=embedding_dim)
        self._seen: dict[str, np.ndarray] = {}

    def preprocess(self, inputs: Any, prompt: str | None = None, **options: Any) -> dict[str, torch.Tensor]:
        new = [text for text in inputs if text not in self._seen]
        for text, encoding in zip(new, self.tokenizer.encode_batch_fast(new, add_special_tokens=False), strict=True):
            self._seen[text] = np.array(encoding.ids, dtype=np.int32)
        ids = [self._seen[text] for text in inputs]
        offsets = np.cumsum([0, *(len(tokens) for tokens in ids[:-1])])
        return {
            "input_ids": torch.from_numpy(np.concatenate(ids).astype(np.int64)),
            "offsets": torch.from_numpy(offsets),
        }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--data", type=Path, required=True, help="the folder with train/, glossary/ and dev/")
    options.add_argument("--out", type=Path, required=True, help="the folder the model is written to")
    options.add_argument("--epochs", type=float, default=EPOCHS)
    given = options.parse_args()

    pairs = collect(given.data, random.Random(SEED))
    taught = teacher.lessons(corpus.terms() + corpus.translations(given.data), random.Random(SEED))
    for name, kind in (pairs | {_TAUGHT: taught}).items():
        print(f"{name:20} {len(kind):8,} pairs", flush=True)
    lines = [text for kind in pairs.values() for pair in kind for text in (pair.left, pair.right)]
    tokenizer = subwords.learn(lines, pieces=PIECES, compounds=COMPOUNDS)
    print(f"{tokenizer.get_vocab_size():,} tokens", flush=True)
    model = train(tokenizer, pairs, taught, epochs=given.epochs)
    save(model, given.out)


def collect(data: Path, rng: random.Random) -> dict[str, list[Pair]]:
    """The kinds of pairs to learn from, by name; each batch is of one kind.

    The questions of citizens are none of them: `bench.train.fusion` learns from these how far to trust the encoder.
    """
    articles = corpus.articles(data)
    terms = corpus.terms()
    headings = mined(corpus.headings(data, articles), rng)
    sentences = corpus.sentences(data, articles, rng)
    interpreter = Interpreter.of(terms, rng)
    return {
        "translations": corpus.translations(data) + terms,
        "windows": corpus.windows(data),
        "headings": headings,
        "sentences": sentences,
        "headings in English": interpreter.pairs(headings),
        "sentences in English": interpreter.pairs(sentences),
        "unmarked": [
            replace(pair, left=fold(pair.left)) for pair in rng.sample(headings, round(UNMARKED * len(headings)))
        ],
    }


def train(
    tokenizer: Tokenizer, pairs: dict[str, list[Pair]], taught: list[Pair], *, epochs: float
) -> SentenceTransformer:
    """A static model over `tokenizer`, trained on `pairs` in batches of one kind, in both directions.

    Batches of `taught` have no right and wrong, but what the teacher says of their English.
    """
    torch.manual_seed(SEED)
    static = Remembering(tokenizer, DIMENSIONS)
    model = SentenceTransformer(modules=[static, Normalize()], device="cpu")
    datasets = {name: _dataset(kind) for name, kind in pairs.items()}
    datasets[_TAUGHT] = _dataset(taught).add_column("label", list(range(len(taught))))
    with tempfile.TemporaryDirectory() as scratch:
        arguments = SentenceTransformerTrainingArguments(
            output_dir=scratch,
            num_train_epochs=epochs,
            per_device_train_batch_size=BATCH,
            learning_rate=LEARNING_RATE,
            warmup_steps=0.1,
            lr_scheduler_type="linear",
            weight_decay=0.0,
            seed=SEED,
            data_seed=SEED,
            use_cpu=True,
            batch_sampler=BatchSamplers.BATCH_SAMPLER,
            multi_dataset_batch_sampler=MultiDatasetBatchSamplers.PROPORTIONAL,
            save_strategy="no",
            eval_strategy="no",
            logging_steps=50,
            report_to="none",
            disable_tqdm=True,
        )
        loss = MultipleNegativesRankingLoss(
            model,
            scale=SCALE,
            directions=("query_to_doc", "doc_to_query"),
            partition_mode="per_direction",
        )
        vectors = teacher.vectors([pair.left for pair in taught])
        losses = dict.fromkeys(pairs, loss) | {_TAUGHT: teacher.TaughtLoss(model, vectors, scale=SCALE)}
        SentenceTransformerTrainer(model=model, args=arguments, train_dataset=datasets, loss=losses).train()
    plain = StaticEmbedding(tokenizer, embedding_weights=static.embedding.weight.detach())
    return SentenceTransformer(modules=[plain, Normalize()], device="cpu")


def _dataset(pairs: Sequence[Pair]) -> Dataset:
    """The columns in the order in which the loss takes them."""
    columns = {"anchor": [pair.left for pair in pairs], "positive": [pair.right for pair in pairs]}
    wrong = [pair.wrong for pair in pairs if pair.wrong is not None]
    return Dataset.from_dict(columns | ({"negative": wrong} if wrong else {}))


def save(model: SentenceTransformer, out: Path) -> None:
    """Writes the model in sentence-transformers' own format with half-precision weights.

    The modules get the names that every version since 3.2 understands.
    """
    model.save_pretrained(str(out), create_model_card=False)
    for file in out.rglob("*.safetensors"):
        save_file({name: tensor.half() for name, tensor in load_file(file).items()}, file)
        file.chmod(0o644)
    listed = out / "modules.json"
    modules = json.loads(listed.read_text(encoding="utf-8"))
    for module in modules:
        module["type"] = f"sentence_transformers.models.{module['type'].rpartition('.')[2]}"
    listed.write_text(json.dumps(modules, indent=2) + "\n", encoding="utf-8")
    print(f"wrote {out}: {', '.join(module['type'] for module in modules)}", flush=True)


if __name__ == "__main__":
    main()
