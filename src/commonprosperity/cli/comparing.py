"""The options of a command that compares two datasets: the shared ones, for each of the two."""

from typing import Any

import click

from commonprosperity.cli.conversion import converting, rates_option
from commonprosperity.cli.options import Options
from commonprosperity.cli.parameters import dataset_named, parsed_by
from commonprosperity.cli.selection import Where, narrowing, reading, selecting
from commonprosperity.dataset import Dataset
from commonprosperity.errors import CommonProsperityError, ValueNotFoundError
from commonprosperity.period import Period

_shared = selecting.then(converting)
_narrowed = narrowing.then(converting)


def _compared(
    *, old: Any, new: Any, old_as_of: Period | None, old_rates: Any, **shared: Any
) -> dict[str, Any]:
    """Read both datasets; an option that is for the old one stands in the place of the other."""
    apart = {"as_of": old_as_of, "rates": old_rates}
    instead = {name: value for name, value in apart.items() if value}
    before = reading.prepare(dataset=old, **{**shared, **instead})
    after = reading.prepare(dataset=new, **shared)
    both = before["dataset"], after["dataset"]
    before = _narrowed.prepare(**{**before, "where": _of_one(shared["where"], *both)})
    after = _narrowed.prepare(**{**after, "where": _of_one(shared["where"], *both[::-1])})
    new_dataset = after.pop("dataset")
    return {**after, "old": before["dataset"], "new": new_dataset, "old_rates": before["rates"]}


def _of_one(where: Where, dataset: Dataset, other: Dataset) -> Where:
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
    """Whether a dataset has a value in a field; what is wrong otherwise is an error later."""
    condition: dict[str, Any] = {field: [value]}
    try:
        dataset.where(**condition)
    except ValueNotFoundError:
        return False
    except CommonProsperityError:
        pass
    return True


comparing = Options(
    (
        click.argument("old", callback=parsed_by(dataset_named)),
        click.argument("new", callback=parsed_by(dataset_named)),
        *_shared.options,
        click.option(
            "--old-as-of", callback=parsed_by(Period.parse), metavar="DAY",
            help="What was known of OLD at the end of a day, instead of --as-of.",
        ),
        rates_option("--old-rates", "Whose rates OLD has, instead of --rates."),
    ),
    _compared,
)  # fmt: skip
"""Give a command two datasets, the currency, the rates of each, and which pledges are meant."""
