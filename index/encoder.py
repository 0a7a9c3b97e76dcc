"""Text to vectors: the encoder that ships with the project, or any sentence-transformers model.

The shipped model is a table of token vectors and a mean over them: `StaticEncoder` reads it with numpy alone, where
importing torch would take seconds. Any other model is opened by sentence-transformers (docs/decisions/001).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.model import Encoder, IndexFailure, Vectors
from index.tokens import Tokens
from ingest.text import syllables

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

# A mean over tokens has no limit of its own, but says little of a text that is about many things.
STATIC_MAX_TOKENS = 512

_BATCH = 64
_HUB_NAME = re.compile(r"[\w-][\w.-]*(?:/[\w-][\w.-]*)?", re.ASCII)
_DESCRIBES_A_MODEL = frozenset({".json", ".safetensors", ".bin", ".txt", ".model"})
_READ_WITHOUT_TORCH = frozenset({"StaticEmbedding", "Normalize"})


SHIPPED = Path(str(files("index"))) / "weights" / "encoder"


class EncoderUnavailable(IndexFailure):
    """The encoder that is set cannot be loaded."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            f"cannot load the encoder {name!r}: {reason}; set CHIDAO_ENCODER to the folder of a "
            "sentence-transformers model or to a name on the hub, or unset it for the encoder that ships"
        )
        self.name = name
        self.reason = reason


def load(name: str | Path | None = None) -> Encoder:
    """The encoder called `name`: a folder, a name on the hub or, for None, the one that ships.

    A folder is never looked for on the network, and a name on the hub only when it is not in the local cache.
    Raises EncoderUnavailable.
    """
    if name is None:
        return shipped()
    folder = Path(name).expanduser()
    if not folder.is_dir():
        if isinstance(name, Path) or not _HUB_NAME.fullmatch(name):
            raise EncoderUnavailable(str(name), "there is no such folder")
        return SentenceTransformerEncoder.from_hub(name)
    if not (folder / "modules.json").is_file() and not (folder / "config.json").is_file():
        raise EncoderUnavailable(str(name), "the folder holds no model (neither modules.json nor config.json)")
    if _is_static(folder):
        return StaticEncoder.open(folder)
    return SentenceTransformerEncoder.open(folder)


@cache
def shipped() -> StaticEncoder:
    """The encoder that ships, opened once in a process."""
    return StaticEncoder.open(SHIPPED)


class StaticEncoder:
    """A table of token vectors that `bench.train.encoder` learned; a text is a mean over those of its tokens."""

    def __init__(self, tokens: Tokens, table: Vectors, *, name: str) -> None:
        """`table` holds a row for every token: shape (tokens, dimensions)."""
        self.tokens = tokens
        self.table = table
        self._name = name

    @classmethod
    def open(cls, folder: Path) -> StaticEncoder:
        """Raises EncoderUnavailable when the folder holds no such model."""
        from safetensors import SafetensorError
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        try:
            table = load_file(folder / "model.safetensors")["embedding.weight"]
            tokens = Tokens(Tokenizer.from_buffer((folder / "tokenizer.json").read_bytes()))
        except (OSError, KeyError, ValueError, SafetensorError) as error:
            raise EncoderUnavailable(str(folder), f"not a static model: {error}") from error
        return cls(tokens, table.astype(np.float32), name=_local_name(folder))

    @property
    def name(self) -> str:
        return self._name

    @property
    def dimensions(self) -> int:
        return int(self.table.shape[1])

    @property
    def max_tokens(self) -> int:
        return STATIC_MAX_TOKENS

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in enumerate(texts):
            if tokens := self.tokens.of(syllables(text)):
                self.table.take(tokens, axis=0).mean(axis=0, out=vectors[row])
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        np.divide(vectors, lengths, out=vectors, where=lengths > 0)
        return vectors

    def encode_query(self, text: str) -> Vectors:
        query: Vectors = self.encode_passages([text])[0]
        return query


class SentenceTransformerEncoder:
    """Any sentence-transformers model, with the prompts for queries and passages that it declares."""

    def __init__(self, model: SentenceTransformer, *, name: str) -> None:
        self._model = model
        self._name = name
        if model.device.type == "cpu":
            # Half precision is stored, not computed with: processors lack it or are slow at it.
            model.float()

    @classmethod
    def open(cls, folder: Path) -> SentenceTransformerEncoder:
        """The model in a folder. Raises EncoderUnavailable."""
        try:
            model = _sentence_transformer(str(folder), local_files_only=True)
        except Exception as error:
            raise EncoderUnavailable(str(folder), _first_line(error)) from error
        return cls(model, name=_local_name(folder))

    @classmethod
    def from_hub(cls, name: str) -> SentenceTransformerEncoder:
        """The model of that name in the local cache, else on the hub. Raises EncoderUnavailable."""
        try:
            model = _sentence_transformer(name, local_files_only=True)
        except Exception:
            try:
                model = _sentence_transformer(name, local_files_only=False)
            except Exception as error:
                raise EncoderUnavailable(name, _first_line(error)) from error
        return cls(model, name=f"{name}@{_revision(name)}")

    @property
    def name(self) -> str:
        return self._name

    @property
    def dimensions(self) -> int:
        dimensions = self._model.get_embedding_dimension()
        if dimensions is None:
            raise EncoderUnavailable(self._name, "the model does not say how many dimensions it has")
        return dimensions

    @property
    def max_tokens(self) -> int:
        limit = self._model.max_seq_length
        return int(limit) if limit is not None and np.isfinite(limit) else STATIC_MAX_TOKENS

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        return self._unit(self._model.encode_document(list(texts), **self._options()))

    def encode_query(self, text: str) -> Vectors:
        query: Vectors = self._unit(self._model.encode_query([text], **self._options()))[0]
        return query

    def _options(self) -> dict[str, Any]:
        return {
            "batch_size": _BATCH,
            "normalize_embeddings": True,
            "show_progress_bar": False,
        }

    def _unit(self, vectors: Any) -> Vectors:
        return np.ascontiguousarray(vectors, dtype=np.float32)


def _sentence_transformer(name: str, *, local_files_only: bool) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(name, local_files_only=local_files_only)


def _is_static(folder: Path) -> bool:
    """Whether the model is a table as StaticEncoder reads it, and takes its texts as they are."""
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        settings = json.loads((folder / "config_sentence_transformers.json").read_text(encoding="utf-8"))
        tokenizer = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    kinds = {str(module["type"]).rpartition(".")[2] for module in modules}
    in_place = all(module["path"] == "" for module in modules if "StaticEmbedding" in module["type"])
    prompts = any(settings.get("prompts", {}).values())
    over_words = tokenizer["model"]["type"] == "Unigram" and "Metaspace" in str(tokenizer["pre_tokenizer"])
    return "StaticEmbedding" in kinds and kinds <= _READ_WITHOUT_TORCH and in_place and over_words and not prompts


def _local_name(folder: Path) -> str:
    """The folder's name and a digest over its weights, tokenizer and settings, prompts among them."""
    digest = hashlib.sha256()
    for file in _model_files(folder):
        digest.update(file.relative_to(folder).as_posix().encode())
        with file.open("rb") as content:
            digest.update(hashlib.file_digest(content, "sha256").digest())
    return f"{folder.resolve().name}@{digest.hexdigest()[:12]}"


def _model_files(folder: Path) -> Iterator[Path]:
    return iter(sorted(file for file in folder.rglob("*") if file.is_file() and file.suffix in _DESCRIBES_A_MODEL))


def _revision(name: str) -> str:
    """The commit of the hub's model in the local cache, which stands for its weights and prompts."""
    from huggingface_hub import try_to_load_from_cache

    for file in ("modules.json", "config.json"):
        found = try_to_load_from_cache(name, file)
        if isinstance(found, str):
            return Path(found).parent.name[:12]
    return "unknown"


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
