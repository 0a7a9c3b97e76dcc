"""One body of the register, and the data file that lists them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, get_args

from ingest.model import IngestError
from ingest.text import fold, nfc, squeeze

Level = Literal["central", "province", "district", "commune", "any"]
LEVELS: tuple[Level, ...] = get_args(Level)
_TEXTS = ("name", "en", "level", "successor")
_LISTS = ("abbreviations", "aliases", "en_aliases")
_DATES = ("valid_from", "valid_to")


class BadRegister(IngestError):
    """The register's data file cannot be used. The message quotes the entry and says what to change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """A body, or an office that every place of a level has ("Sở Tài chính", "Phòng Nội vụ").

    `key` is the name without marks, joined by dashes. The body exists from `valid_from` to the day before
    `valid_to`; a null is open. `successor` is the key of the body that took over its work.
    """

    key: str
    name: str
    en: str
    level: Level
    abbreviations: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    en_aliases: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str | None = None

    def existed_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)


def key_of(name: str) -> str:
    """The key of a name.

    >>> key_of("Sở Lao động - Thương binh và Xã hội")
    'so-lao-dong-thuong-binh-va-xa-hoi'
    """
    return "-".join("".join(c if c.isalnum() else " " for c in fold(name)).split())


def read_register(path: Path) -> tuple[Agency, ...]:
    """The bodies of a data file in its order. Raises `BadRegister` for the first entry that cannot be used."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise BadRegister(f"{path.name} is not valid TOML: {error}; mend that line") from error
    entries = raw.get("agency")
    if not isinstance(entries, list) or set(raw) != {"agency"}:
        raise BadRegister(f"{path.name} must hold [[agency]] entries and nothing else")
    agencies = tuple(_agency(entry) for entry in entries)
    _check(agencies)
    return agencies


def _agency(entry: Mapping[str, object]) -> Agency:
    where = f"agency {entry.get('name', '(no name)')!r}"
    unknown = set(entry) - {*_TEXTS, *_LISTS, *_DATES}
    if unknown:
        raise BadRegister(f"{where}: unknown field {sorted(unknown)[0]!r}; use {', '.join(_TEXTS + _LISTS + _DATES)}")
    texts = {field: _text(entry, field, where) for field in _TEXTS}
    for field in ("name", "en", "level"):
        if texts[field] is None:
            raise BadRegister(f"{where}: {field!r} is missing; add it")
    level = next((known for known in LEVELS if known == texts["level"]), None)
    if level is None:
        raise BadRegister(f"{where}: level {texts['level']!r} is unknown; use one of {', '.join(LEVELS)}")
    valid_from, valid_to = (_day(entry, field, where) for field in _DATES)
    if valid_from and valid_to and valid_to <= valid_from:
        raise BadRegister(f"{where}: valid_to {valid_to} is not after valid_from {valid_from}; correct one of them")
    name = texts["name"] or ""
    successor = texts["successor"]
    if successor and valid_to is None:
        raise BadRegister(f"{where}: it has successor {successor!r} but no valid_to; add the day it ended")
    abbreviations, aliases, en_aliases = (_list(entry, field, where) for field in _LISTS)
    return Agency(
        key=key_of(name),
        name=name,
        en=texts["en"] or "",
        level=level,
        abbreviations=abbreviations,
        aliases=aliases,
        en_aliases=en_aliases,
        valid_from=valid_from,
        valid_to=valid_to,
        successor=key_of(successor) if successor else None,
    )


def _text(entry: Mapping[str, object], field: str, where: str) -> str | None:
    value = entry.get(field)
    if value is None:
        return None
    if not isinstance(value, str) or not value.strip():
        raise BadRegister(f"{where}: {field} {value!r} is not a text; write it in quotation marks")
    return squeeze(nfc(value))


def _list(entry: Mapping[str, object], field: str, where: str) -> tuple[str, ...]:
    value = entry.get(field, [])
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise BadRegister(f'{where}: {field} {value!r} is not a list of texts; write ["…", "…"]')
    return tuple(squeeze(nfc(item)) for item in value)


def _day(entry: Mapping[str, object], field: str, where: str) -> date | None:
    value = entry.get(field)
    if value is not None and type(value) is not date:
        raise BadRegister(f"{where}: {field} {value!r} is not a day; write it as 2025-03-01 without quotation marks")
    return value


def _check(agencies: tuple[Agency, ...]) -> None:
    by_key: dict[str, Agency] = {}
    for agency in agencies:
        if agency.key in by_key:
            raise BadRegister(f"agency {agency.name!r} is listed twice; remove one of the two entries")
        by_key[agency.key] = agency
    owners: dict[str, Agency] = {}
    for agency in agencies:
        if agency.successor is not None and agency.successor not in by_key:
            raise BadRegister(f"agency {agency.name!r}: successor {agency.successor!r} is not in the register; add it")
        for name in (agency.name, *agency.aliases, *agency.abbreviations):
            owner = owners.setdefault(squeeze(name).lower(), agency)
            if owner is not agency:
                raise BadRegister(
                    f"agency {agency.name!r}: {name!r} also names {owner.name!r}; remove it from one of the two"
                )
    for agency in agencies:
        _check_succession(agency, by_key)


def _check_succession(agency: Agency, by_key: Mapping[str, Agency]) -> None:
    seen = {agency.key}
    step = agency
    while step.successor is not None:
        if step.successor in seen:
            raise BadRegister(f"agency {agency.name!r} succeeds itself; correct the successor of {step.name!r}")
        seen.add(step.successor)
        step = by_key[step.successor]
