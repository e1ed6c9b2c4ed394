"""Who publishes the rates of a table's rows."""

from collections.abc import Sequence

import attrs

from commonprosperity.rates import Rate
from commonprosperity.table import Column, Table


def with_providers(table: Table, rates: Sequence[Rate | None]) -> Table:
    """Return a table with the providers of its rows' rates before its last column.

    Where one provider publishes all of them, the table is returned as it is.
    """
    legs = [leg for rate in rates if rate for leg in rate.published]
    if len({leg.provider for leg in legs if leg.base != leg.quote}) <= 1:
        return table
    names = [rate.provider or None if rate else None for rate in rates]
    return attrs.evolve(
        table,
        columns=(*table.columns[:-1], Column("rate by"), table.columns[-1]),
        rows=[(*row[:-1], name, row[-1]) for row, name in zip(table.rows, names, strict=True)],
        totals=[(*row[:-1], None, row[-1]) for row in table.totals],
    )
