"""What the edge refuses, said once: a `Refusal` becomes a problem document (RFC 9457) or a line of a terminal.

`Refusal` is the whole error tree of this room besides `api.settings.SettingsError`. It carries no text: what
it says stands in the catalogue of `api.messages`, in the language of whoever asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as filled
from typing import Any, Literal

from api.messages import say
from index.model import EncoderMismatch, IndexFailure, Language, Locked, NoGeneration

Kind = Literal[
    "invalid-input",
    "unreadable-body",
    "unknown-document",
    "ambiguous-number",
    "unknown-clause",
    "unknown-agency",
    "unknown-tool",
    "original-gone",
    "no-pictures",
    "unknown-page",
    "undrawn-page",
    "crowded",
    "unknown-address",
    "wrong-method",
    "too-large",
    "unsupported-type",
    "unknown-job",
    "queue-full",
    "foreign-host",
    "key-needed",
    "wrong-key",
    "missing-scope",
    "foreign-origin",
    "too-many-requests",
    "key-exists",
    "unknown-key",
    "broken-keys",
    "no-generation",
    "encoder-mismatch",
    "busy",
    "not-ready",
    "http",
    "internal",
]

STATUS: Mapping[Kind, int] = {
    "invalid-input": 422,
    "unreadable-body": 400,
    "unknown-document": 404,
    "ambiguous-number": 422,
    "unknown-clause": 404,
    "unknown-agency": 404,
    "unknown-tool": 404,
    "original-gone": 410,
    "no-pictures": 404,
    "unknown-page": 404,
    "undrawn-page": 422,
    "crowded": 503,
    "unknown-address": 404,
    "wrong-method": 405,
    "too-large": 413,
    "unsupported-type": 415,
    "unknown-job": 404,
    "queue-full": 503,
    "foreign-host": 421,
    "key-needed": 401,
    "wrong-key": 401,
    "missing-scope": 403,
    "foreign-origin": 403,
    "too-many-requests": 429,
    "key-exists": 409,
    "unknown-key": 404,
    "broken-keys": 500,
    "no-generation": 503,
    "encoder-mismatch": 503,
    "busy": 503,
    "not-ready": 503,
    "http": 400,
    "internal": 500,
}

MEDIA_TYPE = "application/problem+json"

SHOWN = 80
"""Characters of a refused value that are shown back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One field that was refused.

    `field` is named as the caller wrote it ("question", "filters.date_from"); `key` is the catalogue's name
    for what is wrong with it, `values` fill the placeholders there.
    """

    field: str
    key: str
    value: str | None = None
    values: Mapping[str, object] = filled(default_factory=dict)


class Refusal(Exception):
    """A request that is not met, with the reason and, for input, the faults in it."""

    def __init__(
        self, kind: Kind, *, faults: Sequence[Fault] = (), status: int | None = None, **values: object
    ) -> None:
        super().__init__(kind, dict(values))
        self.kind: Kind = kind
        self.status = STATUS[kind] if status is None else status
        self.faults = tuple(faults)
        self.values = values

    def document(self, language: Language) -> dict[str, Any]:
        """The problem document: type, title, status, detail, and errors when fields were refused."""
        document: dict[str, Any] = {
            "type": f"urn:chidao:problem:{self.kind}",
            "title": say(language, f"{self.kind}.title"),
            "status": self.status,
            "detail": self.detail(language),
        }
        if self.faults:
            document["errors"] = [_error(fault, language) for fault in self.faults]
        return document

    def detail(self, language: Language) -> str:
        """One line that says what is wrong here and what to do."""
        if not self.faults:
            return say(language, f"{self.kind}.detail", **self.values)
        errors = (_error(fault, language) for fault in self.faults)
        return "; ".join(f"{error['field']} {error['detail']}: {error['remedy']}" for error in errors)


def unavailable(failure: IndexFailure) -> Refusal:
    """The refusal for an index that cannot serve; it names the command that mends it."""
    if isinstance(failure, NoGeneration):
        return Refusal("no-generation")
    if isinstance(failure, EncoderMismatch):
        return Refusal("encoder-mismatch", reason=str(failure))
    return Refusal("busy" if isinstance(failure, Locked) else "not-ready")


def invalid(errors: Iterable[Mapping[str, Any]]) -> Refusal:
    """The refusal for what pydantic found wrong (`ValidationError.errors()`)."""
    return Refusal("invalid-input", faults=[_fault(error) for error in errors])


def shown(value: object) -> str | None:
    """A refused value as it may be shown back: short, printable, valid Unicode. None for what is no plain value."""
    if value is None or isinstance(value, (dict, list, tuple, set)):
        return None
    text = str(value) if not isinstance(value, bytes) else value.decode("utf-8", "replace")
    text = text[:SHOWN] + ("…" if len(text) > SHOWN else "")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def _error(fault: Fault, language: Language) -> dict[str, str | None]:
    return {
        "field": fault.field,
        "value": fault.value,
        "detail": say(language, f"fault.{fault.key}", **fault.values),
        "remedy": say(language, f"fault.{fault.key}.remedy", **fault.values),
    }


FAULTS: Mapping[str, str] = {
    "missing": "missing",
    "empty": "empty",
    "string_too_short": "empty",
    "string_too_long": "too-long",
    "control_character": "control-character",
    "string_unicode": "not-unicode",
    "date": "date",
    "greater_than_equal": "too-small",
    "less_than_equal": "too-large",
    "int_parsing": "number",
    "int_type": "number",
    "int_from_float": "number",
    "int_parsing_size": "number",
    "finite_number": "number",
    "literal_error": "choice",
    "unknown_field": "unknown-field",
    "json_invalid": "json",
    "string_type": "text",
    "model_attributes_type": "object",
    "model_type": "object",
    "bool_type": "boolean",
    "tuple_type": "list",
    "citation_pair": "citation-pair",
    "dict_type": "object",
}
"""What pydantic calls an error, and what the catalogue calls it."""


def _fault(error: Mapping[str, Any]) -> Fault:
    kind = str(error["type"])
    key = FAULTS.get(kind, "other")
    source, *location = (str(part) for part in error["loc"] or ("body",))
    if source not in ("body", "query", "path", "header"):
        location.insert(0, source)
    values = {name: value for name, value in error.get("ctx", {}).items() if isinstance(value, (str, int))}
    if kind == "json_invalid":
        return Fault(field="body", key=key)
    if kind == "unknown_field":
        location.append(str(values["name"]))
    if kind == "literal_error":
        values["expected"] = str(values["expected"]).replace(" or ", ", ").replace("'", "")
    value = None if kind == "missing" else shown(error.get("input"))
    return Fault(field=".".join(location) or source, key=key, value=value, values=values)
