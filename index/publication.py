"""From what is staged to the next generation: embed what is new, build beside the current one, publish."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from index import generation
from index.model import Encoder
from index.staging import Changes, Published, Staging
from index.store import Store

# Passages that the encoder gets at a time.
EMBED_BATCH = 512
_DOCUMENTS = 200


class Publication:
    """The next generation of a store, while it is made. For the one writer that holds the lock."""

    def __init__(self, store: Store, encoder: Callable[[], Encoder], *, any_encoder: bool = False) -> None:
        """`encoder` is called at most once, and not before it is needed. Unless `any_encoder`, it has to be the
        one that built the current generation."""
        self._store = store
        self._staging = Staging(store)
        self._load = encoder
        self._encoder: Encoder | None = None
        self._any_encoder = any_encoder

    def encoder(self) -> Encoder:
        """Raises EncoderMismatch."""
        if self._encoder is None:
            encoder = self._load()
            current = self._staging.published()
            if current is not None and not self._any_encoder:
                generation.expect(encoder.name, built_by=current.encoder)
            self._encoder = encoder
        return self._encoder

    def recover(self) -> None:
        """Clear away what a crash left; build the current generation again if its folder is gone."""
        current = self._staging.published()
        number = current.number if current else 0
        generation.keep_only(self._store.home, {number - 1, number})
        if current is not None and self._folder(current) is None:
            self.publish(Changes(added=(), removed=()))

    def embed(self, documents: Sequence[int]) -> None:
        """Give every passage of these documents (keys) its vector; a text that has one is not embedded again."""
        for start in range(0, len(documents), _DOCUMENTS):
            batch = documents[start : start + _DOCUMENTS]
            missing = list(self._staging.missing(self._name(), batch).items())
            for first in range(0, len(missing), EMBED_BATCH):
                digests, texts = zip(*missing[first : first + EMBED_BATCH], strict=True)
                encoder = self.encoder()
                self._staging.keep_embeddings(encoder.name, digests, encoder.encode_passages(texts))

    def publish(self, changes: Changes, *, whole: bool = False) -> Published:
        """Build and publish the generation after these changes; `whole` builds it from nothing.

        The current one is untouched until the store names the new one.
        """
        current = self._staging.published()
        number = current.number + 1 if current else 1
        base = None if whole or current is None else self._base(current)
        added = self._staging.after(changes) if base is None else changes.added
        self.embed(added)
        encoder, dimensions = self._built_with(current)
        manifest = generation.build(
            generation.folder_of(self._store.home, number),
            number=number,
            encoder=encoder,
            dimensions=dimensions,
            base=base,
            removed=[] if base is None else self._staging.passage_keys(changes.removed),
            words=self._staging.passages(added),
            vectors=self._staging.embeddings(encoder, added),
        )
        published = Published(number=number, encoder=encoder, dimensions=dimensions, passages=manifest.passages)
        self._staging.publish(published, changes)
        generation.keep_only(self._store.home, {number - 1, number})
        return published

    def _name(self) -> str:
        """The encoder's name, known without loading it where a generation tells."""
        return self._built_with(self._staging.published())[0]

    def _built_with(self, current: Published | None) -> tuple[str, int]:
        if self._encoder is None and current is not None and not self._any_encoder:
            return current.encoder, current.dimensions
        encoder = self.encoder()
        return encoder.name, encoder.dimensions

    def _base(self, current: Published) -> Path | None:
        """The folder of the current generation, if the next one can grow from it."""
        folder = self._folder(current)
        return folder if folder and generation.Manifest.read(folder).is_current else None

    def _folder(self, current: Published) -> Path | None:
        folder = generation.folder_of(self._store.home, current.number)
        return folder if generation.is_complete(folder) else None
