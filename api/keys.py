"""Access keys: who may ask over the network, and who may change the documents.

A key is a random token that is shown once; what is kept in `<home>/keys.json` is its SHA-256, which is enough
because nobody can guess 256 random bits. A running server sees a change of the file with the next request.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Literal, get_args

from api.problems import Refusal

Scope = Literal["read", "write", "admin"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
"""Each may do what those before it may: ask; add and remove documents; rebuild the index."""

FILE = "keys.json"
_PREFIX = "chidao_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key as it is kept. `sha256` is that of the token in hexadecimal, `made` the moment in ISO 8601."""

    name: str
    scope: Scope
    sha256: str
    made: str

    def may(self, scope: Scope) -> bool:
        return SCOPES.index(self.scope) >= SCOPES.index(scope)


class Keyring:
    """The keys of one home. Safe to use from several threads."""

    def __init__(self, home: Path) -> None:
        self._file = home / FILE
        self._lock = Lock()
        self._seen: tuple[int, int, int] | None = None
        self._keys: tuple[Key, ...] = ()

    def held(self) -> Sequence[Key]:
        """The keys, oldest first. Raises `Refusal` when the file cannot be read as keys: nobody is let in then."""
        with self._lock:
            state = self._state()
            if state != self._seen:
                self._keys = self._read() if state is not None else ()
                self._seen = state
            return self._keys

    def find(self, token: str) -> Key | None:
        """The key that a token is of."""
        digest = _digest(token)
        found = [key for key in self.held() if secrets.compare_digest(key.sha256, digest)]
        return found[0] if found else None

    def add(self, name: str, scope: Scope) -> str:
        """Make a key and give its token, which nothing can tell again. Refuses a name that is taken."""
        if any(key.name == name for key in self.held()):
            raise Refusal("key-exists", name=name)
        token = _PREFIX + secrets.token_urlsafe(32)
        made = datetime.now(UTC).isoformat(timespec="seconds")
        self._write([*self.held(), Key(name=name, scope=scope, sha256=_digest(token), made=made)])
        return token

    def revoke(self, name: str) -> None:
        """Take a key away. Refuses a name that is not there."""
        kept = [key for key in self.held() if key.name != name]
        if len(kept) == len(self.held()):
            raise Refusal("unknown-key", name=name)
        self._write(kept)

    def _state(self) -> tuple[int, int, int] | None:
        try:
            state = self._file.stat()
        except FileNotFoundError:
            return None
        return state.st_ino, state.st_size, state.st_mtime_ns

    def _read(self) -> tuple[Key, ...]:
        try:
            held = tuple(Key(**one) for one in json.loads(self._file.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            raise Refusal("broken-keys", file=self._file.name) from None
        if any(key.scope not in SCOPES for key in held):
            raise Refusal("broken-keys", file=self._file.name)
        return held

    def _write(self, keys: Sequence[Key]) -> None:
        """The file is replaced whole, and only its owner may read it."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self._file.with_name(f".{FILE}.{os.getpid()}")
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(json.dumps([asdict(key) for key in keys], ensure_ascii=False, indent=1) + "\n")
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(self._file)


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
