"""The look that the charts share: the font, the colours, and what stands around the marks."""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from commonprosperity.errors import RecordError
from commonprosperity.extras import needed
from commonprosperity.patterns import pattern
from commonprosperity.sentence import Sentence
from commonprosperity.table import fold

if TYPE_CHECKING:
    from altair import LayerChart

FONT = (
    "'Noto Sans CJK SC', 'Noto Sans SC', 'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei',"
    " Arial, 'Liberation Sans', sans-serif"
)
"""Faces that have Chinese come first, also for English, as a name may be in either.

What writes PNGs takes the first face that is installed for a whole text; where that one lacks a
character it takes any other that has it, a serif one perhaps.
"""

# The colours of Okabe and Ito, which the colour-blind can tell apart, and greys.
SKY, BLUE, VERMILION = "#56B4E9", "#0072B2", "#D55E00"
REST, INK, SECOND, GRID = "#BDBDBD", "#222222", "#5F5F5F", "#EAEAEA"

_KINDS = {
    "pledge": SKY,
    "commitment": BLUE,
    "disbursement": VERMILION,
    "whole": BLUE,
    "part": SKY,
    "rest": REST,
}
WIDTH = 640  # pixels of a chart, unless the caller says another
COLUMN = 8.2  # pixels, in the wide DejaVu of a browser without other fonts; others are narrower
LINE = 16  # pixels from line to line of a name
_SMALL_COLUMN = 6.4  # pixels, of the smaller text; a Chinese character takes two columns
_NARROWEST = 240  # pixels
_LINES_AT_MOST = 3  # of a name
_TEXT_AT_MOST = 1_000  # characters; no chart has room for as many
_BELOW = 34  # the axis labels, between the marks and the source line

# A page that Altair writes has the data in a script, where these would end it or open another.
_ENDS_A_SCRIPT = pattern(r"<(?=/?script|!--)", re.IGNORECASE)


def altair() -> Any:
    """Import Altair; raise `MissingExtraError` where it is not installed."""
    return needed("altair", extra="charts")


@attrs.frozen
class Caption:
    """What stands around the marks: the title, the lines below it, and the source at the foot."""

    title: str
    subtitle: Sequence[str]
    source: str


def check_subject(subject: object, kind: type, problem: Sentence) -> None:
    """Refuse to draw what is not of a kind; the problem says what to write."""
    if not isinstance(subject, kind):
        raise RecordError(kind.__name__.lower(), subject, problem)


def check_width(width: int) -> None:
    """Refuse a width in which no text has room."""
    if not isinstance(width, int) or width < _NARROWEST:
        problem = Sentence(
            "is no width of a chart; give {narrowest} pixels or more", narrowest=_NARROWEST
        )
        raise RecordError("width", width, problem)


def check_largest(largest: int) -> None:
    """Refuse to draw less than one."""
    if largest < 1:
        raise RecordError("largest", largest, Sentence("draws nothing; give 1 or more"))


def data(rows: Sequence[Mapping[str, Any]]) -> Any:
    """Hand rows to Altair as they are, but for texts that would end the script of an HTML page."""
    return altair().Data(values=[{key: inert(value) for key, value in row.items()} for row in rows])


def inert(value: Any) -> Any:
    """Cut a text short, and leave nothing in it that would end the script of a page.

    Vega measures a text once more for each of its characters: 100,000 take minutes.
    """
    if not isinstance(value, str):
        return value
    short = value if len(value) <= _TEXT_AT_MOST else f"{value[:_TEXT_AT_MOST]}…"
    return _ENDS_A_SCRIPT.sub("‹", short)


def text(rows: Sequence[Mapping[str, Any]], field: str, **look: Any) -> Any:
    """Write a field of rows, in the font that has Chinese."""
    alt = altair()
    look = {
        "font": FONT,
        "fontSize": 12,
        "color": INK,
        "align": "left",
        "baseline": "middle",
    } | look
    return alt.Chart(data(rows)).mark_text(**look).encode(text=f"{field}:N")


def axis(**look: Any) -> Any:
    """Return an axis with a muted grid."""
    plain = {"title": None, "domain": False, "ticks": False, "gridColor": GRID}
    labels = {"labelFont": FONT, "labelFontSize": 11, "labelColor": SECOND, "labelPadding": 6}
    return altair().Axis(**plain, **labels, **look)


def names_in_lines(names: Sequence[str], width: float) -> tuple[list[list[str]], int]:
    """Fold names to a width in pixels, and return the height that their further lines take.

    Every name gets as many lines as the longest, so that its last line stands above its bar. A
    name of too many lines keeps the first ones and the last, which tells it apart from others.

    >>> names_in_lines(["Acme", "Acme and Sons"], 90)
    ([[' ', 'Acme'], ['Acme and', 'Sons']], 16)
    >>> names_in_lines(["Acme and Sons of Shenzhen (2021)"], 90)
    ([['Acme and', 'Sons of…', '(2021)']], 32)
    """
    folded = [fold(inert(name), max(8, int(width / COLUMN))) for name in names]
    most = min(_LINES_AT_MOST, max(map(len, folded), default=1))
    short = [
        lines
        if len(lines) <= most
        else [*lines[: most - 2], f"{lines[most - 2].rstrip(' –')}…", lines[-1]]
        for lines in folded
    ]
    return [[" "] * (most - len(lines)) + lines for lines in short], (most - 1) * LINE


def colours(labels: Mapping[str, str], kinds: Collection[str], width: int) -> Any:
    """Colour the field ``kind``, with a legend of the labels of those kinds that there are.

    All charts have one scale, in all languages: those that are combined share it.
    """
    alt = altair()
    present = [kind for kind in labels if kind in kinds]
    key = alt.Legend(
        title=None, orient="top", symbolOpacity=1, labelFont=FONT, labelFontSize=12,
        labelColor=INK, labelLimit=width // 2, offset=10, values=present,
        labelExpr=f"{json.dumps(labels, ensure_ascii=False)}[datum.label]",
    )  # fmt: skip
    scale = alt.Scale(domain=[*_KINDS], range=[*_KINDS.values()])
    return alt.Color("kind:N", scale=scale, legend=key if len(present) > 1 else None)


def frame(layers: Sequence[Any], height: int, caption: Caption, width: int) -> "LayerChart":
    """Put the title above the marks, and the source below them."""
    alt = altair()
    from commonprosperity.charts.notebook import LayerChart  # noqa: PLC0415 (Altair is an extra)

    columns = int(width / _SMALL_COLUMN)
    source = text(
        [{"source": fold(inert(caption.source), columns + columns // 10)}], "source",
        fontSize=11, color=SECOND, baseline="top", lineHeight=15,
    ).encode(x=alt.value(0), y=alt.value(height + _BELOW))  # fmt: skip
    title, *subtitle = [inert(sentence) for sentence in (caption.title, *caption.subtitle)]
    heading = alt.Title(
        title, anchor="start", frame="group", offset=14, font=FONT, fontSize=18, color=INK,
        subtitle=[line for sentence in subtitle for line in fold(sentence, columns)],
        subtitleFont=FONT, subtitleFontSize=12, subtitleColor=SECOND, subtitlePadding=6,
        subtitleLineHeight=17,
    )  # fmt: skip
    return LayerChart(
        layer=[*layers, source], width=width, height=height, title=heading,
        view=alt.ViewBackground(stroke=None), description=" ".join((title, *subtitle)),
    )  # fmt: skip


def empty(caption: Caption, sentence: str, width: int) -> "LayerChart":
    """Return a chart with a sentence in the place of its marks, which says why there are none."""
    alt = altair()
    height = 60
    message = text([{"sentence": sentence}], "sentence", fontSize=14, color=SECOND)
    layers = [message.encode(x=alt.value(0), y=alt.value(height / 2))]
    chart = frame(layers, height, caption, width)
    described: LayerChart = chart.properties(description=f"{chart.description}: {sentence}")
    return described
