"""Measurements: a name, a value and its unit; and the clock that they are taken with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from time import perf_counter
from typing import TypeVar

import numpy as np

T = TypeVar("T")
R = TypeVar("R")

PERCENTILES = (50, 99)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One figure of one part of the benchmark.

    `value` is None where there was nothing to measure, and `name` says why. `labels` say the same as `name` to
    programs: what was measured and under which conditions.
    """

    part: str
    name: str
    value: float | None
    unit: str
    labels: Mapping[str, str | int] = field(default_factory=dict)


def timed(work: Callable[[], R]) -> tuple[R, float]:
    """What the work returned, and the seconds it took."""
    started = perf_counter()
    result = work()
    return result, perf_counter() - started


def latencies(work: Callable[[T], object], inputs: Iterable[T]) -> list[float]:
    """Milliseconds for each input, after one that warms up."""
    inputs = list(inputs)
    work(inputs[0])
    return [1e3 * timed(lambda one=one: work(one))[1] for one in inputs]  # type: ignore[misc]


def spread(part: str, name: str, milliseconds: Iterable[float], **labels: str | int) -> list[Measure]:
    """Median and 99th percentile; of nothing there are none."""
    values = np.fromiter(milliseconds, dtype=np.float64)
    return [
        Measure(
            part=part,
            name=f"{name}, p{percent}",
            value=float(np.percentile(values, percent)) if len(values) else None,
            unit="ms",
            labels={**labels, "percentile": percent},
        )
        for percent in PERCENTILES
    ]


def table(measures: Iterable[Measure]) -> str:
    """A line for each, aligned, with an empty line between parts."""
    measures = list(measures)
    first = max(len(f"{one.part}: {one.name}") for one in measures)
    lines = []
    part = measures[0].part
    for one in measures:
        if one.part != part:
            lines.append("")
            part = one.part
        value = f"{one.value:12,.2f}" if one.value is not None else f"{'–':>12}"
        lines.append(f"{f'{one.part}: {one.name}'.ljust(first)}  {value} {one.unit}".rstrip())
    return "\n".join(lines)
