"""Bars on an axis of money, each with its name above it and its amount at its end."""

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs

from commonprosperity.charts.facts import fact_fields, tooltips
from commonprosperity.charts.look import (
    COLUMN,
    INK,
    LINE,
    Caption,
    altair,
    axis,
    colours,
    data,
    frame,
    names_in_lines,
    text,
)
from commonprosperity.money import Money
from commonprosperity.table import display_width

if TYPE_CHECKING:
    from altair import LayerChart

STEP = 48  # pixels a bar
_NAME, _BAR, _RANGE = -14, 5, 18  # pixels from the middle of the bar's step
_LABELS_AT_MOST = 0.6  # of the width
_BETWEEN_STEPS = 110  # pixels of the axis, at the least


@attrs.frozen
class Segment:
    """A piece of a bar: from where to where, and what kind of money it is."""

    start: Fraction
    end: Fraction
    kind: str


@attrs.frozen
class Bar:
    """A bar: its name, the label at its end, its segments, and facts to show beside the pointer.

    A ``strong`` name stands out.
    ``bounds`` are the least and the most it may come to; the most is None when there is no end.
    """

    name: str
    label: str
    segments: Sequence[Segment]
    facts: Sequence[str]
    bounds: tuple[Fraction, Fraction | None] | None = None
    strong: bool = True

    @property
    def start(self) -> Fraction:
        """How far the bar reaches to the left: to 0, or below it where money is taken back."""
        return min(self._ends)

    @property
    def end(self) -> Fraction:
        """How far the bar reaches to the right."""
        return max(self._ends)

    @property
    def _ends(self) -> list[Fraction]:
        ends = [end for segment in self.segments for end in (segment.start, segment.end)]
        return [Fraction(0), *ends, *(bound for bound in self.bounds or () if bound is not None)]


@attrs.frozen
class Scale:
    """What the axis measures: money, for the readers of a locale, or shares of a whole."""

    currency: str | None
    locale: str

    def label(self, value: Decimal) -> str:
        """Write a number of the axis."""
        if self.currency is None:
            return f"{value * 100:f}".rstrip("0").rstrip(".") + "%"
        return Money(value or 0, self.currency).format(self.locale, "compact")


def draw(  # noqa: PLR0913 (what is drawn, and how it is labelled)
    bars: Sequence[Bar],
    scale: Scale,
    labels: Mapping[str, str],
    facts: Sequence[str],
    caption: Caption,
    width: int,
) -> "LayerChart":
    """Draw bars; ``labels`` name their kinds in the legend, ``facts`` what the pointer shows."""
    alt = altair()
    names, more = names_in_lines([bar.name for bar in bars], width)
    height = (STEP + more) * len(bars)
    least, most = min(bar.start for bar in bars), max(bar.end for bar in bars)
    limit = float(least) + (float(most - least) * _room_for(bars, width) or 1.0)
    domain = alt.Scale(domain=[float(least), limit], nice=False)
    y = alt.Y("row:O", axis=None, scale=alt.Scale(type="band", padding=0))
    x = alt.X("start:Q", axis=_amounts(least, most, scale, width // _BETWEEN_STEPS), scale=domain)
    segments = [
        {"row": at, "start": float(segment.start), "end": float(segment.end), "kind": segment.kind}
        | fact_fields(bar.facts)
        for at, bar in enumerate(bars)
        for segment in bar.segments
    ]
    kinds = {segment.kind for bar in bars for segment in bar.segments}
    marks = alt.Chart(data(segments)).mark_bar(height=18, yOffset=_BAR + more / 2)
    tooltip = tooltips(facts)
    texts = [
        {"row": at, "name": lines, "label": bar.label, "end": float(bar.end)}
        | fact_fields(bar.facts)
        for at, (bar, lines) in enumerate(zip(bars, names, strict=True))
    ]
    amounts = text(
        texts, "label", dy=_BAR + more / 2, dx=6, fontSize=12.5, limit=width * _LABELS_AT_MOST
    )
    layers = [
        marks.encode(y=y, x=x, x2="end:Q", color=colours(labels, kinds, width), tooltip=tooltip),
        *(
            layer.encode(y=y, x=alt.value(0), tooltip=tooltip)
            for layer in _names(bars, texts, _NAME - more / 2, width)
        ),
        amounts.encode(y=y, x=alt.X("end:Q")),
        *_ranges(bars, y, limit, _RANGE + more / 2),
    ]
    return frame(layers, height, caption, width)


def _names(
    bars: Sequence[Bar], texts: Sequence[Mapping[str, Any]], first_line: float, width: int
) -> list[Any]:
    """Write the names above their bars, those of wholes in bold."""
    return [
        text(
            [text_ for text_, bar in zip(texts, bars, strict=True) if bar.strong is strong],
            "name",
            dy=first_line,
            lineHeight=LINE,
            fontSize=13,
            fontWeight=weight,
            limit=width,
        )
        for strong, weight in ((True, "bold"), (False, "normal"))
    ]


def _room_for(bars: Sequence[Bar], width: int) -> float:
    """Return how many times as long as the longest bar the axis is, to fit the labels."""
    longest = max(display_width(bar.label) for bar in bars) * COLUMN + 12
    return width / (width - min(longest, width * _LABELS_AT_MOST))


def _ranges(bars: Sequence[Bar], y: Any, limit: float, offset: float) -> Iterator[Any]:
    """Draw what each bar may come to, as a thin line under it; an arrow where it is open."""
    alt = altair()
    bounds = [(at, bar.bounds) for at, bar in enumerate(bars) if bar.bounds]
    if not bounds:
        return
    lines, ends, arrows = [], [], []
    for at, (low, high) in bounds:
        end = limit if high is None else float(high)
        lines.append({"row": at, "low": float(low), "high": end})
        ends += [{"row": at, "low": value} for value in (float(low), end) if value != limit]
        arrows += [{"row": at, "low": limit}] if high is None else []
    thin = {"color": INK, "yOffset": offset}
    low = alt.X("low:Q")
    yield alt.Chart(data(lines)).mark_rule(size=1.2, **thin).encode(y=y, x=low, x2="high:Q")
    yield alt.Chart(data(ends)).mark_tick(size=7, thickness=1.2, **thin).encode(y=y, x=low)
    if arrows:
        arrow = {"shape": "triangle-right", "size": 40, "filled": True, "opacity": 1}
        yield alt.Chart(data(arrows)).mark_point(**arrow, **thin).encode(y=y, x=low)


def _amounts(least: Fraction, most: Fraction, scale: Scale, steps: int) -> Any:
    """Label round amounts in the words of the locale, which Vega's own formats do not have."""
    values = round_numbers(least, most, steps)
    texts = json.dumps([scale.label(value) for value in values], ensure_ascii=False)
    numbers = [float(value) for value in values]
    # The bars draw the line at 0, unless some are on its left.
    at_zero = {"condition": {"test": "datum.value === 0", "value": int(least < 0)}, "value": 1}
    label = f"{texts}[indexof({json.dumps(numbers)}, datum.value)]"
    return axis(values=numbers, labelExpr=label, gridOpacity=at_zero)


def round_numbers(least: Fraction, most: Fraction, steps: int = 5) -> list[Decimal]:
    """Return 0 and a few round numbers around it: steps of 1, 2 or 5 with zeros.

    There are at most so many steps.

    >>> [int(number) for number in round_numbers(Fraction(-30), Fraction(104))]
    [0, 50, 100]
    >>> [int(number) for number in round_numbers(Fraction(-60), Fraction(104))]
    [-50, 0, 50, 100]
    """
    width = most - least
    if not width:
        return [Decimal(0)]
    exponent = len(str(int(width))) - len(str(int(1 / width))) - 2  # or one less than that
    sizes = (Decimal((0, (digit,), exponent + more)) for more in range(3) for digit in (1, 2, 5))
    step = next(size for size in sizes if width / Fraction(size) <= steps)
    return [step * at for at in range(int(least / Fraction(step)), int(most / Fraction(step)) + 1)]
