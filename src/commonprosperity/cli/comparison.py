"""The options of a command that compares two datasets: the shared ones, for each of the two."""

from typing import Any

import click

from commonprosperity.cli.conversion import conversion_options, rates_option
from commonprosperity.cli.options import Options
from commonprosperity.cli.parameters import dataset_named, parsed_by
from commonprosperity.cli.selection import (
    Where,
    narrowing_options,
    reading_options,
    selection_options,
)
from commonprosperity.dataset import Dataset
from commonprosperity.errors import CommonProsperityError, ValueNotFoundError
from commonprosperity.period import Period

_shared_options = selection_options.then(conversion_options)
_own_options = narrowing_options.then(conversion_options)


def _with_both_datasets(
    *, old: Any, new: Any, old_as_of: Period | None, old_rates: Any, **shared: Any
) -> dict[str, Any]:
    """Read both datasets; an option of the old one alone replaces the shared one for it."""
    of_old = {"as_of": old_as_of, "rates": old_rates}
    replaced = {name: value for name, value in of_old.items() if value}
    before = reading_options.prepare(dataset=old, **{**shared, **replaced})
    after = reading_options.prepare(dataset=new, **shared)
    both = before["dataset"], after["dataset"]
    where = shared["where"]
    before = _own_options.prepare(**{**before, "where": _conditions_of_one(where, *both)})
    after = _own_options.prepare(**{**after, "where": _conditions_of_one(where, *both[::-1])})
    new_dataset = after.pop("dataset")
    return {**after, "old": before["dataset"], "new": new_dataset, "old_rates": before["rates"]}


def _conditions_of_one(where: Where, dataset: Dataset, other: Dataset) -> Where:
    """Return conditions for one dataset, without the values that only the other one has.

    A company that is new in February selects nothing of January. What neither has stays, and is an
    error.
    """
    conditions: dict[str, list[str | None]] = {}
    for field, values in where.items():
        conditions[field] = [
            value
            for value in values
            if _has(dataset, field, value) or not _has(other, field, value)
        ]
        if not conditions[field]:
            return {"id": []}
    return conditions


def _has(dataset: Dataset, field: str, value: str | None) -> bool:
    """Whether a dataset has a value in a field; any other problem is an error later."""
    condition: dict[str, Any] = {field: [value]}
    try:
        dataset.where(**condition)
    except ValueNotFoundError:
        return False
    except CommonProsperityError:
        pass
    return True


comparison_options = Options(
    (
        click.argument("old", callback=parsed_by(dataset_named)),
        click.argument("new", callback=parsed_by(dataset_named)),
        *_shared_options.options,
        click.option(
            "--old-as-of", callback=parsed_by(Period.of), metavar="DAY",
            help="What was known of OLD at the end of a day, instead of --as-of.",
        ),
        rates_option("--old-rates", "Whose rates OLD has, instead of --rates."),
    ),
    _with_both_datasets,
)  # fmt: skip
"""Give a command two datasets, and the options for their rates, pledges and currency."""
