"""Add up public promises of money: every yuan counted once, converted, traceable to its source.

>>> import commonprosperity as cp
>>> cp.load().total("CNY")
Total: 214.169 billion CNY
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from commonprosperity.deferred import deferred

if TYPE_CHECKING:
    from commonprosperity import charts as charts
    from commonprosperity import errors as errors
    from commonprosperity import frames as frames
    from commonprosperity import prices as prices
    from commonprosperity import rates as rates
    from commonprosperity import units as units
    from commonprosperity.checks import Finding as Finding
    from commonprosperity.checks import Findings as Findings
    from commonprosperity.checks import Severity as Severity
    from commonprosperity.compare import Cause as Cause
    from commonprosperity.compare import Effect as Effect
    from commonprosperity.compare import Effects as Effects
    from commonprosperity.data import datasets as datasets
    from commonprosperity.data import load as load
    from commonprosperity.dataset import Dataset as Dataset
    from commonprosperity.errors import CommonProsperityError as CommonProsperityError
    from commonprosperity.errors import DoubleCountWarning as DoubleCountWarning
    from commonprosperity.files import read as read
    from commonprosperity.files import write as write
    from commonprosperity.layout import Layout as Layout
    from commonprosperity.layout import layouts as layouts
    from commonprosperity.mentions import Mention as Mention
    from commonprosperity.mentions import Mentions as Mentions
    from commonprosperity.mentions import find_amounts as find_amounts
    from commonprosperity.money import Money as Money
    from commonprosperity.money import ParsedAmount as ParsedAmount
    from commonprosperity.money import parse_amount as parse_amount
    from commonprosperity.page import report as report
    from commonprosperity.period import Period as Period
    from commonprosperity.prices import Deflator as Deflator
    from commonprosperity.prices import Prices as Prices
    from commonprosperity.progress import Progress as Progress
    from commonprosperity.progress import ProgressBy as ProgressBy
    from commonprosperity.rates import Rate as Rate
    from commonprosperity.rates import Rates as Rates
    from commonprosperity.records import Company as Company
    from commonprosperity.records import Figure as Figure
    from commonprosperity.records import Initiative as Initiative
    from commonprosperity.records import Instrument as Instrument
    from commonprosperity.records import Pledge as Pledge
    from commonprosperity.records import Source as Source
    from commonprosperity.records import Stage as Stage
    from commonprosperity.records import format_amount as format_amount
    from commonprosperity.table import Table as Table
    from commonprosperity.totals import Item as Item
    from commonprosperity.totals import Total as Total
    from commonprosperity.totals import Totals as Totals
    from commonprosperity.units import convert as convert
    from commonprosperity.units import quantity as quantity
    from commonprosperity.wording import Qualifier as Qualifier

__version__ = "0.1.0"

# A room is imported when one of its names is first used: `import commonprosperity` alone takes a
# quarter of what attrs and Babel take, and a script pays only for what it touches.
_ROOMS = {
    "checks": "Finding Findings Severity",
    "compare": "Cause Effect Effects",
    "data": "datasets load",
    "dataset": "Dataset",
    "errors": "CommonProsperityError DoubleCountWarning",
    "files": "read write",
    "mentions": "Mention Mentions find_amounts",
    "layout": "Layout layouts",
    "money": "Money ParsedAmount parse_amount",
    "page": "report",
    "period": "Period",
    "prices": "Deflator Prices",
    "progress": "Progress ProgressBy",
    "rates": "Rate Rates",
    "records": "Company Figure Initiative Instrument Pledge Source Stage format_amount",
    "table": "Table",
    "totals": "Item Total Totals",
    "units": "convert quantity",
    "wording": "Qualifier",
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names.split()}

_WHOLE_ROOMS = ("charts", "errors", "frames", "prices", "rates", "units")

__all__ = ["__version__", *_WHOLE_ROOMS, *_ROOM_OF]  # noqa: PLE0604 (they are all texts)


def __getattr__(name: str) -> Any:
    if name in _WHOLE_ROOMS:
        return deferred(name)[0]
    if name not in _ROOM_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)
    value = getattr(import_module(f"commonprosperity.{_ROOM_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
