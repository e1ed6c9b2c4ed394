"""Who publishes the rates of a table's rows, in a column beside them."""

from collections.abc import Sequence
from typing import Any

import attrs

from commonprosperity.rates import Rate
from commonprosperity.rates.ecb import PROVIDER
from commonprosperity.sentence import Sentence, together
from commonprosperity.table import Column, Table


def with_providers(table: Table, rates: Sequence[Rate | None]) -> Table:
    """Return a table that says who publishes the rates of its rows, and of their legs.

    The column before the last says it, or a note below the table where all are of one provider.
    Where that is the ECB, whose rates are taken unless others are given, the table stays as it is.
    """
    # A million rows share a few objects of rates, and to hash a rate takes longer than its id.
    each = {id(rate): rate for rate in rates if rate}.values()
    legs = [leg for rate in each for leg in rate.published if leg.base != leg.quote]
    providers = {leg.provider for leg in legs}
    if len(providers) > 1:
        names = [rate.provider or None if rate else None for rate in rates]
        return with_column(table, Column("rate by"), names)
    notes = [Sentence("all rates by {name}", name=name) for name in providers - {PROVIDER}]
    return attrs.evolve(table, note=together(notes))


def with_column(table: Table, column: Column, cells: Sequence[Any]) -> Table:
    """Return a table with one more column, before the last one; its totals stay blank."""
    return attrs.evolve(
        table,
        columns=(*table.columns[:-1], column, table.columns[-1]),
        rows=[(*row[:-1], cell, row[-1]) for row, cell in zip(table.rows, cells, strict=True)],
        totals=[(*row[:-1], None, row[-1]) for row in table.totals],
    )
