"""A library over given documents in a home of its own, which is gone afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from api import settings
from api.library import Library, encoder, open_library, open_store
from index.model import Refused
from index.sync import sync
from ingest.chunk import passages
from ingest.pipeline import parse


@contextmanager
def library(paths: Sequence[Path]) -> Iterator[Library]:
    """What `chidao ingest PATHS` and then `chidao serve` would open, with the encoder that is set.

    Raises ValueError when a document is refused: a figure over fewer documents would not be the figure asked for.
    """
    with TemporaryDirectory(prefix="chidao-bench-") as home:
        chosen = settings.read().model_copy(update={"home": Path(home)})
        with open_store(chosen) as store:
            load = partial(encoder, chosen)
            outcomes = list(sync(paths, store=store, encoder=load, parse=parse, passages=passages, workers=0))
        if refused := [one for one in outcomes if isinstance(one, Refused)]:
            raise ValueError(f"refused {refused[0].name!r}: {refused[0].reason}")
        with open_library(chosen, light=True) as opened:
            yield opened
