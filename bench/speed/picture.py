"""The figures as one picture of small panels.

python -m bench.speed.picture FILE.json    draws FILE.png anew
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bench.speed import clients, peers, scale
from bench.speed.measure import Measure
from bench.speed.stages import STAGES

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_COLOURS = ("#1b4b82", "#d17a22", "#5b8c5a", "#8a5a83")


def main() -> None:
    file = Path(sys.argv[1])
    held = json.loads(file.read_text(encoding="utf-8"))
    draw([Measure(**one) for one in held["measures"]], file.with_suffix(".png"))


def draw(measures: Sequence[Measure], file: Path) -> None:
    """Says so and draws nothing where matplotlib is not installed."""
    try:
        from matplotlib.figure import Figure
    except ModuleNotFoundError:
        print(f"matplotlib is not installed (pip install -e '.[bench]'): {file.name} was not drawn", file=sys.stderr)
        return
    figure = Figure(figsize=(15, 8), layout="constrained")
    axes = figure.subplots(2, 4)
    _stages(axes[0, 0], measures)
    _served(axes[0, 1], measures, "", "requests/s", "Answered over HTTP each second")
    _served(axes[0, 2], measures, "percentile", "ms", "Waiting over HTTP: p50, dashed p99")
    _peers(axes[0, 3], measures, "MRR@10", "mean reciprocal rank of the answers", "Answers found, MRR@10")
    _grown(axes[1, 0], measures, ("build", "build, processor"), "s", "Building an index")
    _grown(axes[1, 1], measures, _MEMORY, "MiB", "Peak memory; index on the disk")
    _peers(axes[1, 2], measures, "question", "ms; p50, whisker to p99", "A question, same texts")
    _peers(axes[1, 3], measures, "indexing", "passages/s", "Indexing the same texts")
    file.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(file, dpi=100)


_MEMORY = ("build, peak memory", "search, peak memory", "generation on the disk")


def _stages(axes: Axes, measures: Sequence[Measure]) -> None:
    """A group of bars for each stage, one for each size; the whisker goes up to p99, the mark is processor time."""
    sizes = sorted({int(labels["size"]) for labels, _ in _of(measures, scale.SEARCH)})
    thick = 0.8 / max(1, len(sizes))
    for at, size in enumerate(sizes):
        places = [row + (at - (len(sizes) - 1) / 2) * thick for row in range(len(STAGES))]
        values = [
            [
                _value(measures, scale.SEARCH, size=size, stage=stage, clock=clock, percentile=percent)
                for stage in STAGES
            ]
            for clock, percent in (("wall", 50), ("wall", 99), ("processor", 50))
        ]
        _bars(axes, places, *values[:2], height=thick * 0.9, color=_COLOURS[at], label=f"{size:,} texts")
        for place, median, most in zip(places, *values[:2], strict=True):
            axes.annotate(f"{median:.1f}", (most, place), (4, 0), textcoords="offset points", fontsize=7, va="center")
        axes.plot(values[2], places, "d", color="black", markersize=4, label=None if at else "processor, p50")
    axes.set_yticks(range(len(STAGES)), STAGES)
    axes.invert_yaxis()
    axes.margins(x=0.15)
    _say(axes, "Stages of a search", "ms; p50, whisker to p99")
    _legend(axes)


def _served(axes: Axes, measures: Sequence[Measure], kind: str, unit: str, title: str) -> None:
    """A line for asking and one for searching, by number of clients."""
    for at, what in enumerate(("ask", "search")):
        for percent, style in ((50, "-"), (99, "--")) if kind else ((None, "-"),):
            wanted = {"what": what} | ({"percentile": percent} if percent else {})
            points = sorted(
                (int(labels["clients"]), value)
                for labels, value in _of(measures, clients.PART, unit=unit)
                if wanted.items() <= labels.items()
            )
            label = what if percent in (None, 50) else None
            axes.plot(
                *zip(*points, strict=True), style, marker="o", color=_COLOURS[at], label=label
            ) if points else None
    axes.set_xscale("log", base=2)
    axes.set_xticks(clients.COUNTS, map(str, clients.COUNTS))
    axes.set_ylim(bottom=0)
    _say(axes, title, "clients at once", y=unit)
    _legend(axes)


def _grown(axes: Axes, measures: Sequence[Measure], kinds: Sequence[str], unit: str, title: str) -> None:
    """A line for each kind, by number of texts."""
    sizes: set[int] = set()
    for at, what in enumerate(kinds):
        points = sorted(
            (int(labels["size"]), value) for labels, value in _of(measures, scale.PART) if labels["what"] == what
        )
        sizes.update(size for size, _ in points)
        if points:
            axes.plot(*zip(*points, strict=True), marker="o", color=_COLOURS[at], label=what)
        for size, value in points:
            beside = (0, -12 if at % 2 else 5)
            axes.annotate(f"{value:,.0f}", (size, value), beside, textcoords="offset points", fontsize=8, ha="center")
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.margins(0.15)
    axes.set_xticks(sorted(sizes), [f"{size:,}" for size in sorted(sizes)])
    axes.minorticks_off()
    _say(axes, title, "texts", y=f"{unit}, log")
    _legend(axes)


def _peers(axes: Axes, measures: Sequence[Measure], what: str, unit: str, title: str) -> None:
    """A bar for each that was measured so."""
    names = [name for name in (peers.WORDS, *peers.PEERS, peers.WHOLE) if _held(measures, peer=name, what=what)]
    if not names:
        axes.set_axis_off()
        return
    spread = what == "question"
    shown = {"percentile": 50} if spread else {}
    values = [_value(measures, peers.PART, peer=name, what=what, **shown) for name in names]
    most = [_value(measures, peers.PART, peer=name, what=what, percentile=99) for name in names] if spread else values
    _bars(axes, list(range(len(names))), values, most, height=0.6, color=_COLOURS[0])
    said = [name.replace(", ", ",\n") + f"\n{_short(value)}" for name, value in zip(names, values, strict=True)]
    axes.set_yticks(range(len(names)), said)
    axes.invert_yaxis()
    _say(axes, title, unit)


def _short(value: float) -> str:
    return f"{value:.3f}" if value < 1 else f"{value:,.1f}" if value < 100 else f"{value:,.0f}"


def _bars(axes: Axes, places: Sequence[float], values: Sequence[float], most: Sequence[float], **look: object) -> None:
    beyond = [max(0.0, top - value) for value, top in zip(values, most, strict=True)]
    reach = {"xerr": [[0.0] * len(values), beyond], "ecolor": "#555555", "capsize": 2} if any(beyond) else {}
    axes.barh(places, values, **reach, **look)  # type: ignore[arg-type]


def _legend(axes: Axes) -> None:
    if axes.get_legend_handles_labels()[0]:
        axes.legend(fontsize=8)


def _say(axes: Axes, title: str, x: str, y: str | None = None) -> None:
    axes.set_title(title, fontsize=11)
    axes.set_xlabel(x, fontsize=9)
    axes.tick_params(labelsize=8)
    axes.grid(alpha=0.3)
    axes.set_axisbelow(True)
    if y is not None:
        axes.set_ylabel(y, fontsize=9)


def _of(measures: Sequence[Measure], part: str, **wanted: object) -> Iterator[tuple[dict[str, str | int], float]]:
    """Labels and values of what was measured in a part; `unit` may be among the wanted labels."""
    for one in measures:
        held = {**one.labels, "unit": one.unit}
        if one.part == part and one.value is not None and wanted.items() <= held.items():
            yield dict(one.labels), one.value


def _held(measures: Sequence[Measure], **wanted: object) -> bool:
    return any(True for _ in _of(measures, peers.PART, **wanted))


def _value(measures: Sequence[Measure], part: str, **wanted: object) -> float:
    """The one value with these labels; 0 where it was not measured."""
    return next((value for _, value in _of(measures, part, **wanted)), 0.0)


if __name__ == "__main__":
    main()
