"""``Picture``: a chart as it stands in a page, drawn in SVG without a script, an id or an address.

The page gives it its font and its greys, so that it is readable in the dark; its figures are in the
page's tables, so that a screen reader hears one sentence for each chart.
"""

from collections.abc import Callable
from io import StringIO
from typing import Any

import attrs

from commonprosperity.charts import bar, pipeline, timeline
from commonprosperity.charts.look import GRID, INK, SECOND
from commonprosperity.extras import needed
from commonprosperity.patterns import pattern
from commonprosperity.progress import Progress
from commonprosperity.totals import Total, Totals

_WIDE, _NARROW = 970, 335  # pixels: in a window of 1,280, and on a telephone of 390

_OF_THE_PAGE = {INK: "var(--ink)", SECOND: "var(--quiet)", GRID: "var(--rule)"}
_ROOT = pattern(r'<svg [^>]*width="(\d+)" height="(\d+)"[^>]*>')
# What is read aloud is Vega's English; the font is named at every text.
_LEFT_OUT = pattern(r' (?:aria-[a-z]+|role|font-family)="[^"]*"')


@attrs.frozen
class Picture:
    """A chart: its title, what explains it, its size, and what is inside its SVG element."""

    title: str
    lines: tuple[str, ...]
    width: int
    height: int
    inside: str

    @classmethod
    def of(cls, chart: Any) -> "Picture":
        """Draw an Altair chart without its title, which the page has as text."""
        title = chart.title
        file = StringIO()
        untitled = chart.properties(background="transparent")
        untitled.title = needed("altair", extra="charts").Undefined
        untitled.save(file, format="svg")
        inside = file.getvalue()
        root = _ROOT.match(inside)
        if root is None:
            raise ValueError(f"no SVG was drawn: {inside[:60]}")
        inside = _LEFT_OUT.sub("", inside[root.end() :].removesuffix("</svg>"))
        for colour, name in _OF_THE_PAGE.items():
            inside = inside.replace(f'"{colour}"', f'"{name}"')
        return cls(title.text, tuple(title.subtitle), int(root[1]), int(root[2]), inside)


@attrs.frozen
class Sizes:
    """A chart in two sizes; the style sheet shows the one that suits the screen."""

    wide: Picture
    narrow: Picture

    @classmethod
    def of(cls, draw: Callable[[int], Any]) -> "Sizes":
        """Draw a chart for the width of the page's tables, and for a telephone."""
        return cls(Picture.of(draw(_WIDE)), Picture.of(draw(_NARROW)))


@attrs.frozen
class Pictures:
    """The charts of a page: the companies, when what was promised, and how far that has come.

    There are no steps where it is not known how far that has come.
    """

    companies: Sizes
    times: Sizes
    steps: Sizes | None

    @classmethod
    def of(cls, total: Total, progress: Progress | None, locale: str) -> "Pictures":
        """Draw the charts of a total and its progress."""
        needed("vl_convert", extra="charts")
        companies = Totals.of(total, "company", total.records)
        steps = None
        if progress is not None:
            steps = Sizes.of(lambda width: pipeline(progress, locale=locale, width=width))
        return cls(
            Sizes.of(lambda width: bar(companies, locale=locale, width=width)),
            Sizes.of(lambda width: timeline(total, locale=locale, width=width)),
            steps,
        )
