"""Charts of totals and pledges, as Altair objects that can be changed, saved and combined.

The extra ``charts`` brings Altair and what writes PNG and SVG; without it each chart raises
`MissingExtraError`. Texts of a dataset go into a chart as data, and never into an expression.
"""

from commonprosperity.charts.bar import bar
from commonprosperity.charts.parts import parts
from commonprosperity.charts.pipeline import pipeline
from commonprosperity.charts.timeline import timeline

__all__ = ["bar", "parts", "pipeline", "timeline"]
