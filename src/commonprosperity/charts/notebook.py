"""Charts that a notebook shows without a network: a picture in SVG, and its figures in a table.

Altair's own classes show themselves by JavaScript that a server sends. Our classes differ
from Altair's in nothing else, and Altair's methods and operators return our classes again.
"""

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from io import StringIO
from typing import TYPE_CHECKING, Any

import altair as alt
import attrs

from commonprosperity.charts.facts import facts_by_row
from commonprosperity.extras import needed
from commonprosperity.table import STYLE, Column, Table

if TYPE_CHECKING:
    from altair.typing import ChartType


class ChartDisplay:
    """A chart that a notebook shows as a picture, unless the user has chosen another renderer.

    A front end prefers HTML to all else. JupyterLab cleans the HTML of a notebook that is not
    trusted, and leaves the picture and the figures. It would drop ``image/svg+xml``, which
    nbconvert could put into a PDF only with Inkscape. Terminals show the text, and so does VS Code
    in a folder that is not trusted.
    """

    def _repr_mimebundle_(self, *args: Any, **options: Any) -> Any:
        if alt.renderers.active != "default":
            return super()._repr_mimebundle_(*args, **options)  # type: ignore[misc]
        needed("vl_convert", extra="charts")
        charts = list(_charts_in(self.to_dict()))  # type: ignore[attr-defined]
        file = StringIO()
        self.save(file, format="svg")  # type: ignore[attr-defined]
        texts = filter(None, (chart.text for chart in charts))
        return {"text/html": _html(file.getvalue(), charts), "text/plain": "\n\n".join(texts)}


class LayerChart(ChartDisplay, alt.LayerChart):
    """A chart of layers, as all of ours are."""

    def __and__(self, other: "ChartType") -> "VConcatChart":
        return VConcatChart(vconcat=[self, other])

    def __or__(self, other: "ChartType") -> "HConcatChart":
        return HConcatChart(hconcat=[self, other])


class HConcatChart(ChartDisplay, alt.HConcatChart):
    """Charts beside each other."""

    def __and__(self, other: "ChartType") -> "VConcatChart":
        return VConcatChart(vconcat=[self, other])


class VConcatChart(ChartDisplay, alt.VConcatChart):
    """Charts below each other."""

    def __or__(self, other: "ChartType") -> "HConcatChart":
        return HConcatChart(hconcat=[self, other])


@attrs.frozen
class _Chart:
    """What one chart says: its title, its description, and its figures, if it has any."""

    title: str
    description: str
    figures: Table | None

    @property
    def text(self) -> str:
        return self.figures.text() if self.figures else self.description

    @property
    def folded(self) -> str:
        """The figures under the title, which unfolds them."""
        if self.figures is None:
            return ""
        table = attrs.evolve(self.figures, title="").html(style=False)
        summary = f'<summary class="tex2jax_ignore mathjax_ignore">{escape(self.title)}</summary>'
        return f"<details>{summary}\n{table}</details>"


def _html(svg: str, charts: Sequence[_Chart]) -> str:
    """Write a picture, and the figures of each chart in it."""
    address = f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
    spoken = " ".join(filter(None, (chart.description for chart in charts)))
    picture = f'<img src="{address}" alt="{escape(spoken)}" style="max-width: 100%">'
    return "\n".join([f"{STYLE}<div>{picture}</div>", *(chart.folded for chart in charts)])


def _charts_in(specification: Mapping[str, Any]) -> Iterator[_Chart]:
    """Yield the charts that a specification of Vega-Lite combines."""
    inner = specification.get("hconcat") or specification.get("vconcat") or ()
    for each in inner:
        yield from _charts_in(each)
    if not inner:
        title = specification.get("title", "")
        heading = title if isinstance(title, Mapping) else {"text": title}
        name, note = (_line(heading.get(part, "")) for part in ("text", "subtitle"))
        description = specification.get("description", name)
        yield _Chart(name or description, description, _figures(specification, name, note))


def _line(text: str | Sequence[str]) -> str:
    """Put a text of Vega-Lite, which may be a list of lines, on one line."""
    return text if isinstance(text, str) else " ".join(text)


def _figures(specification: Mapping[str, Any], title: str, note: str) -> Table | None:
    """Return the facts of each bar or circle once, however many layers have it."""
    rows: dict[int, dict[str, str]] = {}
    for layer in specification.get("layer", ()):
        rows |= facts_by_row(layer)
    if not rows:
        return None
    cells = [[None if fact == "–" else fact for fact in rows[at].values()] for at in sorted(rows)]
    return Table(map(Column, next(iter(rows.values()))), cells, title=title, note=note)
