"""Charts of totals and pledges, as Altair objects that can be changed, saved and combined.

The extra ``charts`` brings Altair and what writes PNG and SVG; without it each chart raises
`MissingExtraError`. Texts of a dataset go into a chart as data, and never into an expression.
"""

from commonprosperity.charts.groups import bar
from commonprosperity.charts.steps import pipeline
from commonprosperity.charts.times import timeline
from commonprosperity.charts.wholes import parts

__all__ = ["bar", "parts", "pipeline", "timeline"]
